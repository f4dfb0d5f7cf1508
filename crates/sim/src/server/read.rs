//! Every `GET` of the API.

use serde_json::{Value, json};

use super::page::page;
use super::render::{Lens, moment};
use super::reply::Reply;
use super::request::{Ask, id};
use super::{feed, listing, reports};
use crate::world::{Kind, Project, Recording, Status};

/// What a read needs besides the request.
pub(crate) struct Reading<'a> {
    /// The account's address: what comes next is fetched from there.
    pub(crate) here: &'a str,
    pub(crate) lens: Lens<'a>,
    pub(crate) now: jiff::Timestamp,
    pub(crate) feed_delay: jiff::SignedDuration,
    pub(crate) listings: &'a mut listing::Listings,
}

impl Reading<'_> {
    pub(crate) fn me(&self) -> i64 {
        self.lens.world.me()
    }

    /// The recording with this id, if it is there, of one of these kinds, readable, and in the bucket that
    /// the path names.
    pub(crate) fn found(&self, ask: &Ask, segment: &str, kinds: &[Kind]) -> Option<&Recording> {
        let found = self.lens.world.visible(self.me(), id(segment))?;
        let here = ask.bucket.is_none_or(|bucket| bucket == found.project);
        (here && (kinds.is_empty() || kinds.contains(&found.kind))).then_some(found)
    }

    fn project(&self, segment: &str) -> Option<&Project> {
        let project = self.lens.world.project(id(segment))?;
        project.members.contains(&self.me()).then_some(project)
    }

    fn one(&self, ask: &Ask, segment: &str, kinds: &[Kind]) -> Reply {
        match self.found(ask, segment, kinds) {
            Some(found) => Reply::ok(self.lens.recording(found)),
            None => Reply::not_found(),
        }
    }

    /// The children of one kind, those of the status asked for (active when none is).
    fn children(&self, ask: &Ask, segment: &str, holders: &[Kind], kind: Kind) -> Reply {
        self.children_where(ask, segment, holders, kind, |_| true)
    }

    fn children_where(
        &self,
        ask: &Ask,
        segment: &str,
        holders: &[Kind],
        kind: Kind,
        keep: impl Fn(&Recording) -> bool,
    ) -> Reply {
        let Some(parent) = self.found(ask, segment, holders) else {
            return Reply::not_found();
        };
        let wanted = match ask.param("status").map(Status::parse) {
            None => Status::Active,
            Some(Some(status)) => status,
            Some(None) => return Reply::error(400, "status must be active, archived or trashed"),
        };
        let above = self.lens.world.status_of(parent.id);
        let rows: Vec<&Recording> = self
            .lens
            .world
            .children_of(parent.id, kind)
            .filter(|child| {
                child.own_status.max(above) == wanted
                    || (wanted == Status::Active && child.own_status == Status::Active)
            })
            .filter(|child| keep(child))
            .collect();
        page(ask, self.here, &rows, |row| self.lens.recording(row))
    }
}

const COLUMNS: [Kind; 5] = [Kind::Triage, Kind::NotNow, Kind::Column, Kind::DoneColumn, Kind::OnHold];

