//! Random edits here and there, with faults: no edit of ours is lost, nothing is sent on top of what was not seen, and what
//! somebody else did between a look and a write is never gone without a word.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use flow::{Branch, Flow, Names, Note, Op, Place, Slot, Step};

use super::fake::{Fake, Fate, ID, apart, features, serve};
use super::server::Reply;
use crate::{Draft, Editor, Resolution};

/// The same seed, the same numbers.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    fn below(&mut self, count: usize) -> usize {
        (self.next() % count.max(1) as u64) as usize
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }
}

fn code(name: &str, title: &str) -> Step {
    Step::code(name, title, "export const code = async () => 1;")
}

fn place(dice: &mut Dice, flow: &Flow) -> Place {
    let steps: Vec<&Step> = flow.steps.walk().map(|visit| visit.step).collect();
    if steps.is_empty() || dice.chance(10) {
        return Place::after("trigger");
    }
    let step = steps[dice.below(steps.len())];
    let slots: Vec<Slot> = step.chains().map(|(slot, _)| slot).collect();
    match dice.chance(50) && !slots.is_empty() {
        true => Place::inside(&step.name, slots[dice.below(slots.len())]),
        false => Place::after(&step.name),
    }
}

/// An edit that says `mark` wherever it can; `side` keeps the names of both sides apart.
fn op(dice: &mut Dice, flow: &Flow, side: &str, mark: &str) -> Op {
    let names: Vec<String> = flow.steps.walk().map(|visit| visit.step.name.clone()).collect();
    let name = names.get(dice.below(names.len())).cloned().unwrap_or_else(|| "none".to_owned());
    let free = if side == "ours" { Names::of(flow).next_free() } else { format!("{side}_{mark}").replace('-', "_") };
    match dice.below(14) {
        0 | 1 => Op::add(place(dice, flow), code(&free, mark)),
        2 => Op::add(place(dice, flow), Step::router(&free, mark, &["A", "B"])),
        3 => Op::add(place(dice, flow), Step::loop_on(&free, mark, "{{trigger['output']}}")),
        4..=7 => match flow.step(&name) {
            Some(step) => {
                let mut step = step.shell();
                step.display_name = mark.to_owned();
                Op::update(step)
            }
            None => Op::ChangeName { display_name: mark.to_owned() },
        },
        8 => Op::delete(name),
        9 => Op::MoveAction { name, to: place(dice, flow) },
        10 => Op::SetSkipAction { names: vec![name], skip: Some(dice.chance(50)) },
        11 => {
            let note = Note { id: format!("{side}-{}", dice.below(4)), content: mark.to_owned(), ..Note::default() };
            match dice.below(3) {
                0 => Op::DeleteNote { id: note.id },
                1 => Op::UpdateNote { note: Box::new(note) },
                _ => Op::AddNote { note: Box::new(note), at: None },
            }
        }
        12 => Op::AddBranch { step: name, index: 0, branch: Box::new(Branch::condition(mark)) },
        _ if side == "ours" => Op::DuplicateAction { name },
        _ => Op::ChangeName { display_name: mark.to_owned() },
    }
}

fn fate(dice: &mut Dice, fake: &Fake) -> Fate {
    match dice.below(20) {
        0 => Fate::Instead(Reply::Reset),
        1 => Fate::DoneThen(Reply::Reset),
        2 => Fate::DoneThen(Reply::Half(flow::wire::write_flow(&fake.flow))),
        3 => Fate::DoneThen(Reply::Say(502, String::new())),
        4 => Fate::Instead(Reply::Say(500, String::new())),
        5 => Fate::Instead(Reply::With(429, "retry-after", "0".to_owned(), String::new())),
        6 => Fate::PassedOver,
        _ => Fate::Well,
    }
}

#[derive(Default)]
struct Counted {
    divergences: usize,
    clashes: usize,
    taken_over: usize,
    races: usize,
    stuck: usize,
    checked: usize,
}

/// What we gave which step for a title last, as far as nobody has taken it back since.
type Titles = BTreeMap<String, String>;

fn titles(flow: &Flow) -> Titles {
    let ours = flow.steps.walk().filter(|visit| visit.step.display_name.starts_with("ours"));
    ours.map(|visit| (visit.step.name.clone(), visit.step.display_name.clone())).collect()
}

#[tokio::test]
async fn nothing_is_lost_and_nothing_overwritten_unseen() {
    let mut counted = Counted::default();
    for seed in 1..=60 {
        story(seed, &mut counted).await;
    }
    let Counted { divergences, clashes, taken_over, races, stuck, checked } = counted;
    let told = format!(
        "{divergences} divergences, {clashes} clashes, {taken_over} taken over, {races} races, {stuck} stuck, {checked} checked"
    );
    assert!(divergences > 40 && clashes > 5 && taken_over > 20 && races > 10 && checked > 500, "{told}");
}

