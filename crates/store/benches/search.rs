//! Reading 100,000 recordings: searching for what people type (words, unfinished words, wrong ones, names, with filters),
//! and what the two overviews show, Today and the list of projects.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a bench speaks on the console and may fail aloud"
)]

mod company;
#[path = "../../../benches/figure.rs"]
mod figure;

use std::time::Instant;

use contract::commands::Search;
use contract::{Fetched, Kind, PersonId, Recording};
use jiff::tz::TimeZone;
use sim::Dice;
use sim::world::World;
use store::{Days, Store};
use tempfile::TempDir;

use figure::{median, percentile, tell};

const RECORDINGS: usize = 100_000;
const OF_EACH: usize = 50;
const ROUNDS: usize = 3;
/// So often each overview is read.
const LOOKS: usize = 20;
const LIMIT_MS: f64 = 15.0;
const SEED: u64 = 20_261_121;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let world = company::build(RECORDINGS);
    let recordings = company::recordings(&world);
    let queries = queries(&world, &recordings);
    let count = recordings.len();
    let folder = TempDir::new().unwrap();
    let store = Store::open(folder.path().join("w.db"), company::clock()).await.unwrap();
    store.apply_people(company::people(&world)).await.unwrap();
    store.apply_projects(company::projects(&world)).await.unwrap();
    store.apply(recordings).await.unwrap();

    let mut by_sort: Vec<(&str, Vec<f64>)> = Vec::new();
    let (mut empty, mut slowest) = (0, (0.0, String::new()));
    for round in 0..=ROUNDS {
        for (sort, search) in &queries {
            let begun = Instant::now();
            let found = store.search(search).await.unwrap();
            let took = begun.elapsed().as_secs_f64() * 1000.0;
            // The first round warms up.
            if round == 0 {
                empty += usize::from(found.total == 0);
                continue;
            }
            if took > slowest.0 {
                slowest = (took, search.query.clone());
            }
            match by_sort.iter_mut().find(|(known, _)| known == sort) {
                Some((_, times)) => times.push(took),
                None => by_sort.push((sort, vec![took])),
            }
        }
    }
    let screens = screens(&store, &world).await;
    store.close().await;
    for (sort, times) in &by_sort {
        eprintln!("    {sort}: half {:.1} ms, p95 {:.1} ms", median(times), percentile(times, 95));
    }
    eprintln!("    {empty} of {} queries find nothing; the slowest is “{}”", queries.len(), slowest.1);
    let times: Vec<f64> = by_sort.into_iter().flat_map(|(_, times)| times).collect();
    let p95 = percentile(&times, 95);
    tell(
        &format!("Search over {count} recordings, {} different queries", queries.len()),
        &format!("p95 {LIMIT_MS} ms"),
        &format!("p95 {p95:.1} ms, half {:.1} ms, worst {:.1} ms", median(&times), slowest.0),
        Some(p95 <= LIMIT_MS),
    );
    for (screen, times) in screens {
        let measured = format!("half {:.1} ms, p95 {:.1} ms", median(&times), percentile(&times, 95));
        tell(&format!("What {screen} shows, of {count} recordings"), "", &measured, None);
    }
}

/// Milliseconds that the overviews' reads take, again and again.
async fn screens(store: &Store, world: &World) -> [(&'static str, Vec<f64>); 2] {
    let days = Days::of(company::today(), &TimeZone::UTC, 1).unwrap();
    let people: Vec<PersonId> = world.people().map(|person| PersonId(person.id)).collect();
    let (mut today, mut directory) = (Vec::new(), Vec::new());
    for me in people.into_iter().cycle().take(LOOKS) {
        let begun = Instant::now();
        store.today(&days, Some(me), 10).await.unwrap();
        today.push(begun.elapsed().as_secs_f64() * 1000.0);
        let begun = Instant::now();
        store.directory(&days).await.unwrap();
        directory.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    [("Today", today), ("the list of projects", directory)]
}

/// What people type, made from what is there: every sort of query alike often.
fn queries(world: &World, recordings: &[Fetched<Recording>]) -> Vec<(&'static str, Search)> {
    let mut dice = Dice::new(SEED);
    let people: Vec<(i64, &str)> = world.people().map(|person| (person.id, person.name.as_str())).collect();
    let projects: Vec<&str> = world.projects().map(|project| project.name.as_str()).collect();
    let mut queries = Vec::new();
    while queries.len() < OF_EACH * 6 {
        let record = &dice.pick(recordings).unwrap().value;
        let words: Vec<String> = words_of(record);
        let (Some(first), Some(second)) = (dice.pick(&words).cloned(), dice.pick(&words).cloned()) else { continue };
        let found = match queries.len() % 6 {
            0 => ("one word", typed(&format!("{first} "))),
            1 => ("two words", typed(&format!("{first} {second}"))),
            2 => ("unfinished word", typed(&start(&first, dice.below(3) + 2))),
            3 => ("misspelt", typed(&misspelt(&first, &mut dice))),
            4 if dice.chance(60) => ("name", typed(dice.pick(&people).unwrap().1.split(' ').next().unwrap())),
            4 => ("name", typed(dice.pick(&projects).unwrap())),
            _ => ("with filters", filtered(&first, record, &people, &mut dice)),
        };
        queries.push(found);
    }
    queries
}

fn typed(query: &str) -> Search {
    Search { query: query.to_owned(), project: None, person: None, kinds: Vec::new(), put_away: false, limit: None }
}

fn filtered(word: &str, record: &Recording, people: &[(i64, &str)], dice: &mut Dice) -> Search {
    match dice.below(4) {
        0 => Search { project: Some(record.project), ..typed(word) },
        1 => Search { person: dice.pick(people).map(|(id, _)| PersonId(*id)), ..typed(word) },
        2 => Search { kinds: vec![Kind::Todo, Kind::Card], ..typed(word) },
        _ => Search { put_away: true, kinds: vec![record.kind], ..typed(word) },
    }
}

/// The words of four letters and more in a title, or in the text where there is none.
fn words_of(record: &Recording) -> Vec<String> {
    let text = if record.title.is_empty() { &record.body } else { &record.title };
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= 4);
    words.map(str::to_lowercase).collect()
}

fn start(word: &str, letters: usize) -> String {
    word.chars().take(letters).collect()
}

/// One letter dropped, doubled or swapped with the next; never the first.
fn misspelt(word: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + dice.below(letters.len() - 2);
    match dice.below(3) {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters.get(at).copied().unwrap_or('e')),
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}
