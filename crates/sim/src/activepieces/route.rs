//! Which rule answers which request.

use serde_json::json;

use super::ask::{self, Ask};
use super::installation::Installation;
use super::reply::Reply;
use super::{
    about, account, connections, fields, flows, forms, piece, projects, records, runs, samples, tables, variables,
    webhooks,
};

/// Answers a request. What it sets going waits in the installation.
pub(crate) fn answer(all: &mut Installation, ask: &Ask<'_>) -> Reply {
    all.purge(ask.now, ask.site.deletes_after);
    match routed(all, ask) {
        Ok(reply) | Err(reply) => reply,
    }
}

fn routed(all: &mut Installation, ask: &Ask<'_>) -> Result<Reply, Reply> {
    let parts: Vec<&str> = ask.segments.iter().map(String::as_str).collect();
    let Some(("v1", parts)) = parts.split_first().map(|(first, rest)| (*first, rest)) else {
        return Err(Reply::no_route());
    };
    if let Some(reply) = open(all, ask, parts)? {
        return Ok(reply);
    }
    if !is_route(parts) {
        return Err(Reply::no_route());
    }
    all.admit(ask)?;
    match parts {
        ["platforms", id] if ask.method == "GET" => projects::platform(all, ask::id(id)?),
        ["users", rest @ ..] => projects::users(all, ask, rest),
        ["projects", rest @ ..] => projects::projects(all, ask, rest),
        ["folders", rest @ ..] => projects::folders(all, ask, rest),
        ["flows", rest @ ..] => flows::flows(all, ask, rest),
        ["flow-runs", rest @ ..] => runs::runs(all, ask, rest),
        ["app-connections", rest @ ..] => connections::connections(all, ask, rest),
        ["variables", rest @ ..] => variables::variables(all, ask, rest),
        ["pieces", rest @ ..] => piece::pieces(all, ask, rest),
        ["tables", rest @ ..] => tables::tables(all, ask, rest),
        ["fields", rest @ ..] => fields::fields(all, ask, rest),
        ["records", rest @ ..] => records::records(all, ask, rest),
        ["sample-data", rest @ ..] => samples::sample_data(all, ask, rest),
        ["test-trigger"] => samples::test_trigger(all, ask),
        ["trigger-events"] => samples::trigger_events(all, ask),
        parts => about::small(ask, parts).ok_or_else(Reply::no_route),
    }
}

/// The routes that need a token. Without one, the others are not there, and these are forbidden.
fn is_route(parts: &[&str]) -> bool {
    let known = [
        "platforms",
        "users",
        "projects",
        "folders",
        "flows",
        "flow-runs",
        "app-connections",
        "variables",
        "pieces",
        "tables",
        "fields",
        "records",
        "sample-data",
        "test-trigger",
        "trigger-events",
        "templates",
        "ai-providers",
        "trigger-runs",
        "user-invitations",
        "worker-machines",
    ];
    parts.first().is_some_and(|first| known.contains(first))
}

/// The routes for which nobody has to sign in.
fn open(all: &mut Installation, ask: &Ask<'_>, parts: &[&str]) -> Result<Option<Reply>, Reply> {
    Ok(Some(match (ask.method, parts) {
        ("GET", ["health"]) => Reply::ok(json!({ "status": "Healthy" })),
        ("GET", ["flags"]) => Reply::ok(about::flags(ask)),
        ("POST", ["authentication", what]) => account::authentication(all, ask, what)?,
        ("POST", ["platforms"]) => account::found(all, ask)?,
        (_, ["webhooks", rest @ ..]) => webhooks::webhooks(all, ask, rest),
        (_, ["flow-runs", run, "waitpoints" | "requests", waitpoint, ..]) => runs::resume(all, ask, run, waitpoint),
        ("GET", ["human-input", kind @ ("form" | "chat"), flow]) => forms::human_input(all, ask, kind, flow)?,
        ("GET", ["files", file]) => {
            let token = ask.param("token").unwrap_or_default();
            let found = all.linked_file(file, token).cloned();
            found.map(Reply::ok).ok_or_else(|| Reply::not_found("file", file))?
        }
        _ => return Ok(None),
    }))
}
