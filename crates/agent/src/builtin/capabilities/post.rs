//! Saying something in Basecamp: comments, messages, entries of a schedule.

mod entry;
mod message;

use contract::commands::AddComment;

use super::Capability;
use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::followup::{self, Slot};
use crate::builtin::pattern::{Gaps, fits};
use crate::builtin::plan::{Next, Plan, answer, call, sentence};
use crate::builtin::target::{self, Look, Sort};
use crate::builtin::words::Word;

pub(super) const COMMENT: Capability = Capability {
    name: "comment on an item",
    examples: &["Comment on “Switch the domain over”: the certificate is ready"],
    writes: true,
    read: comment,
};
pub(super) const MESSAGE: Capability = Capability {
    name: "post a message",
    examples: &["Post a message in the website project: Staging is up again"],
    writes: true,
    read: message::read,
};
pub(super) const ENTRY: Capability = Capability {
    name: "add an entry to a schedule",
    examples: &["Add “Design review” to the schedule of the website project on Friday at 14:00"],
    writes: true,
    read: entry::read,
};

/// So many items are commented on in one go.
const MOST: usize = 50;

fn comment<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let patterns = &[
        "comment {text} on|under {item}",
        "comment on|under {item} : {text}",
        "comment on|under {item} that|saying {text}",
        "comment on|under {item} with {text}",
        "comment on|under {item}",
        "add|leave|write|post|make|put [a|the] comment on|to|under|in {item} : {text}",
        "add|leave|write|post|make|put [a|the] comment on|to|under|in {item} saying|that|with [that] {text}",
        "add|leave|write|post|make|put [a|the] comment {text} on|to|under|in {item}",
        "add|leave|write|post|make|put [a|the] comment on|to|under|in {item}",
        "add|leave|write|post|put {text} as [a] comment on|to|under {item}",
        "reply to {item} : {text}",
        "reply to {item} with|saying|that {text}",
        "say {text} on|under {item}",
    ];
    let all = fits(asked.core(), patterns);
    let gaps = best(&all)?;
    let body = match (gaps.get("text"), asked.answer(Slot::Text)) {
        ([], Some(given)) => given.words.written_from(given.words.list()),
        ([], None) => return Some(answer(followup::question(Slot::Text, "", &[]))),
        (text, _) => text_of(asked, gaps, text),
    };
    if body.trim().is_empty() {
        return Some(answer(followup::question(Slot::Text, "", &[])));
    }
    let target = match target::read(asked, gaps.get("item")) {
        Ok(target) => target,
        Err(question) => return Some(answer(question)),
    };
    let asked = asked.clone();
    Some(Box::new(move |scene| {
        let (pieces, step) = match target.look(scene, &asked, Sort::Any) {
            Look::Next(next) => return next,
            Look::Found(pieces, step) => (pieces, step),
        };
        if pieces.len() > MOST {
            return Next::Say(format!(
                "That is {} items, and I comment on at most {MOST} in one go. Nothing was changed.",
                pieces.len()
            ));
        }
        let links: Vec<String> = pieces.iter().map(|piece| piece.link()).collect();
        if scene.step() == step {
            let calls = pieces.iter().map(|piece| call(&AddComment { item: piece.id, body: body.clone() })).collect();
            return Next::Call(format!("I’ll comment on {}.", compose::join(&links)), calls);
        }
        let (mut done, mut not) = (Vec::new(), Vec::new());
        for (link, call) in links.into_iter().zip(scene.done(step)) {
            match call.failure() {
                None => done.push(link),
                Some(_) if call.was_denied() => not.push(format!("You said no to {link}.")),
                Some(why) => not.push(format!("{link}: {}", sentence(why))),
            }
        }
        let quoted = compose::plain(&compose::clip(&body, 200));
        let head = match done.as_slice() {
            [] => "Nothing was posted.".to_owned(),
            done => format!("Commented on {}: “{quoted}”", compose::join(done)),
        };
        Next::Say(std::iter::once(head).chain(not).collect::<Vec<_>>().join("\n\n"))
    }))
}

/// The way to fit whose text or item is quoted; else the first.
fn best<'f, 'w>(all: &'f [Gaps<'w>]) -> Option<&'f Gaps<'w>> {
    let quoted = |words: &[Word]| words.len() == 1 && words.iter().any(|word| word.quoted);
    all.iter()
        .find(|gaps| quoted(gaps.get("text")) && quoted(gaps.get("item")))
        .or_else(|| all.iter().find(|gaps| quoted(gaps.get("item")) && gaps.has("text")))
        .or_else(|| all.iter().find(|gaps| quoted(gaps.get("text"))))
        .or_else(|| all.iter().find(|gaps| gaps.has("text")))
        .or_else(|| all.first())
}

/// What is to be posted: as it was written, to the end when it is the end.
fn text_of(asked: &Asked<'_>, gaps: &Gaps<'_>, text: &[Word]) -> String {
    let last =
        gaps.get("item").first().is_none_or(|item| text.first().is_some_and(|word| word.at.start > item.at.start));
    if last { asked.words.written_from(text) } else { asked.words.written(text) }
}
