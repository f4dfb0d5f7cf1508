//! Three weeks of runs: most went well, some failed, one was slow, one was cancelled, one waits.

use flow::{Map, RunStatus};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::super::execute::Outcome;
use super::super::installation::Installation;
use super::super::runs::Begin;
use super::super::site::Site;
use super::before;
use super::steps::{branches, failed, looped, steps, went, wrapped};

const TODOS: [(&str, &str); 6] = [
    ("Send the offer", "Harbour website"),
    ("Check the contrast of the buttons", "Harbour website"),
    ("Book the movers", "Office move"),
    ("Write release notes", "Mobile app"),
    ("Translate the start page", "Harbour website"),
    ("Renew the certificate", "Mobile app"),
];
const CARDS: [(&str, &[&str]); 6] = [
    ("Login page shows an error", &["bug"]),
    ("Where do I find the export?", &["question"]),
    ("Pictures load slowly on the phone", &["bug", "urgent"]),
    ("Dark mode", &[]),
    ("Can we add a second address?", &["question"]),
    ("Total is wrong by a cent", &["bug"]),
];

/// What became of a run.
struct Past {
    payload: Value,
    steps: Map,
    status: RunStatus,
    /// From its start to its end, in milliseconds.
    took: i64,
    error: Option<&'static str>,
}

pub(super) fn history(all: &mut Installation, flows: &[String; 3], now: Timestamp) {
    let [overdue, triage, report] = flows;
    for day in (1..=20_i64).rev() {
        keep(all, overdue, before(now, day, 2 + day % 3), overdue_run(day));
        if day % 4 != 0 {
            keep(all, triage, before(now, day, 5 + day % 5), triage_run(day));
        }
    }
    for week in [2_i64, 1, 0] {
        keep(all, report, before(now, week * 7 + 3, 1), report_run(week));
    }
    keep(all, triage, before(now, 9, 1), cancelled());
}

/// Lets a run have been, as a worker would have told of it.
fn keep(all: &mut Installation, flow: &str, at: Timestamp, past: Past) {
    let Some(row) = all.row(flow) else { return };
    let published = row.published().and_then(|version| version.version_id()).unwrap_or_default().to_owned();
    let begin = Begin {
        project: row.project.clone(),
        flow: flow.to_owned(),
        version: published,
        is_test: false,
        step_to_test: None,
        payload: past.payload,
    };
    let mut run = all.new_run(begin, at);
    let id = run.id.clone();
    if past.status == RunStatus::Canceled {
        run.status = RunStatus::Canceled;
        run.updated = at + SignedDuration::from_secs(40);
        run.steps = past.steps;
        all.runs.push(run);
        return;
    }
    all.runs.push(run);
    let site = Site::default();
    let started = at + SignedDuration::from_millis(380);
    let Some((_, attempt)) = all.begin(&id, &site, started) else { return };
    let outcome =
        Outcome { status: past.status, steps: past.steps, answer: None, internal_error: past.error.map(str::to_owned) };
    all.ended(&id, attempt, outcome, &site, started + SignedDuration::from_millis(past.took));
}

/// An odd number of milliseconds that hangs on the day alone.
fn ms(day: i64, usual: i64) -> f64 {
    (usual + day * 37 % 211) as f64 + 0.42
}

