//! The server of the sample workspace: three automations of an agency, three weeks of runs, and what they use.

mod flows;
mod history;
mod steps;

use flow::{Document, Op, wire};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::connections::Connection;
use super::installation::{Installation, Owner};
use super::site::Site;
use super::tables::Field;

/// How old the server is, in days.
const AGE: i64 = 40;

/// Makes the server as it is at `now`.
pub(super) fn sample(seed: u64, now: Timestamp) -> Installation {
    let born = before(now, AGE, 0);
    let mut all = Installation::owned(seed, born, Owner::default());
    let project = all.project_id().unwrap_or_default().to_owned();
    connections(&mut all, &project, now);
    let (delivery, reports) =
        (folder(&mut all, &project, "Delivery", born), folder(&mut all, &project, "Reports", born));
    let table = table(&mut all, &project, &reports, now);
    let overdue = flow(&mut all, &project, "Overdue to-dos to Slack", &delivery, before(now, 35, 3));
    publish(&mut all, &overdue, flows::overdue_at_first(), before(now, 34, 2));
    publish(&mut all, &overdue, flows::overdue(), before(now, 24, 5));
    let triage = flow(&mut all, &project, "New cards to triage", &delivery, before(now, 30, 4));
    publish(&mut all, &triage, flows::triage(), before(now, 29, 1));
    let report = flow(&mut all, &project, "Weekly report", &reports, before(now, 28, 6));
    publish(&mut all, &report, flows::report(&table), before(now, 27, 2));
    // Somebody is at work on the next version.
    edit(&mut all, &triage, &flows::triage_draft(), before(now, 1, 3));
    history::history(&mut all, &[overdue, triage, report], now);
    all.pending.clear();
    all
}

fn before(now: Timestamp, days: i64, hours: i64) -> Timestamp {
    now.checked_sub(SignedDuration::from_hours(days * 24 + hours)).unwrap_or(now)
}

fn folder(all: &mut Installation, project: &str, name: &str, at: Timestamp) -> String {
    let folder = all.folder(project, name, at);
    let id = folder.id.clone();
    all.folders.push(folder);
    id
}

fn flow(all: &mut Installation, project: &str, name: &str, folder: &str, at: Timestamp) -> String {
    let mut row = all.new_flow(project, name, at);
    row.record.folder_id = Some(folder.to_owned());
    let id = row.id.clone();
    all.flows.push(row);
    id
}

fn edit(all: &mut Installation, flow: &str, op: &Op, at: Timestamp) {
    let site = Site::default();
    for request in wire::requests(op) {
        all.operate(&site, flow, &request, at);
    }
}

fn publish(all: &mut Installation, flow: &str, document: Document, at: Timestamp) {
    edit(all, flow, &Op::ImportFlow { document: Box::new(document) }, at);
    edit(all, flow, &Op::LockAndPublish { status: None }, at);
}

fn connections(all: &mut Installation, project: &str, now: Timestamp) {
    let custom = |props: Value| ("CUSTOM_AUTH", json!({ "type": "CUSTOM_AUTH", "props": props }));
    let secret = |text: &str| ("SECRET_TEXT", json!({ "type": "SECRET_TEXT", "secret_text": text }));
    let rows = [
        (
            "slack-main",
            "Slack of the agency",
            "slack",
            "0.17.2",
            custom(json!({ "botToken": "xoxb-sample-token" })),
            "ACTIVE",
        ),
        (
            "basecamp-main",
            "Basecamp",
            "basecamp",
            "0.1.4",
            (
                "BASIC_AUTH",
                json!({ "type": "BASIC_AUTH", "username": "ada@example.com", "password": "bc-sample-secret" }),
            ),
            "ACTIVE",
        ),
        (
            "mail-main",
            "Mail server",
            "smtp",
            "0.3.6",
            custom(json!({
                "host": "127.0.0.1", "port": 2525, "email": "reports@example.com", "password": "mail-sample-secret",
                "TLS": false,
            })),
            "ACTIVE",
        ),
        // Its key was revoked two days ago.
        ("openai-main", "OpenAI (old key)", "openai", "0.9.0", secret("sk-sample-revoked"), "ERROR"),
    ];
    for (external_id, name, piece, version, (kind, value), status) in rows {
        let connection = Connection {
            id: all.id(),
            project: project.to_owned(),
            external_id: external_id.to_owned(),
            name: name.to_owned(),
            kind: kind.to_owned(),
            piece: format!("@activepieces/piece-{piece}"),
            piece_version: version.to_owned(),
            status,
            metadata: Value::Null,
            value,
            created: before(now, 36, 0),
            updated: before(now, if status == "ERROR" { 2 } else { 36 }, 0),
        };
        all.connections.push(connection);
    }
    let variable = super::variables::Variable {
        id: all.id(),
        project: project.to_owned(),
        name: "REPORT_CHANNEL".to_owned(),
        value: "C04WEEKLY".to_owned(),
        metadata: Value::Null,
        created: before(now, 28, 0),
        updated: before(now, 28, 0),
    };
    all.variables.push(variable);
}

/// The table that keeps one row for each weekly report. The answer is its external id, by which steps name it.
fn table(all: &mut Installation, project: &str, folder: &str, now: Timestamp) -> String {
    let born = before(now, 28, 0);
    let mut table = all.new_table(project, "Weekly reports", born);
    table.folder = Some(folder.to_owned());
    let states = json!({ "options": [{ "value": "sent" }, { "value": "declined" }] });
    for (name, kind, data) in [
        ("Week", "TEXT", Value::Null),
        ("Open", "NUMBER", Value::Null),
        ("Overdue", "NUMBER", Value::Null),
        ("State", "STATIC_DROPDOWN", states),
    ] {
        let (id, external_id) = (all.id(), all.id());
        let (name, kind) = (name.to_owned(), kind.to_owned());
        table.fields.push(Field { id, external_id, name, kind, data, created: born, updated: born });
    }
    let fields: Vec<String> = table.fields.iter().map(|field| field.id.clone()).collect();
    let (id, external_id) = (table.id.clone(), table.external_id.clone());
    all.tables.push(table);
    for (weeks, values) in [
        (3, ["three weeks ago", "112", "9", "sent"]),
        (2, ["two weeks ago", "104", "14", "sent"]),
        (1, ["last week", "97", "6", "sent"]),
    ] {
        let cells = fields.iter().cloned().zip(values.map(str::to_owned)).collect();
        // The fields were made above.
        let _ = all.add_record(&id, cells, before(now, weeks * 7, 0));
    }
    external_id
}
