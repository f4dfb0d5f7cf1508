#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::Sealed;
use jiff::Timestamp;

use super::*;

struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

/// A record of some turns with calls of all sizes.
fn record(dice: &mut Dice) -> (Vec<Line>, HashMap<CallId, String>) {
    let (mut lines, mut outputs, mut id) = (Vec::new(), HashMap::new(), 0);
    for turn in 1..=1 + dice.below(8) as i64 {
        let mut add = |item| {
            let seq = lines.len() as u64 + 1;
            lines.push(Line { seq, turn: TurnId(turn), at: Timestamp::UNIX_EPOCH, item });
        };
        add(Item::Said { text: "word ".repeat(dice.below(200) as usize), seeing: vec![] });
        for _ in 0..dice.below(4) {
            let calls: Vec<Call> = (0..1 + dice.below(3))
                .map(|_| {
                    id += 1;
                    Call { id: CallId(id), tool: "task.find".into(), input: "{}".into() }
                })
                .collect();
            add(Item::Answered { text: "Looking.".into(), calls: calls.clone(), cut_short: false, sealed: None });
            for call in calls {
                let text = "é".repeat(dice.below(20_000) as usize);
                outputs.insert(call.id, text.clone());
                add(Item::Result { call: call.id, outcome: Outcome::Returned(text) });
            }
        }
        add(Item::Answered {
            text: "Done. ".repeat(dice.below(100) as usize),
            calls: vec![],
            cut_short: false,
            sealed: None,
        });
    }
    (lines, outputs)
}

#[test]
fn within_any_budget_no_call_loses_its_result_and_the_last_words_stay() {
    let (mut elided, mut shortened) = (0, 0);
    for seed in 1..600_u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let (lines, outputs) = record(&mut dice);
        let capacity = Capacity { window: 9_000 + dice.below(60_000), reads_everything: false };
        let view = messages(&lines, &outputs, capacity, 500);
        let mut open: Vec<CallId> = Vec::new();
        for message in &view {
            match message {
                Message::Person { .. } => assert!(open.is_empty(), "seed {seed}: a call without a result"),
                Message::Model { calls, .. } => {
                    assert!(open.is_empty(), "seed {seed}: a call without a result");
                    open = calls.iter().map(|call| call.id).collect();
                }
                Message::Result { call, outcome, .. } => {
                    assert_eq!(open.first(), Some(call), "seed {seed}: a result without its call");
                    open.remove(0);
                    elided += usize::from(outcome.text().starts_with("(Left out"));
                }
            }
        }
        assert!(open.is_empty(), "seed {seed}");
        assert!(matches!(view.first(), Some(Message::Person { .. })), "seed {seed}: it begins in the middle");
        let last = lines.iter().rev().find_map(|line| match &line.item {
            Item::Said { text, .. } => Some(text.clone()),
            Item::Answered { .. } | Item::Result { .. } | Item::Ended { .. } => None,
        });
        assert!(view.contains(&Message::Person { text: last.unwrap() }), "seed {seed}: the last words are cut");
        let roomy = Capacity { window: u64::MAX, reads_everything: true };
        let whole = messages(&lines, &outputs, roomy, 500);
        shortened += usize::from(whole.len() > view.len());
        assert_eq!(whole.iter().filter(|message| matches!(message, Message::Result { .. })).count(), outputs.len());
    }
    assert!(elided > 100 && shortened > 20, "{elided} outputs left out, {shortened} records shortened");
}

#[test]
fn it_fits_wherever_the_last_turn_alone_would() {
    for seed in 1..300_u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let (lines, outputs) = record(&mut dice);
        let capacity = Capacity { window: 40_000, reads_everything: false };
        let view = messages(&lines, &outputs, capacity, 500);
        let total: u64 = view.iter().map(weight).sum();
        assert!(total <= 40_000, "seed {seed}: {total}");
    }
}

#[test]
fn a_long_output_says_how_to_read_on() {
    let text = "ü".repeat(OUTPUT_SHOWN + 5);
    let part = shown(CallId(7), &text);
    assert!(part.starts_with(&"ü".repeat(OUTPUT_SHOWN)) && part.contains("call 7") && part.contains("6005"));
    assert_eq!(shown(CallId(7), "short"), "short");
}

#[test]
fn what_a_model_sealed_counts_and_goes_with_its_calls_or_not_at_all() {
    let sealed = Sealed { by: "somebody".into(), data: "x".repeat(30_000) };
    let mut lines = Vec::new();
    for turn in 1..=2 {
        let call = Call { id: CallId(turn), tool: "task.find".into(), input: "{}".into() };
        let items = [
            Item::Said { text: "Look.".into(), seeing: vec![] },
            Item::Answered { text: String::new(), calls: vec![call], cut_short: false, sealed: Some(sealed.clone()) },
            Item::Result { call: CallId(turn), outcome: Outcome::Returned("Nothing.".into()) },
            Item::Answered { text: "Nothing.".into(), calls: vec![], cut_short: false, sealed: None },
        ];
        for item in items {
            lines.push(Line { seq: lines.len() as u64 + 1, turn: TurnId(turn), at: Timestamp::UNIX_EPOCH, item });
        }
    }
    for (window, whole) in [(30_000, 2), (20_000, 1)] {
        let capacity = Capacity { window, reads_everything: false };
        let view = messages(&lines, &HashMap::new(), capacity, 0);
        let seals = |with: bool| {
            let is = |message: &&Message| match message {
                Message::Model { calls, sealed, .. } => sealed.is_some() && with != calls.is_empty(),
                Message::Person { .. } | Message::Result { .. } => false,
            };
            view.iter().filter(is).count()
        };
        assert_eq!((seals(true), seals(false)), (whole, 0), "within {window}");
    }
}

#[test]
fn a_model_is_told_the_hour_the_zone_and_the_hours_of_work() {
    let zone = jiff::tz::TimeZone::get("Europe/Amsterdam").unwrap();
    let hours =
        |from, to| contract::Hours { from: jiff::civil::time(from, 30, 0, 0), to: jiff::civil::time(to, 0, 0, 0) };
    let world = World {
        now: "2026-11-21T08:15:00Z".parse::<Timestamp>().unwrap().to_zoned(zone),
        week_start: 7,
        working_hours: hours(7, 15),
        me: None,
        people: vec![],
        projects: vec![],
        places: vec![],
        seeing: vec![],
        memories: vec![],
    };
    let told = system(&world);
    for part in
        ["Saturday, 2026-11-21 09:15", "Europe/Amsterdam", "begin on Sunday", "Working hours are 07:30 to 15:00"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!system(&World { working_hours: hours(8, 16), ..world }).contains("07:30 to 15:00"));
}