fn overdue_run(day: i64) -> Past {
    let (title, project) =
        usize::try_from(day).ok().and_then(|day| TODOS.get(day % TODOS.len())).copied().unwrap_or(("", ""));
    let late = 1 + day % 4;
    let payload = json!({
        "id": 9000 + day, "title": title, "due_on": "2026-11-19", "project": { "id": 11, "name": project },
        "assignees": [{ "id": 3, "name": "Noor Haddad" }], "days_late": late,
    });
    let is_very_late = late > 2;
    let names = ["More than two days", "Otherwise"];
    let decided = json!({ "executionType": "EXECUTE_FIRST_MATCH", "branches": [] });
    let router = went("ROUTER", decided, branches(&names, usize::from(!is_very_late)), 0.31);
    let (step, channel) = if is_very_late { ("step_2", "C02DELIVERY") } else { ("step_3", "U03NOOR") };
    let input =
        json!({ "auth": "xoxb-sample-token", "channel": channel, "text": format!("{title} is {late} days late") });
    let sent = json!({ "ok": true, "channel": channel, "ts": format!("17630{day:05}.000100") });
    let url = "https://slack.com/api/chat.postMessage";
    let (step_out, status, error, took) = match day {
        // The bot was removed from the channel for a day.
        6 => {
            let body = json!({ "ok": false, "error": "not_in_channel" });
            let message = wrapped("An API error occurred: not_in_channel", 200, url, &body);
            (failed("PIECE", input, &message, ms(day, 240)), RunStatus::Failed, None, 640)
        }
        13 => {
            let body = json!({ "ok": false, "error": "ratelimited", "retry_after": 30 });
            let message = wrapped("A rate limit was exceeded (retry-after: 30)", 429, url, &body);
            (failed("PIECE", input, &message, ms(day, 180)), RunStatus::Failed, None, 590)
        }
        // Slack answered after a minute and a half.
        10 => (went("PIECE", input, sent, 94_212.7), RunStatus::Succeeded, None, 94_900),
        19 => {
            return Past {
                payload,
                steps: steps(vec![("step_1", router)]),
                status: RunStatus::Timeout,
                took: 600_000,
                error: None,
            };
        }
        17 => {
            return Past {
                payload,
                steps: Map::new(),
                status: RunStatus::InternalError,
                took: 210,
                error: Some("The engine exited with code 137 before the first step"),
            };
        }
        _ => (went("PIECE", input, sent, ms(day, 260)), RunStatus::Succeeded, None, 700 + day * 11),
    };
    Past { payload, steps: steps(vec![("step_1", router), (step, step_out)]), status, took, error }
}

fn triage_run(day: i64) -> Past {
    let (title, labels) =
        usize::try_from(day).ok().and_then(|day| CARDS.get(day % CARDS.len())).copied().unwrap_or(("", &[]));
    let payload = json!({
        "id": 8100 + day, "title": title, "content": "Reported by a client", "labels": labels,
        "creator": { "id": 4, "name": "Jonas Weber" },
    });
    let is_bug = labels.contains(&"bug");
    let prompt =
        json!({ "auth": "sk-sample-revoked", "model": "gpt-4o-mini", "prompt": format!("Bug or question? {title}") });
    // The key was revoked two days ago; the flow goes on without the answer.
    let asked = if day <= 2 {
        let body = json!({ "error": { "message": "Incorrect API key provided", "code": "invalid_api_key" } });
        let url = "https://api.openai.com/v1/chat/completions";
        failed("PIECE", prompt, &wrapped("Request failed with status code 401", 401, url, &body), ms(day, 310))
    } else {
        went("PIECE", prompt, json!(if is_bug { "bug" } else { "question" }), ms(day, 1450))
    };
    let held = if is_bug { 0 } else { usize::from(!title.contains('?')) + 1 };
    let names = ["A bug", "A question", "Otherwise"];
    let router = went("ROUTER", json!({ "executionType": "EXECUTE_FIRST_MATCH" }), branches(&names, held), 0.28);
    let mut rows = vec![("step_1", asked), ("step_2", router)];
    let mut status = RunStatus::Succeeded;
    if is_bug {
        let input = json!({ "auth": "bc-sample-secret", "project": 12, "card": 8100 + day, "column": 1251 });
        if day == 8 || day == 14 {
            // Not every error comes wrapped.
            rows.push(("step_3", failed("PIECE", input, "Error: socket hang up", ms(day, 30_000))));
            status = RunStatus::Failed;
        } else {
            rows.push(("step_3", went("PIECE", input, json!({ "id": 8100 + day, "column": "Doing" }), ms(day, 330))));
            let told = |label: &str| {
                let input = json!({ "channel": "C03TRIAGE", "text": format!("A {label} was reported: {title}") });
                ("step_5".to_owned(), went("PIECE", input, json!({ "ok": true }), ms(day, 210)))
            };
            rows.push(("step_4", looped(labels, told, ms(day, 480))));
        }
    } else if held == 1 {
        let input = json!({ "auth": "bc-sample-secret", "recording": 8100 + day, "content": "Thank you." });
        rows.push(("step_6", went("PIECE", input, json!({ "id": 70_000 + day }), ms(day, 280))));
    }
    Past { payload, steps: steps(rows), status, took: 2_100 + day * 13, error: None }
}

