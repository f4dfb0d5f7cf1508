//! What is said about an automation that is open, or was just proposed: add, rename, move, remove and change steps; test, run,
//! publish, switch. Steps are looked up first, so that nothing is edited that is not there.

use contract::commands::{
    CheckFlow, FlowEdit, FlowOutline, FlowProposed, OutlineFlow, OutlineRun, OutlineStep, ProposeFlow, PublishFlow,
    RehearseFlow, RunFlow, RunOutline, SwitchFlow, TestFlow,
};
use contract::{FlowCheck, FlowId, FlowSummary, FlowView, RunSummary};

use super::acts::{Act, acts};
use super::starts::Start;
use super::{NAME, book, build, current_flow, given_text, open_flow, runs, tell, undone};
use crate::builtin::asked::{Asked, without};
use crate::builtin::capabilities::Capability;
use crate::builtin::compose::{capital, clip, plain};
use crate::builtin::names::best;
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Next, Plan, Scene};
use crate::builtin::words::{Word, fold, is_any, name_words};

pub(in crate::builtin) const STUDIO: Capability = Capability {
    name: "change, test and publish the automation that is open",
    examples: &[
        "Add a step that posts to #general in Slack",
        "Remove the delay step",
        "Test it on sample data",
        "Publish the automation",
    ],
    writes: true,
    read,
};

/// What is to be done with it.
#[derive(Debug, Clone)]
enum Wish {
    Add { acts: Vec<Act>, after: Option<String> },
    Rename { step: Option<String>, label: String },
    Remove { step: String },
    Skip { step: String, skip: bool },
    Move { step: String, beside: String, before: bool },
    Set { step: Option<String>, field: String, value: String },
    Test { rehearse: bool },
    Run,
    Publish,
    Switch { on: bool },
    Ask(String),
}

fn read<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let id = current_flow(asked)?;
    let wish = wish(asked, open_flow(asked).is_some())?;
    let label = clip(&capital(&asked.words.written(asked.core())), NAME);
    Some(match wish {
        Wish::Test { rehearse } => test(id, rehearse),
        Wish::Run => Box::new(move |scene| ran(scene, 0, || Next::one("I’ll run it.", &RunFlow { id, payload: None }))),
        Wish::Publish => publish(id),
        Wish::Switch { on } => switch(id, on),
        Wish::Ask(question) => crate::builtin::plan::answer(question),
        Wish::Add { .. }
        | Wish::Rename { .. }
        | Wish::Remove { .. }
        | Wish::Skip { .. }
        | Wish::Move { .. }
        | Wish::Set { .. } => edit(asked, id, wish, label),
    })
}