/// Answers a read.
pub(crate) fn read(reading: &mut Reading<'_>, ask: &Ask) -> Reply {
    let parts = ask.parts();
    let r = &*reading;
    match parts.as_slice() {
        ["account"] => account(r),
        ["people"] => {
            let everybody: Vec<i64> = r.lens.world.people().map(|person| person.id).collect();
            page(ask, r.here, &everybody, |id| r.lens.person(*id))
        }
        ["people", one] => match r.lens.world.person(id(one)) {
            Some(person) => Reply::ok(r.lens.person(person.id)),
            None => Reply::not_found(),
        },
        ["my", "profile"] => Reply::ok(r.lens.person(r.me())),
        ["my", "assignments"] => reports::assignments(r),
        ["projects"] => projects(r, ask),
        ["projects", "recordings"] => listing::recordings(reading, ask),
        ["projects", one] => match r.project(one) {
            Some(project) => Reply::ok(r.lens.project(project)),
            None => Reply::not_found(),
        },
        ["projects", one, "people"] => match r.project(one) {
            Some(project) => {
                let members: Vec<i64> = project.members.iter().copied().collect();
                page(ask, r.here, &members, |id| r.lens.person(*id))
            }
            None => Reply::not_found(),
        },
        ["projects", one, "timeline"] => match r.project(one) {
            Some(project) => reports::timeline(r, ask, Some(project.id)),
            None => Reply::not_found(),
        },
        ["projects", one, "timesheet"] => match r.project(one) {
            Some(project) => reports::project_timesheet(r, ask, project.id),
            None => Reply::not_found(),
        },
        ["reports", "progress"] => reports::timeline(r, ask, None),
        ["reports", "timesheet"] => reports::timesheet(r, ask),
        ["events"] => feed::events(r, ask),
        ["inbox"] => Reply::error(403, "Only agents have an inbox"),
        ["recordings", one, "events"] => match r.found(ask, one, &[]) {
            Some(found) => {
                let rows: Vec<_> = r.lens.world.events_of(found.id).rev().collect();
                page(ask, r.here, &rows, |event| r.lens.event(event))
            }
            None => Reply::not_found(),
        },
        [_, one, "comments"] | ["card_tables", _, one, "comments"] => r.children(ask, one, &[], Kind::Comment),
        ["recordings", one, "subtasks"] => r.children(ask, one, &[Kind::Card, Kind::Todo], Kind::Step),
        ["recordings", one, "timesheet"] => r.children(ask, one, &[], Kind::TimesheetEntry),
        ["todosets", one] => r.one(ask, one, &[Kind::Todoset]),
        ["todosets", one, "todolists"] => r.children(ask, one, &[Kind::Todoset], Kind::Todolist),
        ["todolists", one] => r.one(ask, one, &[Kind::Todolist]),
        ["todolists", one, "groups"] => r.children(ask, one, &[Kind::Todolist], Kind::Todolist),
        ["todolists", one, "todos"] => {
            let done = ask.param("completed") == Some("true");
            r.children_where(ask, one, &[Kind::Todolist], Kind::Todo, |todo| todo.completion.is_some() == done)
        }
        ["todos", one] => r.one(ask, one, &[Kind::Todo]),
        ["card_tables", "columns", one] => r.one(ask, one, &COLUMNS),
        ["card_tables", "cards", one] => r.one(ask, one, &[Kind::Card]),
        ["card_tables", "steps", one] | ["subtasks", one] => r.one(ask, one, &[Kind::Step]),
        ["card_tables", "lists", one, "cards"] => r.children(ask, one, &COLUMNS, Kind::Card),
        ["card_tables", one] => r.one(ask, one, &[Kind::CardTable]),
        ["message_boards", one] => r.one(ask, one, &[Kind::MessageBoard]),
        ["message_boards", one, "messages"] => r.children(ask, one, &[Kind::MessageBoard], Kind::Message),
        ["messages", one] => r.one(ask, one, &[Kind::Message]),
        ["categories"] => categories(r, ask),
        ["comments", one] => r.one(ask, one, &[Kind::Comment]),
        ["vaults", one] => r.one(ask, one, &[Kind::Vault]),
        ["vaults", one, "vaults"] => r.children(ask, one, &[Kind::Vault], Kind::Vault),
        ["vaults", one, "documents"] => r.children(ask, one, &[Kind::Vault], Kind::Document),
        ["vaults", one, "uploads"] => r.children(ask, one, &[Kind::Vault], Kind::Upload),
        ["documents", one] => r.one(ask, one, &[Kind::Document]),
        ["uploads", one] => r.one(ask, one, &[Kind::Upload]),
        ["schedules", one] => r.one(ask, one, &[Kind::Schedule]),
        ["schedules", one, "entries"] => r.children(ask, one, &[Kind::Schedule], Kind::ScheduleEntry),
        ["schedule_entries", one] => r.one(ask, one, &[Kind::ScheduleEntry]),
        ["questionnaires", one] => r.one(ask, one, &[Kind::Questionnaire]),
        ["questionnaires", one, "questions"] => r.children(ask, one, &[Kind::Questionnaire], Kind::Question),
        ["questions", one] => r.one(ask, one, &[Kind::Question]),
        ["questions", one, "answers"] => r.children(ask, one, &[Kind::Question], Kind::Answer),
        ["question_answers", one] => r.one(ask, one, &[Kind::Answer]),
        ["chats"] => {
            let rows: Vec<&Recording> = r
                .lens
                .world
                .of_kind(Kind::Chat)
                .iter()
                .filter_map(|id| r.lens.world.visible(r.me(), *id))
                .filter(|chat| is_active(r, chat.project))
                .collect();
            page(ask, r.here, &rows, |row| r.lens.recording(row))
        }
        ["chats", one] => r.one(ask, one, &[Kind::Chat]),
        ["chats", one, "lines"] => newest_lines(r, ask, one),
        ["chats", _, "lines", one] => r.one(ask, one, &[Kind::Line]),
        ["timesheet_entries", one] => r.one(ask, one, &[Kind::TimesheetEntry]),
        _ => Reply::not_found(),
    }
}

