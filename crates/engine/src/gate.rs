//! May this caller do that? Decided here and nowhere else, before any handler runs, for every door.

use contract::{Caller, Code, Effect, Fault, Who};

/// Answers at once; asks nobody and remembers nothing.
///
/// # Errors
/// `Forbidden` when the role does not reach so far, `NeedsApproval` when a person must decide first.
pub(crate) fn permit(caller: &Caller, effect: Effect) -> Result<(), Fault> {
    if caller.role < effect.role() {
        return Err(Fault::new(Code::Forbidden, "Your role in this workspace does not allow that. Ask its owner."));
    }
    match (&caller.who, effect) {
        (Who::Person | Who::Sync, _) | (_, Effect::Read) => Ok(()),
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
                assert_eq!(permit(&caller, command.effect).is_ok(), allowed, "{role:?} and {}", command.name);
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
                let outcome = permit(&caller, command.effect).map_err(|fault| fault.code);
                let expected = match command.effect {
                    Effect::Read => Ok(()),
                    Effect::Local | Effect::Remote => Err(Code::NeedsApproval),
                    Effect::Manage | Effect::Destructive => Err(Code::Forbidden),
                };
                assert_eq!(outcome, expected, "{who:?} and {}", command.name);
            }
        }
    }
}
