frame-approvals = { $count ->
    [one] 1 approval
   *[other] { $count } approvals
}
frame-skip = Skip to the screen
frame-silent = PM OS does not answer
frame-again = Try again
frame-search = Search or do anything
frame-show-assistant = Show the assistant
frame-open-waiting = Open what waits for you
frame-open-sync = Open the sync panel
frame-not-fetched = Not fetched yet
frame-fetching-all = Fetching everything
frame-need-you = { $count ->
    [one] 1 needs you
   *[other] { $count } need you
}
frame-fresh = Fresh as of { $when }
frame-queued-too = { $state }, { $count } queued
frame-queued = { $count } queued
frame-fetching = Fetching, { $left }
frame-sending = Sending { $count }
frame-offline = Offline
frame-out-of-reach = Basecamp out of reach
frame-paused = Sync paused
frame-locked = Your sign-ins are locked, so nothing is fetched or sent until you open them.
frame-unlock = Unlock
frame-refused = Basecamp no longer accepts this sign-in. Everything stays readable, and edits wait here.
frame-reconnect = Reconnect
frame-automations-paused = Automations are paused, so none of them begins by itself. What happens meanwhile begins them later.
frame-let-go-on = Let them go on
frame-unlock-title = Unlock your sign-ins
frame-changed-since = Someone changed it since. Choose a version in the history.
frame-main = Main
frame-today = Today
frame-projects = Projects
frame-automations = Automations
frame-runs = Runs
frame-assistant = Assistant
frame-integrations = Integrations
frame-history = History
frame-sync = Sync
frame-pinned = Pinned
frame-settings = Settings
frame-finish-setup = Finish set-up
frame-steps-left = Steps left
frame-tour = Tour of the sample
frame-first-time = First time here?
frame-five-things = Five things in half a minute.
frame-show-me = Show me
frame-no-tour = No
frame-nothing-late = Nothing late
frame-late-of-open = { $late ->
    [one] 1 of { $open } open is late
   *[other] { $late } of { $open } open are late
}
frame-unpin-named = Unpin { $name }
frame-unpin = Unpin
frame-switch-workspace = Switch the workspace
frame-add-workspace = Add a workspace
frame-anywhere = Anywhere
frame-toggle-assistant = Show or hide the assistant
frame-undo = Undo
frame-key-redo = Shift Mod Z
frame-redo = Redo
frame-back = Back
frame-forward = Forward
frame-this-sheet = This sheet
frame-go-to = Go to
frame-in-list = In a list
frame-key-next = ↓ or j
frame-next = Next
frame-key-previous = ↑ or k
frame-previous = Previous
frame-key-enter = Enter
frame-open = Open
frame-key-tick = Space or x
frame-tick = Tick off
frame-key-ends = Home, End
frame-ends = First, last
frame-key-escape = Esc
frame-close = Close
frame-with-assistant = With the assistant
frame-send = Send
frame-key-line = Shift Enter
frame-new-line = New line
frame-commands = Commands
frame-mention = Name a person, project or item
frame-last-again = The last message again
frame-stop-leave = Stop; else leave
frame-when-waiting = When changes wait
frame-next-previous = Next, previous
frame-key-space = Space
frame-allow = Allow or not
frame-send-choice = Send the choice
frame-deny-all = Deny all
frame-edit = Edit
frame-keys = Keys
