//! Every figure, day and name in the built-in assistant's answers, compared with what is so in the stand-in: not with what the
//! assistant was told by its own calls.

mod rules;
mod said;
mod truth;

use contract::TurnStage;
use regex::Regex;

use super::requests::{READING, Request, company, forget, list, seen};
use super::talk::answer;
use crate::support::Desk;
use said::Said;
use truth::Truth;

/// What the assistant did before it is asked what it did.
const DONE: &str = "Completed “Clear out the test accounts”";

/// The answer to each phrasing that only reads.
async fn answers(desk: &Desk) -> Vec<(Request, String, String)> {
    let mut answers = Vec::new();
    for request in list().into_iter().filter(|request| READING.contains(&request.group.as_str())) {
        let mut seeing = Vec::new();
        for what in &request.seeing {
            seeing.push(seen(desk, what).await);
        }
        let memories = request.kept(desk).await;
        for phrasing in &request.phrasings {
            let talk = desk.talks().await;
            for earlier in &request.before {
                let _ = talk.says(earlier).await;
            }
            let view = talk.says_seeing(phrasing, seeing.clone()).await;
            assert_eq!(view.conversation.stage, TurnStage::Idle, "{phrasing}");
            answers.push((request.clone(), phrasing.clone(), answer(&view)));
        }
        forget(desk, memories).await;
    }
    answers
}

#[tokio::test]
async fn every_figure_of_every_answer_is_so() {
    let desk = company().await;
    let talk = desk.talks().await;
    let view = talk.says("Complete \"Clear out the test accounts\"").await;
    assert_eq!(view.conversation.stage, TurnStage::Waiting, "{}", answer(&view));
    let _ = talk.allows_all().await;
    desk.sync().await;
    let truth = Truth::of(&desk).await;
    assert!(truth.items.len() > 500 && truth.happened.len() > 100, "the company is too small to tell anything");
    let (mut problems, mut figures, mut overlooked) = (Vec::new(), 0, Vec::new());
    for (request, phrasing, text) in answers(&desk).await {
        if let Err(why) = rules::check(&request.id, &Said::of(&text), &truth) {
            problems.push(format!("{} | {phrasing}\n    {why}\n{text}", request.id));
            continue;
        }
        if phrasing != request.phrasings[0] {
            continue;
        }
        // A rule that would take another figure for this one is no rule.
        for (what, wrong) in altered(&text) {
            figures += 1;
            if rules::check(&request.id, &Said::of(&wrong), &truth).is_ok() {
                overlooked.push(format!("{} | {phrasing}: {what}\n{wrong}", request.id));
            }
        }
    }
    assert!(problems.is_empty(), "{} answers are wrong\n{}", problems.len(), problems.join("\n\n"));
    assert!(
        overlooked.is_empty(),
        "{} wrong figures pass\n{}",
        overlooked.len(),
        overlooked[..overlooked.len().min(8)].join("\n\n")
    );
    assert!(figures > 1000, "only {figures} figures");
}

/// The answer with one figure, day, name or row altered, each in turn.
fn altered(text: &str) -> Vec<(String, String)> {
    let mut altered = Vec::new();
    for number in Regex::new("[0-9]+").unwrap().find_iter(text) {
        let one = number.as_str().bytes().last().unwrap();
        let other = if one == b'9' { '8' } else { char::from(one + 1) };
        let wrong = format!("{}{other}{}", &text[..number.end() - 1], &text[number.end()..]);
        altered.push((number.as_str().to_owned(), wrong));
    }
    let days = Regex::new(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d").unwrap();
    for weekday in days.find_iter(text) {
        let other = if weekday.as_str().starts_with("Mon") { "Tue" } else { "Mon" };
        altered.push((
            weekday.as_str().to_owned(),
            format!("{}{other}{}", &text[..weekday.start()], &text[weekday.start() + 3..]),
        ));
    }
    let labels = Regex::new(r"\[[^\]]+\]\((?:item|project|person):").unwrap();
    for label in labels.find_iter(text) {
        altered.push((
            label.as_str().to_owned(),
            format!("{}[Another{}", &text[..label.start()], &text[label.start() + 1..]),
        ));
    }
    let rows = Regex::new(r"(?m)^(?:- \[|\| \[|\d\. \[).*$").unwrap();
    for row in rows.find_iter(text) {
        altered.push((format!("without {}", row.as_str()), format!("{}{}", &text[..row.start()], &text[row.end()..])));
    }
    altered
}
