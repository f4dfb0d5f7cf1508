//! Taking back: what was changed in this conversation, or the last thing that was done here by hand; and doing it again.

use contract::commands::{History, ListHistory, Redo, Undo};
use contract::{ChangeSetId, Choice, Command as _, HistoryEntry, SetState, Undone};
use jiff::tz::TimeZone;
use serde_json::Value;

use super::Capability;
use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::dates;
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Next, Plan, Scene, answer, call, look_up, sorry};
use crate::builtin::record::{Done, Turn};
use crate::builtin::words::is_any;

pub(super) const UNDO: Capability = Capability {
    name: "undo what was done",
    examples: &["Undo what you just did", "Undo the last thing I did"],
    writes: true,
    read: undo,
};
pub(super) const REDO: Capability =
    Capability { name: "redo what was undone", examples: &["Redo"], writes: true, read: redo };
pub(super) const HISTORY: Capability = Capability {
    name: "tell what was done here",
    examples: &["What did you do?", "Show the history"],
    writes: false,
    read: history,
};

const MINE: &[&str] = &[
    "undo|revert|reverse [the|my] last change|thing|action|edit i did|made",
    "undo|revert|reverse my last change|thing|action|edit",
    "undo|revert|reverse what i just did",
    "undo|revert|reverse what i did [last|just|before]",
    "undo|revert [the] last change|thing|edit|action i did|made",
];
const YOURS: &[&str] = &[
    "undo|revert|rollback",
    "undo|revert|reverse it|that|this|them|everything|those|these",
    "undo|revert|reverse what you [just] did|changed",
    "undo|revert|reverse what you have|just done|changed|did",
    "undo|revert|reverse everything|all [that] you [just] did|changed",
    "undo|revert|reverse your [last] change|changes|work|action|actions|edit|edits",
    "undo|revert|reverse [the|that|those|these] [last] change|changes|thing|action|edit|edits",
    "take it|that|them back",
    "take back what you [just] did",
    "put it|that|them|everything back [the] [way|as] [it] [was|were]",
    "roll it|that back",
];

fn undo<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let words = asked.core();
    if let Some(plan) = decided(asked) {
        return Some(plan);
    }
    if !fits(words, MINE).is_empty() {
        return Some(mine());
    }
    if fits(words, YOURS).is_empty() {
        return None;
    }
    let sets = last_sets(asked.past);
    if sets.is_empty() {
        return Some(answer(
            "I have changed nothing in this conversation that is not undone already. To take back what you did yourself, \
             say “Undo the last thing I did”.",
        ));
    }
    Some(take_back(sets, None))
}

/// Takes these sets back in one go, newest first.
fn take_back<'a>(sets: Vec<ChangeSetId>, choice: Option<Choice>) -> Plan<'a> {
    Box::new(move |scene| {
        if scene.step() == 0 {
            let say = format!("I’ll take {} back.", compose::count(sets.len(), "change", "changes"));
            let calls = sets.iter().map(|set| call(&Undo { set: Some(*set), choice })).collect();
            return Next::Call(say, calls);
        }
        Next::Say(told(scene.done(0)))
    })
}

fn mine<'a>() -> Plan<'a> {
    Box::new(|scene| {
        let Some(done) = scene.only(0) else {
            return Next::one("I’ll look at what was done last.", &ListHistory { before: None, limit: Some(50) });
        };
        let Some(entries) = done.reply::<History>() else { return Next::Say(sorry(done)) };
        let last = entries.into_iter().find(|entry| entry.who == "person" && entry.state == SetState::Done);
        let Some(last) = last else { return Next::say("There is nothing of yours to undo.") };
        match scene.step() {
            1 => Next::one(
                format!("The last thing that you did: “{}”. I’ll take it back.", compose::plain(&last.summary)),
                &Undo { set: Some(last.set), choice: None },
            ),
            _ => Next::Say(told(scene.done(1))),
        }
    })
}

const KEEP: &str = "Say “put mine back” to overwrite it, or “keep theirs” to leave it.";

/// “Put mine back”, after an undo that someone’s later change stood in the way of.
fn decided<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let last = asked.past.last()?;
    if !last.answer().contains(KEEP) {
        return None;
    }
    let words: Vec<&str> = asked.core().iter().map(|word| word.text.as_str()).collect();
    let choice = match words.as_slice() {
        ["put" | "take" | "use", "mine"]
        | ["put" | "take" | "use", "mine", "back"]
        | ["mine"]
        | ["overwrite"]
        | ["overwrite", "it" | "them"] => Choice::TakeMine,
        ["keep", "theirs"] | ["leave", "it" | "them"] | ["theirs"] => {
            return Some(answer("All right, it stays as it is. Nothing was changed."));
        }
        _ => return None,
    };
    let moved = last.calls().filter(|done| matches!(done.reply::<Undone>(), Some(Undone::Moved { .. })));
    let sets: Vec<ChangeSetId> = moved.filter_map(|done| input_set(done)).collect();
    (!sets.is_empty()).then(|| take_back(sets, Some(choice)))
}

