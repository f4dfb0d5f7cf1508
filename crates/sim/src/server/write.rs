//! Every write of the API: a request becomes an edit, the edit an answer.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::body;
use super::render::Lens;
use super::reply::Reply;
use super::request::{Ask, Verb, id};
use crate::world::{Edit, Entry, Fields, Kind, Status, Touched, World};

/// What is answered once the edit is made.
enum Answer {
    /// 204.
    Nothing,
    /// The record, with this status.
    Record(u16),
    /// Who was let in and who was not.
    Access(Vec<i64>, Vec<i64>),
}

/// Makes the write that the request asks for, and pushes what was done to `log`. The answer names addresses that begin with `url`.
pub(crate) fn write(
    world: &mut World,
    (url, pages): (&str, bool),
    now: Timestamp,
    ask: &Ask,
    log: &mut Vec<Entry>,
) -> Reply {
    let (edit, answer) = match plan(world, ask) {
        Ok(planned) => planned,
        Err(reply) => return reply,
    };
    let by = world.me();
    let touched = match world.apply(by, now, &edit) {
        Ok(touched) => touched,
        Err(refusal) => return Reply::refused(&refusal),
    };
    log.push(Entry { at: now, by, edit });
    let lens = Lens { world, url, pages, generic: false };
    match (answer, touched) {
        (Answer::Nothing, _) => Reply::empty(),
        (Answer::Access(granted, revoked), _) => Reply::ok(json!({
            "granted": lens.people(&granted),
            "revoked": lens.people(&revoked),
        })),
        (Answer::Record(status), Touched::Recording(id)) => match lens.world.recording(id) {
            Some(found) => Reply::json(status, lens.recording(found)),
            None => Reply::empty(),
        },
        (Answer::Record(status), Touched::Project(id)) => match lens.world.project(id) {
            Some(found) => Reply::json(status, lens.project(found)),
            None => Reply::empty(),
        },
        (Answer::Record(status), Touched::Person(id)) => Reply::json(status, lens.person(id)),
    }
}

type Planned = Result<(Edit, Answer), Reply>;

fn plan(world: &World, ask: &Ask) -> Planned {
    let parts = ask.parts();
    // A bucket in the path must be the one that the record is in.
    if let Some(bucket) = ask.bucket
        && let Some(record) = parts.iter().find_map(|part| part.parse::<i64>().ok())
        && world.recording(record).is_none_or(|found| found.project != bucket)
    {
        return Err(Reply::not_found());
    }
    match ask.verb {
        Verb::Post => post(world, ask, &parts),
        Verb::Put => put(world, ask, &parts),
        Verb::Delete => delete(world, &parts),
        Verb::Get => Err(Reply::not_found()),
    }
}

fn create(ask: &Ask, parent: &str, kind: Kind) -> Planned {
    let fields = body::fields(kind, &ask.body)?;
    let edit = Edit::Create { parent: id(parent), kind, fields };
    Ok((edit, Answer::Record(201)))
}