fn wish(asked: &Asked<'_>, in_studio: bool) -> Option<Wish> {
    let words = asked.core();
    let is = |patterns: &[&'static str]| !fits(words, patterns).is_empty();
    let said = |words: &[Word]| asked.words.written(words);
    if is(&[
        "rehearse [it|this]",
        "test|try it|this [out] on|with [the] sample|samples|test [data]",
        "test|try the automation|flow|draft [out] on|with [the] sample|samples|test [data]",
        "dry run",
    ]) {
        return Some(Wish::Test { rehearse: true });
    }
    if is(&["test|try it|this|that [out]", "test|try the automation|flow|draft [out]", "test", "do|make a test run"]) {
        return Some(Wish::Test { rehearse: false });
    }
    if is(&["run it|this|that [once] [again]", "run the automation|flow [once] [again]", "start it|this"]) {
        return Some(Wish::Run);
    }
    if is(&[
        "publish [it|this|that]",
        "publish the automation|flow",
        "take|bring it live",
        "go live",
        "accept it and publish it",
    ]) {
        return Some(Wish::Publish);
    }
    if is(&[
        "switch|turn it|this on",
        "switch|turn on it|this",
        "switch|turn the automation|flow on",
        "enable|resume it|this",
    ]) {
        return Some(Wish::Switch { on: true });
    }
    if is(&[
        "switch|turn it|this off",
        "switch|turn off it|this",
        "switch|turn the automation|flow off",
        "disable|pause|stop it|this",
        "pause|stop|disable the automation|flow",
    ]) {
        return Some(Wish::Switch { on: false });
    }
    if let Some(gaps) =
        fits(words, &["rename|call it|this [to] {name}", "rename|call the automation|flow [to] {name}"]).first()
        && (in_studio || words.iter().any(|word| is_any(&word.text, "automation|flow")))
    {
        return Some(Wish::Rename { step: None, label: said(gaps.get("name")) });
    }
    // Outside the Studio such words are about tasks, unless they speak of a step.
    if !in_studio && !words.iter().any(|word| !word.quoted && is_any(&word.text, "step|delay")) {
        return None;
    }
    let patterns = &[
        "rename|call [the] [step] {step} to {name}",
        "rename|call [the] {step} step [to] {name}",
        "change|set the name|title of {step} to {name}",
    ];
    if let Some(gaps) = fits(words, patterns).first() {
        return Some(Wish::Rename { step: Some(named(asked, gaps.get("step"))), label: said(gaps.get("name")) });
    }
    if let Some(gaps) =
        fits(words, &["remove|delete|drop [the|that] [step] {step}", "take out [the] {step}", "take [the] {step} out"])
            .first()
    {
        return Some(Wish::Remove { step: named(asked, gaps.get("step")) });
    }
    if let Some(gaps) =
        fits(words, &["don't|never skip [the] {step}", "no longer skip [the] {step}", "unskip [the] {step}"]).first()
    {
        return Some(Wish::Skip { step: named(asked, gaps.get("step")), skip: false });
    }
    if let Some(gaps) = fits(words, &["skip|disable [the] [step] {step}"]).first() {
        return Some(Wish::Skip { step: named(asked, gaps.get("step")), skip: true });
    }
    if let Some(gaps) = fits(words, &["move|put [the] {step} after|behind|below [the] {other}"]).first() {
        let (step, beside) = (named(asked, gaps.get("step")), named(asked, gaps.get("other")));
        return Some(Wish::Move { step, beside, before: false });
    }
    if let Some(gaps) = fits(words, &["move|put [the] {step} before|above [the] {other}"]).first() {
        let (step, beside) = (named(asked, gaps.get("step")), named(asked, gaps.get("other")));
        return Some(Wish::Move { step, beside, before: true });
    }
    let sets = &[
        "change|set the {field} of [the] {step} to {value}",
        "change|set the {field} to {value}",
        "make the {field} {value}",
    ];
    if let Some(gaps) = fits(words, sets).iter().find(|gaps| gaps.get("field").len() <= 3) {
        let step = Some(gaps.get("step")).filter(|step| !step.is_empty()).map(|step| named(asked, step));
        return Some(Wish::Set { step, field: said(gaps.get("field")), value: said(gaps.get("value")) });
    }
    add(asked, words)
}

/// “Add a step that …”, “then …”, “after the delay, …”.
fn add(asked: &Asked<'_>, words: &[Word]) -> Option<Wish> {
    let said = asked.words.list().first().map_or("", |word| word.text.as_str());
    let patterns = &[
        "add [a|an|another|one] [new|last|more] step that|which|to {acts} after [the] {step}",
        "after [the] {step} add [a|an|another|one] [new] step that|which|to {acts}",
        "add [a|an|another|one] [new|last|more] step that|which|to|: {acts}",
        "add [a|an|another|one] [new|last|more] step",
        "make it [also] {acts}",
        "have it [also] {acts}",
        "at the end [also] {acts}",
        "after [the] {step} step {acts}",
    ];
    for gaps in fits(words, patterns) {
        let after = Some(gaps.get("step")).filter(|step| !step.is_empty()).map(|step| named(asked, step));
        let wanted = gaps.get("acts");
        if wanted.is_empty() {
            return Some(Wish::Ask("What should the step do? Say “Add a step that …”, for one: “that posts to #general in Slack”. Nothing was changed.".to_owned()));
        }
        match stems(asked, wanted) {
            Some(Ok(acts)) => return Some(Wish::Add { acts, after }),
            Some(Err(question)) => return Some(Wish::Ask(question)),
            None => {}
        }
    }
    if !is_any(said, "then|also|and|finally|additionally") {
        return None;
    }
    Some(match acts(asked, words)? {
        Ok(acts) => Wish::Add { acts, after: None },
        Err(question) => Wish::Ask(question),
    })
}

/// The acts, where “posts” stands for “post”.
fn stems(asked: &Asked<'_>, words: &[Word]) -> Option<Result<Vec<Act>, String>> {
    acts(asked, words).or_else(|| {
        let mut words = words.to_vec();
        for at in 0..words.len() {
            let begins = at == 0
                || words
                    .get(at - 1)
                    .is_some_and(|before| before.comma || (!before.quoted && is_any(&before.text, "and|then")));
            if let Some(word) = words.get_mut(at).filter(|word| begins && !word.quoted) {
                word.text = stem(&word.text);
            }
        }
        acts(asked, &words)
    })
}

fn stem(verb: &str) -> String {
    match verb {
        "notifies" => "notify".to_owned(),
        "pushes" | "finishes" | "fetches" | "publishes" => verb.trim_end_matches("es").to_owned(),
        verb => verb.strip_suffix('s').unwrap_or(verb).to_owned(),
    }
}

/// What a step is called in the request.
fn named(asked: &Asked<'_>, words: &[Word]) -> String {
    asked.words.written(without(words, "the|step|that|this", "step|steps"))
}

/// The step that is called so: by its name, what people call it, or what it does.
fn find<'o>(outline: &'o FlowOutline, called: &str) -> Result<&'o OutlineStep, String> {
    let wanted = fold(called);
    if let Some(step) = outline.steps.iter().find(|step| step.name == wanted) {
        return Ok(step);
    }
    let words = name_words(called);
    let (_, by_label) = best(&words, outline.steps.iter(), |step| step.label.as_str());
    let by_kind = || {
        let is = |step: &&OutlineStep| {
            let kind = format!("{} {}", step.piece.rsplit('-').next().unwrap_or_default(), step.action);
            let kind = name_words(&kind.replace(['_', '/'], " "));
            !words.is_empty()
                && words.iter().all(|word| kind.iter().any(|own| own == word || own.starts_with(word.as_str())))
        };
        outline.steps.iter().filter(is).collect::<Vec<_>>()
    };
    let found = if by_label.is_empty() { by_kind() } else { by_label };
    let list = |steps: &[&OutlineStep]| {
        steps.iter().map(|step| format!("“{}”", plain(&step.label))).collect::<Vec<_>>().join(", ")
    };
    match found.as_slice() {
        [one] => Ok(one),
        [] => {
            let all: Vec<&OutlineStep> = outline.steps.iter().take(20).collect();
            Err(format!(
                "Which step do you mean? There is none called “{}”. There are {}. Nothing was changed.",
                plain(called),
                list(&all)
            ))
        }
        several => Err(format!("Which of these do you mean: {}? Nothing was changed.", list(several))),
    }
}

