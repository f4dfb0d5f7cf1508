//! How often a person is asked: a week of a project manager, ten requests a day, five of them changes. Nothing that only reads
//! asks at all, and no day has more than five cards.

use std::collections::BTreeMap;

use contract::TurnStage;
use contract::commands::ShowPermissions;
use jiff::SignedDuration;
use serde::Deserialize;
use sim::Size;

use super::requests::seen;
use super::talk::sound;
use crate::support::{Desk, World};

#[derive(Deserialize)]
struct List {
    request: Vec<Request>,
}

/// A request of the published list.
#[derive(Debug, Clone, Deserialize)]
struct Request {
    id: String,
    group: String,
    phrasings: Vec<String>,
    #[serde(default)]
    seeing: Vec<String>,
    #[serde(default)]
    before: Vec<String>,
    /// It asks back instead of doing anything.
    #[serde(default)]
    asks: bool,
}

/// Groups that only ever read.
const READING: [&str; 5] = ["questions", "filters", "reports", "navigation", "help"];
const DAYS: usize = 5;
const EACH: usize = 5;

/// So many of them for a day, spread over the list, so that each group has its turn.
fn of_the_day(all: &[Request], day: usize) -> impl Iterator<Item = &Request> {
    let apart = all.len() / (DAYS * EACH);
    assert!(apart > 0, "the list is too short for a week");
    (0..EACH).map(move |number| &all[(number * DAYS + day) * apart])
}

#[tokio::test]
async fn a_week_of_a_project_manager_has_few_cards_and_none_for_what_is_only_read() {
    let list: List = toml::from_str(include_str!("requests.toml")).unwrap();
    let list = list.request.into_iter().filter(|request| !request.asks && request.group != "not-understood");
    let (reads, writes): (Vec<_>, Vec<_>) = list.partition(|request| READING.contains(&request.group.as_str()));
    let desk = Desk::on(World { seed: 7, size: Size::sample(), generic: false }).await;
    let mut cards: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut changes, mut asked) = (0, 0);
    for day in 0..DAYS {
        for (request, is_reading) in
            of_the_day(&reads, day).map(|one| (one, true)).chain(of_the_day(&writes, day).map(|one| (one, false)))
        {
            let mut seeing = Vec::new();
            for what in &request.seeing {
                seeing.push(seen(&desk, what).await);
            }
            let talk = desk.talks().await;
            // What went before was said on another day; its cards are not of this one.
            for earlier in &request.before {
                let view = talk.says(earlier).await;
                if view.conversation.stage == TurnStage::Waiting {
                    let _ = talk.allows_all().await;
                }
            }
            let earlier = desk.does(ShowPermissions {}).await.days;
            let mut view = talk.says_seeing(&request.phrasings[0], seeing).await;
            let mut shown = 0;
            while view.conversation.stage == TurnStage::Waiting {
                assert!(!is_reading, "{}: a question asked for leave", request.id);
                shown += 1;
                asked += talk.waiting().await.len();
                view = talk.allows_all().await;
            }
            sound(&view);
            if is_reading {
                assert_eq!(desk.does(ShowPermissions {}).await.days, earlier, "{}: it counts as asked", request.id);
            }
            assert!(shown <= 1, "{}: {shown} cards for one request", request.id);
            *cards.entry(day).or_default() += shown;
            changes += shown;
        }
        desk.settles().await;
        desk.time.passes(SignedDuration::from_hours(24));
    }
    println!("cards by day: {cards:?}, {asked} calls on them");
    assert!(cards.values().all(|cards| *cards <= 5), "{cards:?}");
    assert!(changes > DAYS * 2, "too few of the requests changed anything: {cards:?}");
    desk.nothing_waits().await;
    // What the person sees of it in the settings.
    let days = desk.does(ShowPermissions {}).await.days;
    let allowed: u32 = days.iter().map(|day| day.allowed).sum();
    assert!(allowed as usize >= asked && days.iter().all(|day| day.unasked == 0), "{days:?}");
}