fn post(world: &World, ask: &Ask, parts: &[&str]) -> Planned {
    match parts {
        ["projects"] => {
            let name = body::text(&ask.body, "name").unwrap_or_default();
            let description = body::text(&ask.body, "description");
            let edit = Edit::CreateProject { name, description };
            Ok((edit, Answer::Record(201)))
        }
        ["todolists", list, "todos"] => create(ask, of(world, list, Kind::Todolist)?, Kind::Todo),
        // The only way to a loose to-do names the project.
        ["todosets", set, "todos"] if ask.bucket.is_some() => create(ask, set, Kind::Todo),
        ["todosets", set, "todolists"] => create(ask, set, Kind::Todolist),
        ["todolists", list, "groups"] => create(ask, list, Kind::Todolist),
        ["todos", todo, "completion"] => done(id(todo), true, Answer::Nothing),
        ["subtasks", step, "completion"] => done(id(step), true, Answer::Nothing),
        ["card_tables", "lists", column, "cards"] => create(ask, column, Kind::Card),
        ["card_tables", "cards", card, "steps"] => create(ask, card, Kind::Step),
        ["recordings", parent, "subtasks"] => create(ask, parent, Kind::Step),
        ["card_tables", "cards", card, "moves"] => {
            let column =
                body::number(&ask.body, "column_id").ok_or_else(|| Reply::invalid("column_id", "can't be blank"))?;
            if world.recording(column).is_none_or(|found| !found.kind.holds_cards()) {
                return Err(Reply::not_found());
            }
            relocate(id(card), Some(column), body::place(&ask.body, 1)?)
        }
        ["card_tables", "cards", card, "positions"] => {
            let step = body::number(&ask.body, "source_id").unwrap_or(0);
            if world.recording(step).is_none_or(|found| found.parent != Some(id(card))) {
                return Err(Reply::not_found());
            }
            relocate(step, None, body::place(&ask.body, 1)?)
        }
        ["card_tables", "columns", column, "on_hold"] => hold(world, id(column), true),
        ["card_tables", table, "columns"] => create(ask, table, Kind::Column),
        ["card_tables", table, "moves"] => {
            if body::number(&ask.body, "target_id") != Some(id(table)) {
                return Err(Reply::invalid("target_id", "must be the card table"));
            }
            let column = body::number(&ask.body, "source_id").unwrap_or(0);
            relocate(column, None, body::place(&ask.body, 1)?)
        }
        ["message_boards", board, "messages"] => create(ask, board, Kind::Message),
        ["recordings", parent, "comments"] => create(ask, parent, Kind::Comment),
        ["vaults", vault, "documents"] => create(ask, vault, Kind::Document),
        ["vaults", vault, "uploads"] => create(ask, vault, Kind::Upload),
        ["vaults", vault, "vaults"] => create(ask, vault, Kind::Vault),
        ["schedules", schedule, "entries"] => create(ask, schedule, Kind::ScheduleEntry),
        ["questionnaires", one, "questions"] => create(ask, one, Kind::Question),
        ["questions", question, "answers"] => create(ask, question, Kind::Answer),
        ["questions", question, "pause"] => pause(id(question), true),
        ["chats", chat, "lines"] => create(ask, chat, Kind::Line),
        ["recordings", parent, "timesheet", "entries"] => create(ask, parent, Kind::TimesheetEntry),
        _ => Err(Reply::not_found()),
    }
}

fn put(world: &World, ask: &Ask, parts: &[&str]) -> Planned {
    let update = |record: &str, kind: Kind| {
        let record = of(world, record, kind)?;
        let fields = body::fields(kind, &ask.body)?.as_put(kind);
        if kind == Kind::Todo && fields.title.is_none() {
            return Err(Reply::invalid("content", "can't be blank"));
        }
        if kind == Kind::Todolist && fields.title.is_none() {
            return Err(Reply::invalid("name", "can't be blank"));
        }
        if kind == Kind::ScheduleEntry && fields.span.is_none() {
            return Err(Reply::invalid("starts_at", "can't be blank"));
        }
        Ok(change(id(record), fields))
    };
    match parts {
        ["projects", project, "status", word] | ["projects", project, "status", word, ..] => {
            let status = Status::parse(word).ok_or_else(Reply::not_found)?;
            let project = id(project);
            Ok((Edit::SetProjectStatus { project, status }, Answer::Nothing))
        }
        ["projects", project, "people", "users"] => access(world, ask, id(project)),
        ["projects", project] => {
            let name = body::text(&ask.body, "name").unwrap_or_default();
            let description = body::text(&ask.body, "description");
            let project = id(project);
            let edit = Edit::UpdateProject { project, name, description };
            Ok((edit, Answer::Record(200)))
        }
        ["recordings", record, "status", word] => {
            let status = Status::parse(word).ok_or_else(Reply::not_found)?;
            let id = id(record);
            Ok((Edit::SetStatus { id, status }, Answer::Nothing))
        }
        ["todos", todo, "position"] => {
            let parent = body::number(&ask.body, "parent_id");
            relocate(id(todo), parent, body::place(&ask.body, 0)?)
        }
        ["todosets", "todolists", list, "position"]
        | ["todolists", "groups", list, "position"]
        | ["todolists", list, "position"]
        | ["subtasks", list, "position"] => relocate(id(list), None, body::place(&ask.body, 0)?),
        ["todos", todo] => update(todo, Kind::Todo),
        ["todolists", list] => update(list, Kind::Todolist),
        ["card_tables", "cards", card] => update(card, Kind::Card),
        ["card_tables", "columns", column, "color"] => {
            let fields =
                Fields { color: Some(body::text(&ask.body, "color").unwrap_or_default()), ..Fields::default() };
            Ok(change(id(column), fields))
        }
        ["card_tables", "columns", column] => update(column, Kind::Column),
        ["card_tables", "steps", step, "completions"] => {
            let on = body::text(&ask.body, "completion").as_deref() == Some("on");
            done(id(step), on, Answer::Record(200))
        }
        ["card_tables", "steps", step] | ["subtasks", step] => update(step, Kind::Step),
        ["messages", message] => update(message, Kind::Message),
        ["comments", comment] => update(comment, Kind::Comment),
        ["documents", document] => update(document, Kind::Document),
        ["uploads", upload] => update(upload, Kind::Upload),
        ["vaults", vault] => update(vault, Kind::Vault),
        ["schedule_entries", entry] => update(entry, Kind::ScheduleEntry),
        ["question_answers", answer] => update(answer, Kind::Answer).map(|(edit, _)| (edit, Answer::Nothing)),
        ["chats", _, "lines", line] => update(line, Kind::Line).map(|(edit, _)| (edit, Answer::Nothing)),
        ["timesheet_entries", entry] => update(entry, Kind::TimesheetEntry),
        _ => Err(Reply::not_found()),
    }
}