/// Looks at the steps, and proposes.
fn edit<'a>(asked: &Asked<'a>, id: FlowId, wish: Wish, label: String) -> Plan<'a> {
    let (me, given) = (asked.world.me, given_text(asked));
    Box::new(move |scene| {
        let outline = match scene.only(0) {
            None => return Next::one("I’ll look at its steps.", &OutlineFlow { id }),
            Some(done) => match done.reply::<FlowOutline>() {
                Some(outline) => outline,
                None => return Next::Say(undone(done)),
            },
        };
        let mut step = 1;
        let needs = matches!(&wish, Wish::Add { acts, .. } if build::needs_addresses(acts));
        let book = match book(scene, &mut step, needs, me) {
            Ok(book) => book,
            Err(next) => return next,
        };
        match scene.only(step) {
            None => match edits(&outline, &wish, &book, given.clone()) {
                Ok(edits) => {
                    let propose = ProposeFlow { id: Some(id), name: String::new(), label: label.clone(), edits };
                    Next::one("I’ll put that on the canvas for you to look at.", &propose)
                }
                Err(question) => Next::Say(question),
            },
            Some(done) => Next::Say(match done.reply::<FlowProposed>() {
                Some(proposed) => tell::proposed(&proposed),
                None => undone(done),
            }),
        }
    })
}

