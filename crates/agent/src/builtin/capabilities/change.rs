//! Changes of items: ticking off, renaming, moving, dates, people, the trash. One plan for all: look the items up, change each
//! of them in one reply, so that they stand on one card, and tell what was done and what was not.

mod act;
mod day;
mod people;
mod place;
mod why;

use contract::Written;

use super::Capability;
use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::followup::{self, Slot};
use crate::builtin::pattern::{Gaps, fits};
use crate::builtin::plan::{Next, Plan, Planned, Scene, answer};
use crate::builtin::target::{self, Look, Piece, Sort, Target};
use crate::builtin::words::Word;
use act::Act;
pub(super) use place::options;

/// So many items are changed in one go.
const MOST: usize = 100;

pub(super) const COMPLETE: Capability = Capability {
    name: "complete a to-do, card or step",
    examples: &["Complete “Draw the home page in three widths”"],
    writes: true,
    read: complete,
};
pub(super) const REOPEN: Capability = Capability {
    name: "reopen what was completed",
    examples: &["Reopen “Set up the staging server”"],
    writes: true,
    read: reopen,
};
pub(super) const RENAME: Capability = Capability {
    name: "rename an item",
    examples: &["Rename “Check every contrast pair” to “Check all contrasts”"],
    writes: true,
    read: rename,
};
pub(super) const DUE: Capability = Capability {
    name: "set, shift or clear due days",
    examples: &["Move everything our product designer has due tomorrow to Monday and say why in a comment on each"],
    writes: true,
    read: day::read,
};
pub(super) const MOVE: Capability = Capability {
    name: "move a to-do to a list or a card to a column",
    examples: &["Move “Gift cards in the basket” to In review"],
    writes: true,
    read: place::read,
};
pub(super) const ASSIGN: Capability = Capability {
    name: "assign, reassign or unassign",
    examples: &["Give Priya’s overdue tasks to Kwame"],
    writes: true,
    read: people::read,
};
pub(super) const TRASH: Capability = Capability {
    name: "put an item in the trash",
    examples: &["Trash “Clear out the test accounts”"],
    writes: true,
    read: trash,
};
pub(super) const RESTORE: Capability = Capability {
    name: "take an item out of the trash",
    examples: &["Restore “Clear out the test accounts”"],
    writes: true,
    read: restore,
};

fn complete<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    simple(
        asked,
        &[
            "complete|finish|close|resolve {item}",
            "tick|check|cross {item} off",
            "tick|check|cross off {item}",
            "tick {item}",
            "mark|set {item} as [being] complete|completed|done|finished|closed",
            "mark|set {item} complete|completed|done|finished|closed",
            "mark as complete|completed|done|finished {item}",
        ],
        Act::Complete,
        Sort::Open,
    )
}

fn reopen<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    simple(
        asked,
        &[
            "reopen|re-open|uncomplete|untick|uncheck {item}",
            "open {item} again",
            "mark|set {item} as not done|complete|completed|finished",
            "mark|set {item} as open|undone|incomplete|unfinished",
        ],
        Act::Reopen,
        Sort::Done,
    )
}

fn trash<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    simple(
        asked,
        &[
            "put|move|throw {item} in|into|to [the] trash|bin|rubbish",
            "get rid of {item}",
            "delete|trash|bin|discard|remove {item}",
        ],
        Act::Trash,
        Sort::Any,
    )
}

fn restore<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    simple(
        asked,
        &[
            "restore|recover|undelete|untrash {item} from [the] trash|bin|archive",
            "restore|recover|undelete|untrash {item}",
            "take|get|bring {item} out of [the] trash|bin|archive",
            "bring {item} back [from] [the] [trash|bin|archive]",
            "take|put {item} back from [the] trash|bin",
        ],
        Act::Restore,
        Sort::PutAway,
    )
}

fn rename<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let fits = fits(
        asked.core(),
        &[
            "rename|retitle|rephrase {item} to|as|into {title}",
            "change|set [the] title|name of {item} to|into {title}",
            "change|set {owned} title|name to|into {title}",
            "rename|retitle {item}",
        ],
    );
    let gaps = quoted_first(&fits)?;
    let item = if gaps.has("owned") { gaps.get("owned") } else { gaps.get("item") };
    let title = match asked.answer(Slot::Title) {
        Some(given) => given.words.written(given.words.list()),
        None if gaps.has("title") => asked.words.written(gaps.get("title")),
        None => return Some(answer(followup::question(Slot::Title, "", &[]))),
    };
    Some(change(asked, item, Act::Rename(title), None, Sort::Any))
}

/// The first way to fit in which a quoted title is a gap by itself; else the first.
fn quoted_first<'f, 'w>(fits: &'f [Gaps<'w>]) -> Option<&'f Gaps<'w>> {
    let whole = |words: &[Word]| words.len() == 1 && words.iter().any(|word| word.quoted);
    fits.iter().find(|gaps| whole(gaps.get("item"))).or_else(|| fits.first())
}

