//! May this caller do that? Decided here and nowhere else, before any handler runs, for every door.

use contract::{Caller, Code, CommandInfo, Effect, Fault, Who};
use sha2::{Digest, Sha256};

/// Stands for a call as it was shown and approved: the same for the same bytes, and for no others.
#[must_use]
pub(crate) fn fingerprint(name: &str, payload: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(name.as_bytes());
    hash.update([0]);
    hash.update(payload.as_bytes());
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// That a person, or a rule of theirs, allowed one call of the assistant or of an automation. Doors cannot make it: whoever calls from outside
/// comes without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Approval(String);

impl Approval {
    /// For these very bytes.
    pub(crate) fn of(name: &str, payload: &str) -> Self {
        Self(fingerprint(name, payload))
    }

    fn covers(&self, name: &str, payload: &str) -> bool {
        self.0 == fingerprint(name, payload)
    }
}

/// What is asked for: the command, what it touches with this input, and the input's bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request<'a> {
    pub(crate) command: &'a CommandInfo,
    pub(crate) effect: Effect,
    pub(crate) payload: &'a str,
}

/// Answers at once; asks nobody and remembers nothing.
///
/// # Errors
/// `Forbidden` when the role does not reach so far, `NeedsApproval` when a person must decide first.
pub(crate) fn permit(caller: &Caller, request: Request<'_>, approval: Option<&Approval>) -> Result<(), Fault> {
    let Request { command, effect, payload } = request;
    if caller.role < effect.role() {
        return Err(Fault::new(Code::Forbidden, "Your role in this workspace does not allow that. Ask its owner."));
    }
    match (&caller.who, effect) {
        (Who::Agent { .. }, _) if !command.tool => {
            Err(Fault::new(Code::Forbidden, "The assistant cannot use this command; nothing was done."))
        }
        (Who::Person | Who::Sync, _) | (_, Effect::Read) => Ok(()),
        (Who::Agent { .. } | Who::Automation { .. }, Effect::Local | Effect::Remote)
            if approval.is_some_and(|approval| approval.covers(command.name, payload)) =>
        {
            Ok(())
        }
        (Who::Agent { .. } | Who::Automation { .. } | Who::Client { .. }, Effect::Local | Effect::Remote) => {
            Err(Fault::new(Code::NeedsApproval, "A person must approve this first; nothing was done."))
        }
        (Who::Agent { .. } | Who::Automation { .. } | Who::Client { .. }, Effect::Manage | Effect::Destructive) => {
            Err(Fault::new(Code::Forbidden, "Only a person may do this; nothing was done."))
        }
    }
}

#[cfg(test)]
mod tests {
    use contract::{Door, Role, TABLE};

    use super::*;

    fn ask(command: &CommandInfo) -> Request<'_> {
        Request { command, effect: command.effect, payload: "{}" }
    }

    /// Role by command: no cell is left to chance.
    #[test]
    fn every_role_meets_every_command() {
        for command in TABLE {
            for role in [Role::Viewer, Role::Member, Role::Owner] {
                let caller = Caller { role, ..Caller::person(Door::Window, None) };
                let allowed = match command.effect {
                    Effect::Read => true,
                    Effect::Local | Effect::Remote => role >= Role::Member,
                    Effect::Manage | Effect::Destructive => role == Role::Owner,
                };
                assert_eq!(permit(&caller, ask(command), None).is_ok(), allowed, "{role:?} and {}", command.name);
            }
        }
    }

    #[test]
    fn nobody_but_a_person_changes_anything_unasked() {
        let others = [
            Who::Agent { run: "1".into() },
            Who::Automation { run: "1".into() },
            Who::Client { name: "another program".into() },
        ];
        for who in others {
            for command in TABLE {
                let caller = Caller { who: who.clone(), ..Caller::person(Door::Http, None) };
                let outcome = permit(&caller, ask(command), None).map_err(|fault| fault.code);
                let expected = match command.effect {
                    _ if !command.tool && matches!(who, Who::Agent { .. }) => Err(Code::Forbidden),
                    Effect::Read => Ok(()),
                    Effect::Local | Effect::Remote => Err(Code::NeedsApproval),
                    Effect::Manage | Effect::Destructive => Err(Code::Forbidden),
                };
                assert_eq!(outcome, expected, "{who:?} and {}", command.name);
            }
        }
    }

    #[test]
    fn an_approval_is_for_the_assistant_or_an_automation_and_for_the_bytes_that_were_shown() {
        let agent = Caller { who: Who::Agent { run: "1".into() }, ..Caller::person(Door::Window, None) };
        let automation = Caller { who: Who::Automation { run: "1".into() }, ..agent.clone() };
        let client = Caller { who: Who::Client { name: "x".into() }, ..agent.clone() };
        for command in TABLE {
            let request = ask(command);
            let within = matches!(command.effect, Effect::Read | Effect::Local | Effect::Remote);
            let right = Approval::of(command.name, "{}");
            let wanted = within && command.tool;
            assert_eq!(permit(&agent, request, Some(&right)).is_ok(), wanted, "{}", command.name);
            assert_eq!(permit(&automation, request, Some(&right)).is_ok(), within, "{}", command.name);
            if command.effect == Effect::Read {
                continue;
            }
            let others = [Approval::of(command.name, "{ }"), Approval::of("todo.other", "{}"), Approval::of("", "")];
            for other in others {
                assert!(permit(&agent, request, Some(&other)).is_err(), "{}", command.name);
                assert!(permit(&automation, request, Some(&other)).is_err(), "{}", command.name);
            }
            assert!(permit(&client, request, Some(&right)).is_err(), "{}", command.name);
        }
    }

    #[test]
    fn an_automation_of_who_may_only_read_changes_nothing() {
        let who = Who::Automation { run: "1".into() };
        let viewer = Caller { who, role: Role::Viewer, ..Caller::person(Door::Background, None) };
        for command in TABLE.iter().filter(|command| command.effect != Effect::Read) {
            let right = Approval::of(command.name, "{}");
            assert!(permit(&viewer, ask(command), Some(&right)).is_err(), "{}", command.name);
        }
    }
}