pub(crate) fn is_active(r: &Reading<'_>, project: i64) -> bool {
    r.lens.world.project(project).is_some_and(|project| project.status == Status::Active)
}

fn projects(r: &Reading<'_>, ask: &Ask) -> Reply {
    let wanted = match ask.param("status").map(Status::parse) {
        None => Status::Active,
        Some(Some(status)) => status,
        Some(None) => return Reply::error(400, "status must be active, archived or trashed"),
    };
    let mut rows: Vec<&Project> = r
        .lens
        .world
        .projects()
        .filter(|project| project.status == wanted && project.members.contains(&r.me()))
        .collect();
    rows.sort_by_key(|project| std::cmp::Reverse((project.created_at, project.id)));
    page(ask, r.here, &rows, |project| r.lens.project(project))
}

fn newest_lines(r: &Reading<'_>, ask: &Ask, chat: &str) -> Reply {
    let Some(chat) = r.found(ask, chat, &[Kind::Chat]) else {
        return Reply::not_found();
    };
    let mut rows: Vec<&Recording> =
        r.lens.world.children_of(chat.id, Kind::Line).filter(|line| line.own_status == Status::Active).collect();
    rows.reverse();
    page(ask, r.here, &rows, |row| r.lens.recording(row))
}

fn categories(r: &Reading<'_>, ask: &Ask) -> Reply {
    let project =
        ask.bucket.and_then(|bucket| r.lens.world.project(bucket)).filter(|project| project.members.contains(&r.me()));
    let Some(project) = project else {
        return Reply::not_found();
    };
    let at = moment(project.created_at);
    let all: Vec<Value> = project
        .categories
        .iter()
        .map(|one| {
            json!({
                "id": one.id, "name": one.name, "icon": one.icon, "created_at": at, "updated_at": at,
            })
        })
        .collect();
    Reply::ok(Value::Array(all))
}

fn account(r: &Reading<'_>) -> Reply {
    let account = r.lens.world.account();
    let owner = r.lens.world.people().find(|person| person.owner);
    let at = moment(account.created_at);
    Reply::ok(json!({
        "id": account.id,
        "name": account.name,
        "owner_name": owner.map(|person| person.name.as_str()),
        "active": true,
        "created_at": at,
        "updated_at": at,
        "trial": false,
        "trial_ends_on": Value::Null,
        "frozen": false,
        "paused": false,
        "limits": {
            "can_create_projects": true,
            "can_pin_projects": true,
            "can_create_users": true,
            "can_upload_files": true,
        },
        "settings": { "company_hq_enabled": true, "teams_enabled": true, "projects_enabled": true },
    }))
}