fn simple<'a>(asked: &Asked<'a>, patterns: &[&'static str], act: Act, sort: Sort) -> Option<Plan<'a>> {
    let (words, reason) = why::split(asked, asked.core());
    let fits = fits(words, patterns);
    let gaps = fits.first()?;
    if let Some(problem) = two_at_once(gaps.get("item")) {
        return Some(answer(problem));
    }
    match reason {
        Ok(comment) => Some(change(asked, gaps.get("item"), act, comment, sort)),
        Err(question) => Some(answer(question)),
    }
}

/// Two requests in one sentence are not guessed apart.
fn two_at_once(words: &[Word]) -> Option<String> {
    const VERBS: &str =
        "delete|trash|move|assign|complete|rename|comment|post|create|undo|reopen|archive|unassign|reassign";
    let joined = words.windows(2).any(|pair| {
        matches!(pair, [a, b] if !a.quoted && !b.quoted && crate::builtin::words::is_any(&a.text, "and|then")
            && crate::builtin::words::is_any(&b.text, VERBS))
    });
    joined.then(|| {
        "I can do one thing at a time. Tell me the first of them by itself, please. Nothing was changed.".to_owned()
    })
}

/// Reads what it is about, and plans the change of it.
fn change<'a>(asked: &Asked<'a>, item: &[Word], act: Act, comment: Option<String>, sort: Sort) -> Plan<'a> {
    match target::read(asked, item) {
        Ok(target) => plan(asked.clone(), target, act, comment, sort),
        Err(question) => answer(question),
    }
}

/// Looks it up, changes it, tells it.
fn plan<'a>(asked: Asked<'a>, target: Target, act: Act, comment: Option<String>, sort: Sort) -> Plan<'a> {
    Box::new(move |scene| {
        let (pieces, step) = match target.look(scene, &asked, sort) {
            Look::Next(next) => return next,
            Look::Found(pieces, step) => (pieces, step),
        };
        if pieces.len() > MOST {
            return Next::Say(format!(
                "That is {}, and I change at most {MOST} in one go. Narrow it down, please: by person, project or day. \
                 Nothing was changed.",
                compose::count(pieces.len(), "item", "items")
            ));
        }
        let mut todo = Vec::new();
        let mut notes = Vec::new();
        for piece in pieces {
            match act.calls(&piece, scene.world, &asked) {
                Ok(mut calls) => {
                    calls.extend(comment.as_ref().map(|body| act::comment(piece.id, body)));
                    todo.push((piece, calls));
                }
                Err(act::No::Note(note)) => notes.push(note),
                Err(act::No::Ask(question)) => return Next::Say(question),
            }
        }
        if todo.is_empty() {
            return Next::Say(format!("{}\n\nNothing was changed.", compose::list(&notes)).replacen(
                "- ",
                "",
                usize::from(notes.len() == 1),
            ));
        }
        match scene.step() {
            at if at == step => propose(&act, &todo, comment.as_deref(), scene),
            _ => Next::Say(tell(&act, &todo, &notes, comment.as_deref(), scene, step)),
        }
    })
}

type Work = (Piece, Vec<Planned>);

fn propose(act: &Act, work: &[Work], comment: Option<&str>, scene: &Scene<'_>) -> Next {
    let (verb, tail) = act.intent(scene.world);
    let what = match work {
        [(piece, _)] => piece.link(),
        several => format!("these {} items", several.len()),
    };
    let with = match (comment, work.len()) {
        (None, _) => "",
        (Some(_), 1) => " and comment on it",
        (Some(_), _) => " and comment on each",
    };
    let calls = work.iter().flat_map(|(_, calls)| calls.clone()).collect();
    Next::Call(format!("I’ll {verb} {what}{tail}{with}."), calls)
}

/// Tells what was done, and what was not and why.
fn tell(act: &Act, work: &[Work], notes: &[String], comment: Option<&str>, scene: &Scene<'_>, step: usize) -> String {
    let mut results = scene.done(step).iter();
    let (mut done, mut denied, mut failed) = (Vec::new(), Vec::new(), Vec::new());
    let mut uncommented = 0;
    for (piece, calls) in work {
        let own: Vec<_> = results.by_ref().take(calls.len()).collect();
        let (acts, comments) =
            own.split_at(calls.len().min(own.len()) - usize::from(comment.is_some() && !own.is_empty()));
        match acts.iter().find(|call| call.failure().is_some()) {
            None if acts.is_empty() => failed.push(format!("{}: it was not tried.", piece.link())),
            None => {
                uncommented += comments.iter().filter(|call| call.failure().is_some()).count();
                let written = acts.first().and_then(|call| call.reply::<Written>()).map(|written| written.item);
                done.push(act.result(piece, written.as_ref(), scene.world));
            }
            Some(call) if call.was_denied() => denied.push(piece.link()),
            Some(call) => failed.push(format!(
                "{}: {}",
                piece.link(),
                crate::builtin::plan::sentence(call.failure().unwrap_or(""))
            )),
        }
    }
    let mut text = Vec::new();
    let (verb, tail) = act.past(scene.world);
    let with = comment
        .filter(|_| uncommented == 0)
        .map_or(String::new(), |body| format!(", with the comment “{}”", compose::plain(&compose::clip(body, 200))));
    match done.as_slice() {
        [] => text.push("Nothing was changed.".to_owned()),
        [one] => text.push(format!("{verb} {one}{tail}{with}.")),
        several => text.push(format!(
            "{verb} **{}** items{tail}{}:\n\n{}",
            several.len(),
            with.replacen(", with", ", each with", 1),
            compose::list(several)
        )),
    }
    if uncommented > 0 {
        text.push(format!("{} not posted.", compose::count(uncommented, "comment was", "comments were")));
    }
    if !denied.is_empty() {
        let unchanged = if denied.len() == 1 { "it is unchanged" } else { "they are unchanged" };
        text.push(format!("You said no to {}, so {unchanged}.", compose::join(&denied)));
    }
    if !failed.is_empty() {
        text.push(format!("This did not work:\n\n{}", compose::list(&failed)));
    }
    text.extend(notes.iter().cloned());
    text.join("\n\n")
}