fn report_run(week: i64) -> Past {
    let payload = json!({ "cron_expression": "0 8 * * 1", "timezone": "Europe/Berlin" });
    // The list is long enough to be kept as a file.
    let todos: Vec<Value> = (0..220_i64)
        .map(|number| {
            let late = (number * 7 + week) % 23 - 16;
            let due = format!("2026-11-{:02}", 1 + (number + week) % 28);
            json!({
                "id": 20_000 + number, "title": format!("To-do {number} of the launch"), "due_on": due,
                "days_late": late.max(0), "list": "Launch", "assignees": ["Noor Haddad", "Jonas Weber"],
                "url": format!("https://3.basecamp.example.com/1/buckets/11/todos/{}", 20_000 + number),
            })
        })
        .collect();
    let late = todos.iter().filter(|todo| todo.get("days_late") != Some(&json!(0))).count();
    let text = format!("{} open, {late} late", todos.len());
    let list = json!({ "project": 11, "state": "open", "limit": 500 });
    let written = json!({ "open": todos.len(), "late": late, "text": text });
    let mut rows = vec![("step_1", went("PIECE", list, json!({ "todos": todos }), 2_840.1))];
    let input = json!({ "todos": "(truncated, original size 47 KB)" });
    if week == 1 {
        let message = json!({
            "__apErrorVersion": 1, "message": "TypeError: Cannot read properties of undefined (reading 'filter')",
            "raw": "TypeError: Cannot read properties of undefined (reading 'filter')\n    at code (index.js:3:29)",
        });
        rows.push(("step_2", failed("CODE", input, &message.to_string(), 88.2)));
        let told = json!({ "channel": "C04WEEKLY", "text": "The weekly report could not be written" });
        rows.push(("step_3", went("PIECE", told, json!({ "ok": true }), 240.9)));
        return Past { payload, steps: steps(rows), status: RunStatus::Succeeded, took: 3_400, error: None };
    }
    rows.push(("step_2", went("CODE", input, written, 61.7)));
    if week == 0 {
        let waits = json!({ "type": "PIECE", "status": "PAUSED", "input": {}, "output": {}, "duration": 12.4 });
        rows.push(("step_4", waits));
        return Past { payload, steps: steps(rows), status: RunStatus::Paused, took: 3_100, error: None };
    }
    rows.push(("step_4", went("PIECE", json!({}), json!({ "approved": true }), 1_184.0)));
    rows.push(("step_5", went("ROUTER", json!({}), branches(&["Approved", "Otherwise"], 0), 0.2)));
    let mail = json!({ "to": ["team@example.com"], "subject": "Weekly report", "body": text });
    rows.push(("step_6", went("PIECE", mail, json!({ "accepted": ["team@example.com"] }), 512.3)));
    rows.push(("step_7", went("PIECE", json!({}), json!([{ "id": "1" }]), 96.0)));
    Past { payload, steps: steps(rows), status: RunStatus::Succeeded, took: 7_200_000, error: None }
}

/// Somebody stopped it while it waited for a worker.
fn cancelled() -> Past {
    let payload = json!({ "id": 8200, "title": "Please ignore, a test", "content": "", "labels": [] });
    Past { payload, steps: Map::new(), status: RunStatus::Canceled, took: 0, error: None }
}
