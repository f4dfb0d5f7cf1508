//! Random flows and random changes, from a seed.

use serde_json::{Value, json};

use crate::*;

/// A small generator of numbers: the same seed, the same numbers.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    /// From 0 up to `count`, without it.
    pub(super) fn below(&mut self, count: usize) -> usize {
        (self.next() % count.max(1) as u64) as usize
    }

    pub(super) fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    pub(super) fn of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

pub(super) fn reference(dice: &mut Dice, names: &[String]) -> String {
    let name = dice.of(names).clone();
    let tail =
        *dice.of(&["['output']['a']", ".output.a[0]", "['error']['message']", "['output']", "['output'][\"x y\"]"]);
    match dice.below(5) {
        0 => format!("Hello {{{{{name}{tail}}}}}, and {{{{ connections['c-1'] }}}}"),
        1 => format!("{{{{ [{name}{tail}, '{name}'].map(x => x.{name}) }}}}"),
        2 => "no reference".to_owned(),
        3 => format!("{{{{ variables['V'] + `${{{name}{tail}}} {name}` }}}}"),
        _ => format!("{{{{{name}{tail}}}}}"),
    }
}

fn input(dice: &mut Dice, names: &[String]) -> Map {
    let value = json!({
        "text": reference(dice, names),
        "deep": {"list": [reference(dice, names), dice.below(9), null, {"x": reference(dice, names)}], "é \"q": true},
    });
    if dice.chance(80) { value.as_object().unwrap().clone() } else { Map::new() }
}

/// A step with nothing in it.
pub(super) fn step(dice: &mut Dice, name: &str, names: &[String]) -> Step {
    let mut step = match dice.below(6) {
        0 => Step::loop_on(name, format!("Loop {name}"), reference(dice, names)),
        1 => {
            let mut step = Step::router(name, format!("Route {name}"), &["One", "Two"][..1 + dice.below(2)]);
            if let Kind::Router(router) = &mut step.kind {
                let condition = Condition::new(reference(dice, names), *dice.of(Operator::ALL), reference(dice, names));
                router.branches[0].kind = BranchKind::Condition(vec![vec![condition], vec![]]);
                router.branches[0].extra.insert("unknown".to_owned(), json!([1, {"a": null}]));
            }
            step
        }
        2 => {
            let call = PieceCall {
                piece: "@activepieces/piece-http".to_owned(),
                version: "0.11.9".to_owned(),
                operation: "send_request".to_owned(),
                input: input(dice, names),
                property_settings: Map::new(),
            };
            Step::piece(name, format!("Call {name}"), call)
        }
        3 => {
            let mut step =
                Step::new(name, name, Kind::Other(Other { kind: "PARALLEL".to_owned(), ..Other::default() }));
            step.extra.insert("type".to_owned(), json!("PARALLEL"));
            step.extra.insert("settings".to_owned(), json!({"deep": [reference(dice, names)]}));
            if dice.chance(50)
                && let Kind::Other(other) = &mut step.kind
            {
                other.children = vec![Chain::new(), Chain::new()];
            }
            step
        }
        _ => {
            let mut step = Step::code(name, format!("Code {name}"), "export const code = async () => 1;");
            if let Kind::Code(code) = &mut step.kind {
                code.input = input(dice, names);
                code.errors.continue_on_failure = Some(dice.chance(50));
                if dice.chance(20) {
                    code.failure.extra.insert("onSuccess".to_owned(), Value::Null);
                }
            }
            step
        }
    };
    let is_other = matches!(step.kind, Kind::Other(_));
    for key in ["nextAction", "firstLoopAction", "newer"] {
        if dice.chance(20) {
            step.extra.insert(key.to_owned(), Value::Null);
        }
    }
    if dice.chance(30) {
        step.extra.insert("continueOnFailureBranches".to_owned(), json!({}));
    }
    if !is_other && dice.chance(30) {
        step.settings.insert("sampleData".to_owned(), json!({"sampleDataFileId": "file"}));
    }
    step.skip = *dice.of(&[None, Some(true), Some(false)]);
    step.extra.insert("lastUpdatedDate".to_owned(), json!("2026-11-21T02:31:47.385Z"));
    step
}

/// A flow of about `count` steps, with loops, routers and branches after failure.
pub(super) fn flow(dice: &mut Dice, count: usize) -> Flow {
    let mut flow = Flow::new("Random");
    flow.trigger = Trigger::piece("Start", PieceCall { piece: "p".to_owned(), ..PieceCall::default() });
    if dice.chance(50) {
        flow.trigger.extra.insert("nextAction".to_owned(), Value::Null);
    }
    flow.extra.insert("id".to_owned(), json!("version-1"));
    flow.record.status = Some(Status::Disabled);
    flow.record.extra.insert("metadata".to_owned(), Value::Null);
    let mut names = vec!["trigger".to_owned()];
    for number in 1..=count {
        let name = format!("step_{number}");
        let step = step(dice, &name, &names);
        let place = place(dice, &flow);
        apply(&mut flow, Op::add(place, step)).unwrap();
        names.push(name);
    }
    for number in 0..dice.below(4) {
        let note = Note { id: format!("note-{number}"), content: "text".to_owned(), ..Note::default() };
        apply(&mut flow, Op::AddNote { note: Box::new(note), at: None }).unwrap();
    }
    flow
}

