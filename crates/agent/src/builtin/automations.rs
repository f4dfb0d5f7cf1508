//! Automations: the request is read as what starts it and what it does, and proposed as a draft that waits for a yes. In the
//! Studio the same words add steps, and others rename, remove, test, run and publish; a run that failed is explained from its
//! record.

mod acts;
mod build;
mod clock;
mod list;
mod look;
mod runs;
mod starts;
mod studio;
mod subject;
mod tell;
#[cfg(test)]
mod tests;

use contract::commands::{FlowOutline, FlowProposed, OutlineFlow, ProposeFlow, ShowDirectory};
use contract::{Directory, FlowId, PersonId, Seen};

use super::asked::{Asked, trimmed};
use super::capabilities::Capability;
use super::compose::{clip, plain};
use super::plan::{Next, Plan, Scene, answer, sorry};
use super::words::{Word, is_any};

use acts::Act;
use build::Addresses;
use starts::Start;

pub use list::{PROMISED, Promised};
pub(super) use look::{ABOUT, FLOWS, LIST};
pub(super) use runs::{FIX, WHY};
pub(super) use studio::STUDIO;

pub(super) const PROPOSE: Capability = Capability {
    name: "build an automation",
    examples: &["When a to-do is overdue, tell its assignee in Slack", "Every Monday at 9, remind me to plan the week"],
    writes: false,
    read: propose,
};

/// Longer requests are not read as automations: nobody types them as one.
const LONGEST: usize = 60;
/// Longer names are cut, in characters.
const NAME: usize = 80;

/// A request for an automation.
struct Wanted {
    start: Start,
    acts: Vec<Act>,
}

fn propose<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let words = without_lead(asked.core());
    let first = words.first().map_or("", |word| word.text.as_str());
    let is_condition = is_any(first, "when|whenever|if|once|every|each|as|have");
    if words.len() > LONGEST || asked.words.asks() && asked.words.list().len() == asked.core().len() {
        return None;
    }
    if asked.is_question() && !is_condition {
        return None;
    }
    match read(asked, words) {
        Some(Ok(wanted)) => Some(plan(asked, wanted)),
        Some(Err(question)) => Some(answer(question)),
        None => near_miss(asked, words).map(answer),
    }
}

/// The words without “make an automation that”.
fn without_lead(words: &[Word]) -> &[Word] {
    let texts: Vec<&str> = words.iter().take(8).map(|word| word.text.as_str()).collect();
    let verb = texts.first().is_some_and(|word| is_any(word, "make|create|build|set|add|automate|design|draft"));
    let noun = texts.iter().position(|word| is_any(word, "automation|flow|workflow|automate"));
    let (true, Some(noun)) = (verb, noun) else { return words };
    let rest = words.get(noun + 1..).unwrap_or(&[]);
    let rest = super::asked::without(rest, "that|which|to|so|:|for|this", "");
    trimmed(if rest.is_empty() { words } else { rest })
}

/// What starts it and what it does, whichever is said first.
fn read(asked: &Asked<'_>, words: &[Word]) -> Option<Result<Wanted, String>> {
    for at in 1..words.len() {
        let (Some(head), Some(tail)) = (words.get(..at), words.get(at..)) else { continue };
        let parts = head.last().is_some_and(|word| word.comma)
            || tail.first().is_some_and(|word| acts::begins_act(word) || is_any(&word.text, "then"));
        if parts
            && let Some(start) = starts::clause(asked, head)
            && let Some(acts) = acts::acts(asked, tail)
        {
            return Some(start.and_then(|start| acts.map(|acts| Wanted { start, acts })));
        }
    }
    for at in 1..words.len() {
        let (Some(head), Some(tail)) = (words.get(..at), words.get(at..)) else { continue };
        if begins_start(tail)
            && let Some(start) = starts::clause(asked, tail)
            && let Some(acts) = acts::acts(asked, head)
        {
            return Some(start.and_then(|start| acts.map(|acts| Wanted { start, acts })));
        }
    }
    None
}

/// True where what starts it may begin, behind the acts.
fn begins_start(words: &[Word]) -> bool {
    let word = |at: usize| words.get(at).filter(|word| !word.quoted).map_or("", |word| word.text.as_str());
    match word(0) {
        // “When the …” tells of one thing that is meant, and of no automation.
        "when" => is_any(word(1), "a|an|any|one|somebody|someone|anybody|anyone|i|another|there|my|another|its"),
        "if" | "once" => is_any(word(1), "a|an|any|somebody|someone"),
        "as" => word(1) == "soon",
        first if is_any(first, "whenever|every|each|daily|hourly|weekly|monthly|weekdays") => true,
        "on" => word(1).ends_with('s') || word(1) == "the" || word(1) == "weekdays",
        _ => words.iter().take(4).any(|word| word.text == "before"),
    }
}