fn edits(
    outline: &FlowOutline,
    wish: &Wish,
    book: &dyn build::Addresses,
    given: Option<String>,
) -> Result<Vec<FlowEdit>, String> {
    let name = |called: &str| find(outline, called).map(|step| step.name.clone());
    Ok(match wish {
        Wish::Add { acts, after } => {
            let at = after.as_deref().map(name).transpose()?.unwrap_or_default();
            let trigger = outline.steps.first();
            let action = trigger.map_or("", |step| step.action.as_str());
            let items = trigger.and_then(|step| step.fields.get("items")).map_or("", String::as_str);
            let start = Start::of_trigger(action, items);
            reached(build::edits(&start, acts, &at, book, given)?, &outline.reach)
        }
        Wish::Rename { step: None, label } => vec![FlowEdit::Rename { step: String::new(), label: label.clone() }],
        Wish::Rename { step: Some(step), label } => vec![FlowEdit::Rename { step: name(step)?, label: label.clone() }],
        Wish::Remove { step } => vec![FlowEdit::Remove { step: name(step)? }],
        Wish::Skip { step, skip } => vec![FlowEdit::Skip { step: name(step)?, skip: *skip }],
        Wish::Move { step, beside, before } => {
            let (step, beside) = (name(step)?, name(beside)?);
            let at = if *before { before_of(outline, &beside) } else { beside };
            vec![FlowEdit::Move { step, at }]
        }
        Wish::Set { step, field, value } => {
            let (step, field) = field_of(outline, step.as_deref(), field)?;
            vec![FlowEdit::Change {
                step,
                input: [(field, value.clone().into())].into_iter().collect(),
                source: None,
                items: None,
                retry: None,
                goes_on: None,
            }]
        }
        Wish::Test { .. } | Wish::Run | Wish::Publish | Wish::Switch { .. } | Wish::Ask(_) => Vec::new(),
    })
}

/// Expressions as the format of this automation has them.
fn reached(edits: Vec<FlowEdit>, reach: &str) -> Vec<FlowEdit> {
    if reach.contains("['output']") {
        return edits;
    }
    let text = serde_json::to_string(&edits).unwrap_or_default().replace("['output']", "");
    serde_json::from_str(&text).unwrap_or(edits)
}

/// The place before a step: behind the one before it in the same chain, or first in it.
fn before_of(outline: &FlowOutline, step: &str) -> String {
    let within = outline.steps.iter().find(|found| found.name == step).map_or("", |found| found.within.as_str());
    let before =
        outline.steps.iter().take_while(|found| found.name != step).filter(|found| found.within == within).last();
    match before {
        Some(before) => before.name.clone(),
        None if within.is_empty() => "trigger".to_owned(),
        None => within.to_owned(),
    }
}

/// The step and the field that are meant: a field that only one step has needs no step.
fn field_of(outline: &FlowOutline, step: Option<&str>, field: &str) -> Result<(String, String), String> {
    let wanted = match fold(field).as_str() {
        "message" | "words" => "text".to_owned(),
        "time" => "hour_of_the_day".to_owned(),
        "amount" | "wait" | "delay" => "delayFor".to_owned(),
        other => other.to_owned(),
    };
    let key = |step: &OutlineStep| step.fields.keys().find(|key| fold(key) == fold(&wanted)).cloned();
    if let Some(step) = step {
        let step = find(outline, step)?;
        return Ok((step.name.clone(), key(step).unwrap_or(wanted)));
    }
    let having: Vec<(&OutlineStep, String)> =
        outline.steps.iter().filter_map(|step| Some((step, key(step)?))).collect();
    match having.as_slice() {
        [(step, key)] => Ok((step.name.clone(), key.clone())),
        [] => {
            Err(format!("Which step do you mean? None has a field “{}” filled in. Nothing was changed.", plain(field)))
        }
        several => {
            let names: Vec<String> = several.iter().map(|(step, _)| format!("“{}”", plain(&step.label))).collect();
            Err(format!(
                "Of which step: {}? Say “Set the {} of … to …”. Nothing was changed.",
                names.join(", "),
                plain(field)
            ))
        }
    }
}

