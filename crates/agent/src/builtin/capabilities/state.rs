//! How sync stands, and what waits to be sent.

use contract::commands::{ListOutbox, ShowSync};
use contract::{OutboxState, SyncPhase, SyncReport};
use jiff::Timestamp;

use super::Capability;
use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Plan, Scene, look_up, sentence};

pub(super) const SYNC: Capability =
    Capability { name: "tell how fresh the data is", examples: &["Are we up to date?"], writes: false, read: sync };
pub(super) const OUTBOX: Capability = Capability {
    name: "tell what waits to be sent",
    examples: &["What is waiting to be sent?"],
    writes: false,
    read: outbox,
};

fn sync<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let patterns = &[
        "are we|you up to date",
        "is everything|it|this|all up to date",
        "is everything|it|this|all synced|fresh|current",
        "is the|my data up to date",
        "is the|my data fresh|current|synced",
        "when did|was we|you|it|the [data] last sync|synced|updated|refreshed",
        "how fresh|old|recent is|are the|my|this|our [data]",
        "what is [the] sync status|state|doing",
        "show [me] [the] sync [status|state]",
        "sync status|state",
        "are we|you offline|online|connected",
        "is sync running|working|paused|on",
    ];
    if fits(asked.core(), patterns).is_empty() {
        return None;
    }
    Some(look_up("I’ll look at the sync.", ShowSync {}, |scene, report| told(scene, &report)))
}

fn told(scene: &Scene<'_>, report: &SyncReport) -> String {
    let status = &report.status;
    let mut text = Vec::new();
    text.push(match status.fresh_as_of {
        Some(at) => format!("Everything here is complete as of {}.", moment(at, scene)),
        None => "Not everything has been fetched yet.".to_owned(),
    });
    let doing = match status.phase {
        SyncPhase::Idle => "",
        SyncPhase::Cold => "The first fetch is under way.",
        SyncPhase::Warm => "Changes are being fetched right now.",
        SyncPhase::Reconciling => "Everything is being compared right now.",
        SyncPhase::Sending => "Edits are being sent right now.",
        SyncPhase::Paused => "Sync is paused.",
    };
    if !doing.is_empty() {
        text.push(doing.to_owned());
    }
    if status.offline {
        text.push("You chose to work offline.".to_owned());
    } else if !status.reachable {
        text.push("Basecamp could not be reached at the last try.".to_owned());
    }
    let waiting = usize::try_from(status.queued).unwrap_or(0);
    let stuck = usize::try_from(status.stuck).unwrap_or(0);
    if waiting > 0 {
        text.push(format!("**{}** to be sent.", compose::count(waiting, "edit waits", "edits wait")));
    } else {
        text.push("No edit waits to be sent.".to_owned());
    }
    if stuck > 0 {
        text.push(format!("**{}** you to decide.", compose::count(stuck, "edit needs", "edits need")));
    }
    if let Some(problem) = &status.problem {
        text.push(format!("Last problem: {}", sentence(&compose::plain(&problem.message))));
    }
    text.join(" ")
}

/// A moment in the person’s zone: “Sat 21 Nov, 09:30”.
pub(super) fn moment(at: Timestamp, scene: &Scene<'_>) -> String {
    at.to_zoned(scene.world.now.time_zone().clone()).strftime("%a %-d %b, %H:%M").to_string()
}

fn outbox<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let patterns = &[
        "what is|are waiting to be sent|synced|uploaded",
        "what is|are waiting|pending [to] [be] [sent]",
        "what is|are in|still in|unsent [the] outbox",
        "what has|have not|n't been sent [yet]",
        "what hasn't been sent [yet]",
        "show|list [me] [the] outbox|unsent [edits|changes]",
        "is|are anything|something|edits|changes waiting|unsent [to] [be] [sent]",
        "is|are there any|unsent unsent|edits [edits|changes]",
        "did everything get sent|through",
        "is everything sent",
        "outbox",
    ];
    if fits(asked.core(), patterns).is_empty() {
        return None;
    }
    Some(look_up("I’ll look at what waits to be sent.", ListOutbox {}, |_, entries| {
        if entries.is_empty() {
            return "Nothing waits: Basecamp has every edit.".to_owned();
        }
        let lines: Vec<String> = entries
            .iter()
            .map(|entry| {
                let state = match entry.state {
                    OutboxState::Queued => "waits",
                    OutboxState::Sending => "is being sent",
                    OutboxState::Failed => "was refused",
                    OutboxState::Conflict => "conflicts with someone’s change",
                };
                format!("{} – {state}", compose::item(entry.item, &entry.summary))
            })
            .collect();
        format!(
            "Basecamp does not have **{}** yet:\n\n{}",
            compose::count(lines.len(), "edit", "edits"),
            compose::list(&lines)
        )
    }))
}