async fn story(seed: u64, counted: &mut Counted) {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut flow = Flow::new("Random");
    flow.trigger = flow::Trigger::piece("Hook", flow::PieceCall { piece: "hook".to_owned(), ..Default::default() });
    flow.steps = (1..=4).map(|number| code(&format!("step_{number}"), "base")).collect();
    let (server, fake) = serve(flow).await;
    let editor = Editor::open(&server.client(), ID, &features()).await.unwrap();
    // The law, at the very moment of each write: what the server has is what we know.
    let watched: Arc<OnceLock<Editor>> = Arc::new(OnceLock::new());
    watched.set(editor.clone()).unwrap();
    fake.lock().unwrap().watch = Some(watched);
    let mut expected = Titles::new();
    for round in 0..14 {
        for number in 0..dice.below(4) {
            let mark = format!("ours-{round}-{number}");
            let before = editor.flow();
            let change = op(&mut dice, &before, "ours", &mark);
            match dice.chance(12) {
                true => drop(editor.undo()),
                false => drop(editor.edit("Edit", change)),
            }
            expected = titles(&editor.flow());
        }
        if dice.chance(40) {
            let mut fake = fake.lock().unwrap();
            let change = op(&mut dice, &fake.flow, "theirs", &format!("theirs-{round}"));
            fake.edit(change);
        }
        {
            let mut fake = fake.lock().unwrap();
            for _ in 0..dice.below(4) {
                let fate = fate(&mut dice, &fake);
                fake.fates.push_back(fate);
            }
            if dice.chance(15) {
                let name = format!("raced_{round}");
                fake.races.push_back(Op::add(Place::after("trigger"), code(&name, "theirs")));
            }
        }
        settle(&editor, &mut dice, &mut expected, counted, seed).await;
        let fake = fake.lock().unwrap();
        if let Some(fault) = &fake.broken {
            panic!("seed {seed}, round {round}: {fault}");
        }
        let left = apart(&fake.flow, &editor.flow());
        assert!(left.is_empty(), "seed {seed}, round {round}: {left:#?}");
        let found = titles(&fake.flow);
        for (name, title) in &expected {
            assert_eq!(found.get(name), Some(title), "seed {seed}, round {round}: our edit of {name} is gone");
            counted.checked += 1;
        }
        flow::check_sound(&fake.flow).unwrap();
        for name in &fake.raced {
            // Nobody of ours ever deletes these: they may only be there.
            assert!(
                fake.flow.step(name).is_some() || fake.deleted.contains(name),
                "seed {seed}: {name} is gone unseen"
            );
        }
    }
    counted.races += fake.lock().unwrap().raced.len();
}

/// Sends, and decides where a person would: both where they go together, else one of them.
async fn settle(editor: &Editor, dice: &mut Dice, expected: &mut Titles, counted: &mut Counted, seed: u64) {
    for _ in 0..60 {
        // Before, for what somebody else changes is taken over without a question when nothing of ours waits.
        match editor.flush().await {
            Ok(sent) => {
                if sent.foreign.is_some() {
                    counted.taken_over += 1;
                    *expected = titles(&editor.flow());
                }
            }
            Err(fault) => {
                assert!(fault.passes() || editor.with(|draft| draft.stuck().is_some()), "seed {seed}: {fault:?}")
            }
        }
        if editor.with(|draft| draft.stuck().is_some()) {
            counted.stuck += 1;
            editor.retry();
            continue;
        }
        let Some(divergence) = editor.with(Draft::divergence) else {
            if editor.with(|draft| draft.queue().len()) > 0 {
                continue;
            }
            if editor.refresh().await.unwrap().is_some() {
                counted.taken_over += 1;
                *expected = titles(&editor.flow());
            }
            return;
        };
        counted.divergences += 1;
        let way = divergence.three_way();
        let resolution = match way.is_clean() {
            true => Resolution::Both(Box::new(way)),
            false => {
                counted.clashes += 1;
                if dice.chance(50) { Resolution::Ours } else { Resolution::Theirs }
            }
        };
        // What does not stand together is decided otherwise.
        let mut taken = resolution.clone();
        if editor.resolve(&resolution).is_err() {
            taken = if dice.chance(50) { Resolution::Ours } else { Resolution::Theirs };
            editor.resolve(&taken).unwrap();
        }
        let after = titles(&editor.flow());
        if let Resolution::Both(_) = taken {
            // Of ours only what we had not touched since may have become theirs.
            let we = divergence.our_changes();
            for (name, title) in expected.iter() {
                if we.step(name).is_some() {
                    assert_eq!(after.get(name), Some(title), "seed {seed}: {name} was ours to keep");
                }
            }
        }
        *expected = after;
    }
    panic!("seed {seed}: never settled");
}