/// The sets of the last turn that changed something and is not undone.
pub(super) fn last_sets(past: &[Turn<'_>]) -> Vec<ChangeSetId> {
    let mut undone: Vec<ChangeSetId> = Vec::new();
    for turn in past.iter().rev() {
        let mut sets = Vec::new();
        for done in turn.calls().rev() {
            if done.call.tool == Undo::NAME {
                if matches!(done.reply::<Undone>(), Some(Undone::Done { .. })) {
                    undone.extend(input_set(done));
                }
            } else if done.call.tool == Redo::NAME {
                if let Some(set) = input_set(done).filter(|_| done.failure().is_none()) {
                    undone.retain(|one| *one != set);
                    sets.push(set);
                }
            } else {
                // Within a call, what was done last is taken back first.
                for set in written_sets(done).into_iter().rev() {
                    if !undone.contains(&set) && !sets.contains(&set) {
                        sets.push(set);
                    }
                }
            }
        }
        if !sets.is_empty() {
            return sets;
        }
    }
    Vec::new()
}

/// The change sets that a write told of, oldest first.
fn written_sets(done: &Done<'_>) -> Vec<ChangeSetId> {
    if contract::find(&done.call.tool).is_none_or(|command| command.effect == contract::Effect::Read) {
        return Vec::new();
    }
    let Some(reply) = done.reply::<Value>() else { return Vec::new() };
    let one = |set: &Value| serde_json::from_value::<ChangeSetId>(set.clone()).ok();
    let several = |carried: &Value| carried.get("sets")?.as_array().map(|sets| sets.iter().filter_map(one).collect());
    let mut sets: Vec<ChangeSetId> = reply.get("set").and_then(one).into_iter().collect();
    let carried: Vec<ChangeSetId> = several(&reply).or_else(|| several(reply.get("carried")?)).unwrap_or_default();
    sets.extend(carried);
    sets
}

/// The change set that an undo or redo was asked for.
fn input_set(done: &Done<'_>) -> Option<ChangeSetId> {
    let input: Value = serde_json::from_str(&done.call.input).ok()?;
    serde_json::from_value(input.get("set")?.clone()).ok()
}

fn told(calls: &[Done<'_>]) -> String {
    let (mut done, mut moved, mut not) = (Vec::new(), Vec::new(), Vec::new());
    for call in calls {
        match call.reply::<Undone>() {
            Some(Undone::Done { summary, .. }) => done.push(compose::plain(&summary)),
            Some(Undone::Moved { conflicts }) => {
                moved.extend(conflicts.iter().map(|conflict| compose::item(conflict.item, &conflict.title)));
            }
            None if call.was_denied() => not.push("You said no, so that stays as it is.".to_owned()),
            None => {
                not.push(crate::builtin::plan::sentence(call.failure().unwrap_or("It told nothing that I can read")))
            }
        }
    }
    let mut text = Vec::new();
    match done.as_slice() {
        [] => text.push("Nothing was undone.".to_owned()),
        [one] => text.push(format!("Undone: {one}.").replace("..", ".")),
        several => text.push(format!("Undone **{}** changes:\n\n{}", several.len(), compose::list(several))),
    }
    if !moved.is_empty() {
        text.push(format!("Someone changed {} since, so I left that alone. {KEEP}", compose::join(&moved)));
    }
    if !not.is_empty() {
        not.dedup();
        text.push(not.join("\n\n"));
    }
    text.join("\n\n")
}

fn redo<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let redos = &[
        "redo [it|that|them|this|everything]",
        "redo the|my|your last change|thing|action",
        "redo what you|i [just] undid",
        "do it|that again",
        "undo the|that|your|my undo",
    ];
    if fits(asked.core(), redos).is_empty() {
        return None;
    }
    // What was undone last in this conversation, oldest first, so that all of it is done again.
    let sets: Vec<Option<ChangeSetId>> = asked
        .past
        .iter()
        .rev()
        .map(|turn| {
            let undone = turn.calls().rev().filter(|done| done.call.tool == Undo::NAME);
            undone
                .filter(|done| matches!(done.reply::<Undone>(), Some(Undone::Done { .. })))
                .map(|done| input_set(done))
                .collect::<Vec<_>>()
        })
        .find(|sets| !sets.is_empty())
        .unwrap_or_else(|| vec![None]);
    Some(Box::new(move |scene| {
        if scene.step() == 0 {
            let calls = sets.iter().map(|set| call(&Redo { set: *set, choice: None })).collect();
            return Next::Call("I’ll do again what was undone.".to_owned(), calls);
        }
        let text = told(scene.done(0));
        Next::Say(text.replace("Undone", "Done again").replace("Nothing was undone", "Nothing was done again"))
    }))
}

fn history<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let patterns = &[
        "what did you [just] do|change",
        "what have you done|changed",
        "what you|we did|done|changed",
        "show [me] [the] [change] history",
        "what has|was been|done done|here here",
        "what was changed|done here|by by you",
        "show|list [me] [the] [your] [last|recent] changes|edits [here]",
        "show|list [me] what you did|changed",
        "what can i|be undo|undone",
    ];
    if fits(asked.core(), patterns).is_empty() {
        return None;
    }
    let yours = asked.core().iter().any(|word| is_any(&word.text, "you|your"));
    let say = "I’ll look at what was done here.";
    Some(look_up(say, ListHistory { before: None, limit: Some(100) }, move |scene, entries| {
        let entries: Vec<&HistoryEntry> = entries
            .iter()
            .filter(|entry| entry.state != SetState::Reversal && (!yours || entry.who.starts_with("agent")))
            .collect();
        if entries.is_empty() {
            let who = if yours { "I have" } else { "Nobody has" };
            return format!("{who} changed nothing here yet.");
        }
        let lines: Vec<String> = entries.iter().map(|entry| line(entry, scene)).collect();
        let who = if yours { "I did" } else { "was done here" };
        format!("What {who}, newest first:\n\n{}", compose::list(&lines))
    }))
}

fn line(entry: &HistoryEntry, scene: &Scene<'_>) -> String {
    let zone: TimeZone = scene.world.now.time_zone().clone();
    let day = entry.at.to_zoned(zone).date();
    let undone = if entry.state == SetState::Undone { " (undone)" } else { "" };
    format!("{}{undone} – {}", compose::plain(&entry.summary), dates::short(day, scene.today()))
}