/// What is said when one half is understood: the other is asked for.
fn near_miss(asked: &Asked<'_>, words: &[Word]) -> Option<String> {
    let first = words.first().map_or("", |word| word.text.as_str());
    if !is_any(first, "when|whenever|every|each") {
        return None;
    }
    let heads = (2..=words.len()).rev().filter_map(|at| words.get(..at));
    let starts = heads
        .filter(|head| starts::clause(asked, head).is_some_and(|start| start.is_ok()))
        .map(|head| asked.words.written(head))
        .next();
    if let Some(start) = starts {
        return Some(format!(
            "I understand what starts it (“{}”) and not what should happen then. What should it do? I can post or write in \
             Slack, e-mail, notify you, comment, assign, move, complete or postpone the item, make to-dos, cards and messages, \
             wait, ask you first, call an address, and ask a model. Nothing was changed.",
            plain(&clip(&start, NAME))
        ));
    }
    let tails = (1..words.len()).filter_map(|at| words.get(at..));
    let acts = tails
        .filter(|tail| acts::acts(asked, tail).is_some_and(|acts| acts.is_ok()))
        .map(|tail| asked.words.written(tail))
        .next()?;
    Some(format!(
        "I understand what should happen (“{}”) and not what starts it. What should start it? It can be something that is \
         overdue, due soon, made, done, moved, assigned or commented on, a time such as “every Monday at 9”, a form, a \
         webhook, or a button. Nothing was changed.",
        plain(&clip(&acts, NAME))
    ))
}

/// Looks up what is needed, and proposes.
fn plan<'a>(asked: &Asked<'a>, wanted: Wanted) -> Plan<'a> {
    let (me, given) = (asked.world.me, given_text(asked));
    let name = clip(&super::compose::capital(&asked.words.written(without_lead(asked.core()))), NAME);
    let open = open_flow(asked);
    Box::new(move |scene| {
        let needs = build::needs_addresses(&wanted.acts);
        let mut step = 0;
        let mut into = None;
        if let Some(id) = open {
            match scene.only(step) {
                None => return Next::one("I’ll look at what is on the canvas.", &OutlineFlow { id }),
                Some(done) => {
                    let outline = done.reply::<FlowOutline>();
                    // What is open and empty is what is meant to be filled.
                    into = outline.filter(is_empty).map(|_| id);
                    step += 1;
                }
            }
        }
        let book = match book(scene, &mut step, needs, me) {
            Ok(book) => book,
            Err(next) => return next,
        };
        match scene.only(step) {
            None => {
                let edits = build::edits(&wanted.start, &wanted.acts, "", &book, given.clone());
                let edits = match edits {
                    Ok(edits) => [vec![wanted.start.edit()], edits].concat(),
                    Err(question) => return Next::Say(question),
                };
                let name_of_new = if into.is_none() { name.clone() } else { String::new() };
                let propose = ProposeFlow { id: into, name: name_of_new, label: name.clone(), edits };
                Next::one("I’ll draw it up for you to look at.", &propose)
            }
            Some(done) => Next::Say(match done.reply::<FlowProposed>() {
                Some(proposed) => tell::proposed(&proposed),
                None => undone(done),
            }),
        }
    })
}

fn is_empty(outline: &FlowOutline) -> bool {
    matches!(outline.steps.as_slice(), [trigger] if trigger.action.is_empty())
}

fn undone(done: &super::record::Done<'_>) -> String {
    sorry(done).replace("look that up", "propose that").replace("look-up", "proposal")
}

/// A text that the person gave when they were asked for one.
fn given_text(asked: &Asked<'_>) -> Option<String> {
    asked.answer(super::followup::Slot::Text).map(|given| given.words.written_from(given.words.list()))
}

/// The automation that is open in the Studio.
fn open_flow(asked: &Asked<'_>) -> Option<FlowId> {
    asked.world.seeing.iter().find_map(|seen| match seen {
        Seen::Flow { id, .. } => Some(*id),
        Seen::Screen { .. } | Seen::Project { .. } | Seen::Item { .. } | Seen::Person { .. } => None,
    })
}

/// The automation that is meant: the one that is open, or the one that was spoken of last.
fn current_flow(asked: &Asked<'_>) -> Option<FlowId> {
    open_flow(asked).or_else(|| {
        asked.past.iter().rev().take(4).find_map(|turn| {
            let proposed = turn.calls().rev().find_map(|done| done.reply::<FlowProposed>());
            proposed.map(|proposed| proposed.id)
        })
    })
}

/// Addresses of people, as the directory tells them.
struct Book {
    me: Option<PersonId>,
    people: Vec<(PersonId, String)>,
}

impl Addresses for Book {
    fn of(&self, person: PersonId) -> Option<String> {
        let found = self.people.iter().find(|(id, _)| *id == person);
        found.map(|(_, address)| address.clone()).filter(|address| !address.is_empty())
    }

    fn mine(&self) -> Option<String> {
        self.me.and_then(|me| Addresses::of(self, me))
    }
}

/// The addresses, looked up when they are needed.
fn book(scene: &Scene<'_>, step: &mut usize, needed: bool, me: Option<PersonId>) -> Result<Book, Next> {
    if !needed {
        return Ok(Book { me, people: Vec::new() });
    }
    let Some(done) = scene.only(*step) else {
        return Err(Next::one("I’ll look the addresses up.", &ShowDirectory {}));
    };
    *step += 1;
    let people = done.reply::<Directory>().map(|directory| directory.people).unwrap_or_default();
    Ok(Book { me, people: people.into_iter().map(|person| (person.id, person.email)).collect() })
}
