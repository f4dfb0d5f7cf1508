# Completion of pm-os for bash. The names of the commands are asked of the program itself.
_pm_os() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    case $before in
        call) mapfile -t COMPREPLY < <(compgen -W "$(pm-os commands 2>/dev/null | cut -d ' ' -f 1)" -- "$word") ;;
        --data) mapfile -t COMPREPLY < <(compgen -d -- "$word") ;;
        *)
            mapfile -t COMPREPLY < <(compgen -W "commands call serve doctor support-bundle --json --workspace --data \
                --port --no-wait --quick --hidden --safe --version --help" -- "$word")
            ;;
    esac
}
complete -F _pm_os pm-os