/// Any place of a flow.
pub(super) fn place(dice: &mut Dice, flow: &Flow) -> Place {
    let steps: Vec<&Step> = flow.steps.walk().map(|visit| visit.step).collect();
    if steps.is_empty() || dice.chance(5) {
        return Place::after("trigger");
    }
    let step = *dice.of(&steps);
    let slots: Vec<Slot> = step.chains().map(|(slot, _)| slot).collect();
    if slots.is_empty() || dice.chance(40) {
        return Place::after(&step.name);
    }
    Place::inside(&step.name, *dice.of(&slots))
}

pub(super) const KINDS: usize = 28;

/// A change of this kind that may or may not be possible.
pub(super) fn op(dice: &mut Dice, flow: &Flow, kind: usize) -> Op {
    let steps: Vec<&Step> = flow.steps.walk().map(|visit| visit.step).collect();
    let mut names: Vec<String> = steps.iter().map(|step| step.name.clone()).collect();
    names.push("trigger".to_owned());
    let routers: Vec<String> =
        steps.iter().filter(|step| matches!(step.kind, Kind::Router(_))).map(|step| step.name.clone()).collect();
    let router = if routers.is_empty() { "step_1".to_owned() } else { dice.of(&routers).clone() };
    let name = dice.of(&names).clone();
    let free = Names::of(flow).next_free();
    let fresh = |dice: &mut Dice| {
        let mut step = step(dice, &free, &names);
        let slot = step.chains().map(|(slot, _)| slot).next();
        if dice.chance(30)
            && let Some(slot) = slot
        {
            let held = Step::code(format!("{free}_inner"), "Inner", "");
            step.chain_mut(slot).unwrap().push(held);
        }
        step
    };
    match kind {
        0 => Op::ChangeName { display_name: format!("Name {}", dice.below(9)) },
        1 => Op::ChangeFolder { folder_id: dice.chance(50).then(|| "folder".to_owned()) },
        2 => Op::ChangeStatus { status: *dice.of(Status::ALL) },
        3 => Op::LockAndPublish { status: dice.chance(50).then_some(Status::Disabled) },
        4 => Op::LockFlow,
        5 => Op::UseAsDraft { version_id: "v".to_owned(), document: Box::new(self::flow(dice, 5).document()) },
        6 => Op::ImportFlow { document: Box::new(self::flow(dice, 8).document()) },
        7 => {
            let mut trigger = if dice.chance(50) { Trigger::empty() } else { flow.trigger.clone() };
            trigger.display_name = format!("Start {}", dice.below(5));
            trigger.settings.insert("sampleData".to_owned(), json!("mine"));
            Op::UpdateTrigger { trigger: Box::new(trigger) }
        }
        8 | 9 => Op::add(place(dice, flow), fresh(dice)),
        10 => Op::update(step(dice, &name, &names)),
        11 => Op::delete(name),
        12 => Op::DeleteAction { names: (0..1 + dice.below(4)).map(|_| dice.of(&names).clone()).collect() },
        13 => Op::MoveAction { name, to: place(dice, flow) },
        14 => Op::DuplicateAction { name },
        15 => Op::SetSkipAction {
            names: (0..1 + dice.below(4)).map(|_| dice.of(&names).clone()).collect(),
            skip: Some(dice.chance(50)),
        },
        16 => {
            let mut branch = Branch::when("New", vec![vec![Condition::new("a", Operator::TextContains, "b")]]);
            if dice.chance(40) {
                branch.chain.push(fresh(dice));
            }
            Op::AddBranch { step: router, index: dice.below(4), branch: Box::new(branch) }
        }
        17 => Op::DeleteBranch { step: router, index: dice.below(4) },
        18 => Op::DuplicateBranch { step: router, index: dice.below(4) },
        19 => Op::MoveBranch { step: router, from: dice.below(4), to: dice.below(4) },
        20 => {
            let note = Note { id: format!("note-{}", dice.below(20)), color: "blue".to_owned(), ..Note::default() };
            Op::AddNote { note: Box::new(note), at: dice.chance(50).then(|| dice.below(3)) }
        }
        21 => {
            let position = Position { x: 1.5, y: -3.0 };
            let note = Note { id: format!("note-{}", dice.below(6)), position, ..Note::default() };
            Op::UpdateNote { note: Box::new(note) }
        }
        22 => Op::DeleteNote { id: format!("note-{}", dice.below(6)) },
        23 => Op::SaveSampleData { step: name, payload: json!({"a": 1}), side: SampleSide::Output },
        24 => {
            let sample_data = dice.chance(70).then(|| json!({"sampleDataFileId": dice.below(99)}));
            Op::UpdateSampleDataInfo { step: name, sample_data }
        }
        25 => Op::UpdateMetadata { metadata: dice.chance(70).then(Map::new) },
        26 => Op::UpdateMinutesSaved { time_saved_per_run: dice.chance(70).then(|| 120.into()) },
        _ => Op::UpdateOwner { owner_id: dice.chance(70).then(|| "owner".to_owned()) },
    }
}
