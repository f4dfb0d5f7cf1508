//! One item with what is around it, and its comments.

use contract::ItemDetail;
use contract::commands::ShowItem;

use super::Capability;
use super::state::moment;
use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::pattern::{Gaps, fits};
use crate::builtin::plan::{Next, Plan, Scene, answer, sorry};
use crate::builtin::target::{self, Look, Sort};
use crate::builtin::words::Word;

pub(super) const SHOW: Capability = Capability {
    name: "show an item",
    examples: &["Show “Switch the domain over”", "Tell me about the announcement"],
    writes: false,
    read: show,
};
pub(super) const COMMENTS: Capability = Capability {
    name: "read the comments of an item",
    examples: &["What are the comments on “Switch the domain over”?"],
    writes: false,
    read: comments,
};

fn show<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let patterns = &[
        "show|open|describe|explain|read [me] [the] [details] of|for {item}",
        "show|open|describe|explain|read [me] {item}",
        "tell me [more] about {item}",
        "what is|about {item} about",
        "what is|are|was [the] [status|state|details] of|on|with {item}",
        "who is|does doing|on|responsible|assigned|owns [for|to] {item}",
        "who does|owns|has|is {item}",
        "when is|are {item} due",
        "is|are {item} done|finished|complete|completed|blocked|overdue|late|open",
        "details of|on|about {item}",
        "what is {item}",
    ];
    let all = fits(asked.core(), patterns);
    Some(plan(asked, named(&all)?, detail))
}

fn comments<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let patterns = &[
        "what are|is|were [the] [last|latest] comments|comment|replies|discussion on|of|under|about|for|to {item}",
        "show|read|list|give [me] [the] [last|latest] comments|comment|replies|discussion on|of|under|about|for|to {item}",
        "what did|do|have people|they|everyone say|said|written about|on|under {item}",
        "what was said about|on|under {item}",
        "who commented on|under {item}",
        "are|is there [any] comments|comment on|under {item}",
        "has|did anyone|anybody comment|commented on|under {item}",
        "comments on|of|under {item}",
    ];
    let all = fits(asked.core(), patterns);
    Some(plan(asked, named(&all)?, discussion))
}

fn named<'f, 'w>(all: &'f [Gaps<'w>]) -> Option<&'f [Word]> {
    let quoted = |words: &[Word]| words.len() == 1 && words.iter().any(|word| word.quoted);
    let gaps = all.iter().find(|gaps| quoted(gaps.get("item"))).or_else(|| all.first())?;
    Some(gaps.get("item"))
}

fn plan<'a>(asked: &Asked<'a>, item: &[Word], compose_answer: fn(&Scene<'_>, &ItemDetail) -> String) -> Plan<'a> {
    let target = match target::read(asked, item) {
        Ok(target) => target,
        Err(question) => return answer(question),
    };
    let asked = asked.clone();
    Box::new(move |scene| {
        let (pieces, step) = match target.look(scene, &asked, Sort::Any) {
            Look::Next(Next::Say(text)) => return Next::Say(text.replace(" Nothing was changed.", "")),
            Look::Next(next) => return next,
            Look::Found(pieces, step) => (pieces, step),
        };
        let Some(piece) = pieces.first() else { return Next::say("I found nothing of that.") };
        // What was spoken of is shown already by the look-up itself.
        let shown =
            scene.only(step).or_else(|| scene.only(step - 1).filter(|done| done.reply::<ItemDetail>().is_some()));
        match shown {
            None => Next::one(format!("I’ll open {}.", piece.link()), &ShowItem { id: piece.id }),
            Some(done) => Next::Say(match done.reply::<ItemDetail>() {
                Some(detail) => compose_answer(scene, &detail),
                None => sorry(done),
            }),
        }
    })
}

fn detail(scene: &Scene<'_>, detail: &ItemDetail) -> String {
    let world = scene.world;
    let item = &detail.item;
    let link = compose::item(item.id, &item.title);
    let path: Vec<String> = detail.path.iter().map(|row| format!("“{}”", compose::plain(&row.title))).collect();
    let within = if path.is_empty() { String::new() } else { format!("{} of ", path.join(", ")) };
    let mut text = vec![format!(
        "{link} is a {} in {within}{}.",
        compose::kind_name(item.kind),
        compose::project(world, item.project)
    )];
    let mut facts = Vec::new();
    if item.kind.is_task() {
        facts.push(match (item.completed, item.due_on) {
            (true, _) => match item.completed_at {
                Some(at) => format!("completed {}", moment(at, scene)),
                None => "completed".to_owned(),
            },
            (false, Some(due)) => format!("open, {}", compose::due_words(due, scene.today())),
            (false, None) => "open, without a due day".to_owned(),
        });
        facts.push(match item.assignees.as_slice() {
            [] => "nobody does it".to_owned(),
            people => format!("done by {}", compose::people(world, people)).replacen("done by", "with", 1),
        });
    }
    if let Some(creator) = item.creator {
        facts.push(format!("made by {}", compose::person(world, creator)));
    }
    for (label, value) in detail.facts.iter().take(4) {
        facts.push(format!("{}: {}", compose::plain(label), compose::plain(value)));
    }
    if !facts.is_empty() {
        text.push(format!("It is {}.", facts.join(" · ")));
    }
    let body = compose::text_of(&detail.body_html);
    if !body.is_empty() {
        text.push(format!("> {}", compose::plain(&compose::clip(&body, 500))));
    }
    if !detail.steps.is_empty() {
        let done = detail.steps.iter().filter(|step| step.completed).count();
        let lines: Vec<String> =
            detail.steps.iter().map(|step| compose::task(world, step, compose::Shows::default())).collect();
        text.push(format!(
            "**{done}** of **{}** done:\n\n{}",
            compose::count(lines.len(), "step", "steps"),
            compose::list(&lines)
        ));
    }
    if let Some(last) = detail.comments.last() {
        let who = last.creator.map_or_else(|| "someone".to_owned(), |id| compose::person(world, id));
        let said = compose::plain(&compose::clip(&compose::text_of(&last.body_html), 240));
        text.push(format!(
            "**{}**, the last by {who} on {}: “{said}”",
            compose::count(detail.comments.len(), "comment", "comments"),
            moment(last.created_at, scene)
        ));
    }
    text.join("\n\n")
}

fn discussion(scene: &Scene<'_>, detail: &ItemDetail) -> String {
    let link = compose::item(detail.item.id, &detail.item.title);
    if detail.comments.is_empty() {
        return format!("Nobody has commented on {link}.");
    }
    let lines: Vec<String> = detail
        .comments
        .iter()
        .rev()
        .map(|comment| {
            let who = comment.creator.map_or_else(|| "Someone".to_owned(), |id| compose::person(scene.world, id));
            let said = compose::plain(&compose::clip(&compose::text_of(&comment.body_html), 240));
            format!("{who}, {}: “{said}”", moment(comment.created_at, scene))
        })
        .collect();
    format!(
        "{link} has **{}**, newest first:\n\n{}",
        compose::count(lines.len(), "comment", "comments"),
        compose::list(&lines)
    )
}
