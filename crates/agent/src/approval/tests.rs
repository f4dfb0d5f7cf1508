#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{GrantId, Scope};

use super::*;

const EFFECTS: [Effect; 5] = [Effect::Read, Effect::Local, Effect::Remote, Effect::Manage, Effect::Destructive];
const ROLES: [Role; 3] = [Role::Viewer, Role::Member, Role::Owner];
const RULES: [Option<Rule>; 4] = [None, Some(Rule::Ask), Some(Rule::Allow), Some(Rule::Forbid)];

fn grant(tool: &str, target: Option<&str>) -> Grant {
    Grant {
        id: GrantId(1),
        tool: tool.into(),
        target: target.map(str::to_owned),
        target_title: String::new(),
        scope: Scope::Always,
        conversation: None,
        made_at: jiff::Timestamp::UNIX_EPOCH,
        used_at: None,
    }
}

fn strictness(requirement: &Requirement) -> u8 {
    match requirement {
        Requirement::Run => 0,
        Requirement::Ask => 1,
        Requirement::Forbid(_) | Requirement::Invalid(_) => 2,
    }
}

/// Every cell of the table.
fn every(mut look: impl FnMut(Intent<'_>, Standing<'_>)) {
    let remembered = [grant("todo.move", Some("7"))];
    for effect in EFFECTS {
        for role in ROLES {
            for rule in RULES {
                for grants in [&[][..], &remembered[..]] {
                    for target in [None, Some("7"), Some("8")] {
                        for (tainted, reaches_others) in [(false, false), (false, true), (true, false), (true, true)] {
                            let intent = Intent { tool: "todo.move", target, effect, reaches_others, tainted };
                            look(intent, Standing { role, rule, grants });
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn reading_never_asks_and_nothing_else_runs_by_itself() {
    every(|intent, standing| {
        let asked = requirement(&intent, &standing);
        if intent.effect == Effect::Read {
            assert_eq!(asked == Requirement::Run, standing.rule != Some(Rule::Forbid), "{intent:?} {standing:?}");
        } else if asked == Requirement::Run {
            let here = intent.effect == Effect::Local && standing.rule.is_none();
            let remembered = !standing.grants.is_empty() && intent.target == Some("7");
            assert!(standing.rule == Some(Rule::Allow) || remembered || here, "{intent:?} {standing:?}");
            assert!(matches!(intent.effect, Effect::Local | Effect::Remote) && standing.role >= Role::Member);
        }
    });
}

#[test]
fn text_from_outside_makes_it_stricter_and_never_laxer() {
    let mut stricter = 0;
    every(|intent, standing| {
        let (clean, tainted) = (Intent { tainted: false, ..intent }, Intent { tainted: true, ..intent });
        let (before, after) =
            (strictness(&requirement(&clean, &standing)), strictness(&requirement(&tainted, &standing)));
        assert!(after >= before, "{intent:?} {standing:?}");
        if intent.reaches_others && intent.effect != Effect::Read {
            assert!(after > 0, "what was remembered let outside text reach others: {intent:?} {standing:?}");
        }
        stricter += u32::from(after > before);
    });
    assert!(stricter > 0);
}

#[test]
fn a_lesser_role_is_never_allowed_more_and_what_is_forbidden_stays_so() {
    every(|intent, standing| {
        let of = |role| strictness(&requirement(&intent, &Standing { role, ..standing }));
        assert!(of(Role::Viewer) >= of(Role::Member) && of(Role::Member) >= of(Role::Owner));
        let forbidden = Standing { rule: Some(Rule::Forbid), ..standing };
        assert!(matches!(requirement(&intent, &forbidden), Requirement::Forbid(_)));
    });
}

#[test]
fn what_is_remembered_covers_what_was_shown_and_nothing_more() {
    let grants = [grant("todo.move", Some("7")), grant("project.pin", None)];
    let standing = Standing { role: Role::Owner, rule: None, grants: &grants };
    for (tool, target, runs) in [
        ("todo.move", Some("7"), true),
        ("todo.move", Some("8"), false),
        ("todo.move", None, false),
        ("todo.complete", Some("7"), false),
        ("project.pin", None, true),
        ("project.pin", Some("7"), false),
    ] {
        let intent = Intent { tool, target, effect: Effect::Remote, reaches_others: false, tainted: false };
        assert_eq!(requirement(&intent, &standing) == Requirement::Run, runs, "{tool} {target:?}");
    }
}