/// Tests the draft for real, or what waits for a yes on samples.
fn test<'a>(id: FlowId, rehearse: bool) -> Plan<'a> {
    Box::new(move |scene| {
        let outline = match scene.only(0) {
            None => return Next::one("I’ll look at it first.", &OutlineFlow { id }),
            Some(done) => match done.reply::<FlowOutline>() {
                Some(outline) => outline,
                None => return Next::Say(undone(done)),
            },
        };
        ran(scene, 1, || {
            if rehearse || outline.waiting {
                let rehearse = RehearseFlow { id, pending: outline.waiting, payload: None };
                return Next::one("I’ll rehearse it on sample data: nothing is sent.", &rehearse);
            }
            Next::one("I’ll test it.", &TestFlow { id, payload: None })
        })
    })
}

/// Begins a run at this step of the turn, and tells how it went.
fn ran(scene: &Scene<'_>, step: usize, begin: impl FnOnce() -> Next) -> Next {
    let Some(done) = scene.only(step) else { return begin() };
    let Some(begun) = done.reply::<RunSummary>() else { return Next::Say(undone(done)) };
    match scene.only(step + 1) {
        None => Next::one("It runs; I’ll look how it goes.", &OutlineRun { id: begun.id }),
        Some(done) => Next::Say(match done.reply::<RunOutline>() {
            Some(run) => runs::told(&run),
            None => undone(done),
        }),
    }
}

/// Checks, then publishes what a person will see on the card.
fn publish<'a>(id: FlowId) -> Plan<'a> {
    Box::new(move |scene| {
        let outline = match scene.only(0) {
            None => return Next::one("I’ll look at it first.", &OutlineFlow { id }),
            Some(done) => match done.reply::<FlowOutline>() {
                Some(outline) => outline,
                None => return Next::Say(undone(done)),
            },
        };
        let link = tell::link(id, &outline.name);
        if outline.waiting {
            return Next::Say(format!(
                "Changes of {link} still wait for your yes on its canvas. Accept or reject them, then say “Publish it”. Nothing was published."
            ));
        }
        let check = match scene.only(1) {
            None => return Next::one("I’ll check what it needs.", &CheckFlow { id, pending: false }),
            Some(done) => match done.reply::<FlowCheck>() {
                Some(check) => check,
                None => return Next::Say(undone(done)),
            },
        };
        if check.errors > 0 {
            let problems = tell::problems(&outline, "First").unwrap_or_default();
            return Next::Say(format!("{link} cannot be published yet.\n\n{problems}"));
        }
        match scene.only(2) {
            None => {
                let allow = check.needs.into_iter().map(|need| need.key).collect();
                let publish = PublishFlow { id, revision: outline.revision, allow };
                Next::one("It is ready. I’ll publish it.", &publish)
            }
            Some(done) => Next::Say(match done.reply::<FlowView>() {
                Some(_) => format!("{link} is published: it runs by itself now."),
                None => undone(done),
            }),
        }
    })
}

fn switch<'a>(id: FlowId, on: bool) -> Plan<'a> {
    Box::new(move |scene| match scene.only(0) {
        None => Next::one(if on { "I’ll switch it on." } else { "I’ll switch it off." }, &SwitchFlow { id, on }),
        Some(done) => Next::Say(match done.reply::<FlowSummary>() {
            Some(flow) => format!("{} is {} now.", tell::link(id, &flow.name), if on { "on" } else { "off" }),
            None => undone(done),
        }),
    })
}