fn delete(world: &World, parts: &[&str]) -> Planned {
    match parts {
        ["projects", project] => {
            let edit = Edit::SetProjectStatus { project: id(project), status: Status::Trashed };
            Ok((edit, Answer::Nothing))
        }
        ["todos", todo, "completion"] => done(id(todo), false, Answer::Nothing),
        ["subtasks", step, "completion"] => done(id(step), false, Answer::Nothing),
        ["questions", question, "pause"] => pause(id(question), false),
        ["card_tables", "columns", column, "on_hold"] => hold(world, id(column), false),
        ["chats", _, "lines", gone] | ["timesheet_entries", gone] | ["subtasks", gone] => {
            Ok((Edit::Delete { id: id(gone) }, Answer::Nothing))
        }
        _ => Err(Reply::not_found()),
    }
}

/// The segment again, if it names a record of this kind.
fn of<'a>(world: &World, segment: &'a str, kind: Kind) -> Result<&'a str, Reply> {
    match world.recording(id(segment)) {
        Some(found) if found.kind == kind => Ok(segment),
        Some(found) if kind == Kind::Column && found.kind.is_column() => Ok(segment),
        _ => Err(Reply::not_found()),
    }
}

fn change(id: i64, fields: Fields) -> (Edit, Answer) {
    (Edit::Update { id, fields }, Answer::Record(200))
}

fn done(id: i64, done: bool, answer: Answer) -> Planned {
    let edit = if done { Edit::Complete { id } } else { Edit::Uncomplete { id } };
    Ok((edit, answer))
}

fn relocate(id: i64, parent: Option<i64>, position: usize) -> Planned {
    let edit = Edit::Move { id, parent, position };
    Ok((edit, Answer::Nothing))
}

fn pause(id: i64, paused: bool) -> Planned {
    let fields = Fields { paused: Some(paused), ..Fields::default() };
    Ok(change(id, fields))
}

fn hold(world: &World, column: i64, on: bool) -> Planned {
    let section = world.children_of(column, Kind::OnHold).next();
    match (section, on) {
        (Some(section), _) => {
            let status = if on { Status::Active } else { Status::Trashed };
            let id = section.id;
            Ok((Edit::SetStatus { id, status }, Answer::Record(200)))
        }
        (None, true) => {
            let edit = Edit::Create { parent: column, kind: Kind::OnHold, fields: Fields::default() };
            Ok((edit, Answer::Record(200)))
        }
        (None, false) => Err(Reply::not_found()),
    }
}

fn access(world: &World, ask: &Ask, project: i64) -> Planned {
    if !world.may_see(world.me(), project) {
        return Err(Reply::not_found());
    }
    let list = |name: &str| -> Vec<i64> {
        let ids = ask.body.get(name).and_then(Value::as_array);
        ids.map(|ids| ids.iter().filter_map(Value::as_i64).collect()).unwrap_or_default()
    };
    let (grant, revoke) = (list("grant"), list("revoke"));
    let edit = Edit::SetAccess { project, grant: grant.clone(), revoke: revoke.clone() };
    Ok((edit, Answer::Access(grant, revoke)))
}
