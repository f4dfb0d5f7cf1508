//! What each kind adds to the shared envelope.

use serde_json::{Map, Value, json};

use super::{Lens, moment, rich};
use crate::world::{Detail, Kind, Recording, Span, Status};

type Out = Map<String, Value>;

fn put(out: &mut Out, key: &str, value: impl Into<Value>) {
    out.insert(key.to_owned(), value.into());
}

impl Lens<'_> {
    pub(super) fn add_kind(&self, r: &Recording, out: &mut Out) {
        match r.kind {
            Kind::Todoset => self.add_todoset(r, out),
            Kind::Todolist => self.add_todolist(r, out),
            Kind::Todo => self.add_todo(r, out),
            Kind::CardTable => self.add_card_table(r, out),
            Kind::Triage | Kind::NotNow | Kind::Column | Kind::DoneColumn | Kind::OnHold => {
                self.add_column(r, out);
            }
            Kind::Card => self.add_card(r, out),
            Kind::Step => self.add_work(r, out),
            Kind::MessageBoard => {
                self.add_tool(r, out);
                put(out, "messages_count", self.count(r.id, Kind::Message));
                put(out, "messages_url", self.under(r, "messages"));
                put(out, "app_messages_url", self.app_url_of(r));
            }
            Kind::Message => {
                self.add_talk(r, out);
                put(out, "subject", r.title.clone());
                self.add_content(r, out);
                self.add_category(r, out);
            }
            Kind::Comment => {
                self.add_boosts(r, out);
                self.add_content(r, out);
            }
            Kind::Vault => {
                put(out, "position", self.world.position_of(r));
                for (kind, name) in [(Kind::Document, "documents"), (Kind::Upload, "uploads"), (Kind::Vault, "vaults")]
                {
                    put(out, &format!("{name}_count"), self.count(r.id, kind));
                    put(out, &format!("{name}_url"), self.under(r, name));
                }
            }
            Kind::Document => {
                self.add_talk(r, out);
                put(out, "position", self.world.position_of(r));
                self.add_content(r, out);
            }
            Kind::Upload => self.add_upload(r, out),
            Kind::Schedule => {
                self.add_tool(r, out);
                put(out, "include_due_assignments", true);
                put(out, "entries_count", self.count(r.id, Kind::ScheduleEntry));
                put(out, "entries_url", self.under(r, "entries"));
            }
            Kind::ScheduleEntry => self.add_entry(r, out),
            Kind::Questionnaire => {
                put(out, "name", r.title.clone());
                put(out, "questions_count", self.count(r.id, Kind::Question));
                put(out, "questions_url", self.under(r, "questions"));
            }
            Kind::Question => self.add_question(r, out),
            Kind::Answer => {
                self.add_talk(r, out);
                self.add_content(r, out);
                if let Detail::Answer { group_on } = r.detail {
                    put(out, "group_on", group_on.to_string());
                }
            }
            Kind::Chat => {
                self.add_tool(r, out);
                put(out, "topic", r.title.clone());
                put(out, "lines_url", self.under(r, "lines"));
                put(out, "files_url", self.under(r, "uploads"));
            }
            Kind::Line => {
                self.add_boosts(r, out);
                put(out, "content", r.title.clone());
                put(out, "attachments", json!([]));
            }
            Kind::TimesheetEntry => {
                if let Detail::Timesheet { date, hours, person } = &r.detail {
                    put(out, "date", date.to_string());
                    put(out, "hours", hours.clone());
                    put(out, "description", r.body.clone());
                    put(out, "person", self.person(*person));
                }
            }
        }
    }

    fn add_tool(&self, r: &Recording, out: &mut Out) {
        put(out, "position", self.world.position_of(r));
        put(out, "subscription_url", self.shared(r, "subscription"));
    }

    fn add_boosts(&self, r: &Recording, out: &mut Out) {
        put(out, "boosts_count", 0);
        put(out, "boosts_url", self.shared(r, "boosts"));
    }

    fn add_talk(&self, r: &Recording, out: &mut Out) {
        put(out, "subscription_url", self.shared(r, "subscription"));
        put(out, "comments_count", self.comments_count(r.id));
        put(out, "comments_url", self.shared(r, "comments"));
        self.add_boosts(r, out);
    }

    fn add_content(&self, r: &Recording, out: &mut Out) {
        put(out, "content", rich(&r.body));
        put(out, "content_attachments", json!([]));
    }

    fn add_description(&self, r: &Recording, out: &mut Out) {
        put(out, "description", rich(&r.body));
        put(out, "description_attachments", json!([]));
    }

    fn add_todoset(&self, r: &Recording, out: &mut Out) {
        let (all, done) = self.world.done_count(r.id);
        let loose_done = self
            .world
            .children_of(r.id, Kind::Todo)
            .filter(|todo| todo.own_status == Status::Active && todo.completion.is_some())
            .count();
        put(out, "position", self.world.position_of(r));
        put(out, "name", r.title.clone());
        put(out, "todolists_count", self.count(r.id, Kind::Todolist));
        put(out, "todolists_url", self.under(r, "todolists"));
        put(out, "app_todolists_url", self.app_url_of(r));
        put(out, "completed", all > 0 && all == done);
        put(out, "completed_ratio", format!("{done}/{all}"));
        put(out, "todos_count", all);
        put(out, "completed_loose_todos_count", loose_done);
        put(out, "todos_url", self.under(r, "todos"));
        put(out, "app_todos_url", self.app_url_of(r));
    }

    fn add_todolist(&self, r: &Recording, out: &mut Out) {
        let (all, done) = self.world.done_count(r.id);
        self.add_talk(r, out);
        self.add_description(r, out);
        put(out, "bubble_up_url", self.shared(r, "bubble_up"));
        put(out, "comments_app_url", self.app_url_of(r));
        put(out, "position", self.world.position_of(r));
        put(out, "name", r.title.clone());
        put(out, "completed", all > 0 && all == done);
        put(out, "completed_ratio", format!("{done}/{all}"));
        put(out, "todos_url", self.under(r, "todos"));
        put(out, "app_todos_url", self.app_url_of(r));
        put(out, "color", Value::Null);
        if self.world.is_group(r) {
            let url = format!("{}/buckets/{}/todolists/groups/{}/position.json", self.url, r.project, r.id);
            put(out, "group_position_url", url);
        } else {
            put(out, "groups_url", self.under(r, "groups"));
        }
    }

    /// What to-dos, cards and steps share.
    fn add_work(&self, r: &Recording, out: &mut Out) {
        let done = if r.kind == Kind::Step { "completions" } else { "completion" };
        put(out, "position", self.world.position_of(r));
        put(out, "due_on", r.due_on.map(|day| day.to_string()));
        put(out, "completed", r.completion.is_some());
        put(out, "completion_url", self.under(r, done));
        put(out, "assignees", self.people(&r.assignees));
        if let Some(completion) = r.completion {
            let told = json!({
                "created_at": moment(completion.at),
                "creator": self.person(completion.by),
            });
            put(out, "completion", told);
        }
    }

    fn add_steps(&self, r: &Recording, out: &mut Out) {
        let steps: Vec<&Recording> =
            self.world.children_of(r.id, Kind::Step).filter(|step| step.own_status == Status::Active).collect();
        let done = steps.iter().filter(|step| step.completion.is_some()).count();
        put(out, "subtasks_count", steps.len());
        put(out, "subtasks_completed_count", done);
        put(out, "subtasks_url", self.shared(r, "subtasks"));
        let shown: Vec<Value> = steps.into_iter().take(100).map(|step| self.recording(step)).collect();
        put(out, "steps", shown);
    }

    fn add_todo(&self, r: &Recording, out: &mut Out) {
        self.add_talk(r, out);
        self.add_work(r, out);
        self.add_description(r, out);
        put(out, "content", r.title.clone());
        put(out, "starts_on", r.starts_on.map(|day| day.to_string()));
        put(out, "completion_subscribers", self.people(&r.subscribers));
        self.add_steps(r, out);
    }

    fn add_card_table(&self, r: &Recording, out: &mut Out) {
        self.add_tool(r, out);
        let lists: Vec<Value> = self
            .world
            .child_ids(r.id)
            .iter()
            .filter_map(|id| self.world.recording(*id))
            .filter(|column| column.kind.is_column() && column.own_status == Status::Active)
            .map(|column| self.recording(column))
            .collect();
        put(out, "lists", lists);
        put(out, "wormholes", json!([]));
        put(out, "subscribers", json!([]));
    }

    fn add_column(&self, r: &Recording, out: &mut Out) {
        let color = match &r.detail {
            Detail::Column { color } => color.clone(),
            Detail::Plain
            | Detail::Message { .. }
            | Detail::Upload { .. }
            | Detail::Entry { .. }
            | Detail::Question { .. }
            | Detail::Answer { .. }
            | Detail::Timesheet { .. } => None,
        };
        put(out, "position", self.world.position_of(r));
        put(out, "color", color);
        put(out, "description", (!r.body.is_empty()).then(|| r.body.clone()));
        put(out, "cards_count", self.count(r.id, Kind::Card));
        put(out, "comments_count", 0);
        put(out, "cards_url", self.cards_url(r));
        put(out, "subscribers", json!([]));
        if let Some(hold) = self.world.children_of(r.id, Kind::OnHold).find(|hold| hold.own_status == Status::Active) {
            let told = json!({
                "id": hold.id,
                "status": self.world.status_of(hold.id).word(),
                "inherits_status": true,
                "title": "On hold",
                "created_at": moment(hold.created_at),
                "updated_at": moment(hold.updated_at),
                "cards_count": self.count(hold.id, Kind::Card),
                "cards_url": self.cards_url(hold),
            });
            put(out, "on_hold", told);
        }
    }

    fn cards_url(&self, column: &Recording) -> String {
        format!("{}/buckets/{}/card_tables/lists/{}/cards.json", self.url, column.project, column.id)
    }

    fn add_card(&self, r: &Recording, out: &mut Out) {
        self.add_talk(r, out);
        self.add_work(r, out);
        self.add_description(r, out);
        put(out, "content", (!r.body.is_empty()).then(|| r.body.clone()));
        put(out, "completion_subscribers", self.people(&r.subscribers));
        self.add_steps(r, out);
    }

    fn add_category(&self, r: &Recording, out: &mut Out) {
        let Detail::Message { category: Some(category) } = r.detail else {
            return;
        };
        let found = self.world.project(r.project).and_then(|project| {
            project.categories.iter().find(|one| one.id == category).map(|one| (one, project.created_at))
        });
        if let Some((one, at)) = found {
            let told = json!({
                "id": one.id,
                "name": one.name,
                "icon": one.icon,
                "created_at": moment(at),
                "updated_at": moment(at),
            });
            put(out, "category", told);
        }
    }

    fn add_upload(&self, r: &Recording, out: &mut Out) {
        self.add_talk(r, out);
        self.add_description(r, out);
        put(out, "position", self.world.position_of(r));
        if let Detail::Upload { filename, content_type, byte_size, pixels } = &r.detail {
            put(out, "filename", filename.clone());
            put(out, "content_type", content_type.clone());
            put(out, "byte_size", *byte_size);
            put(out, "width", pixels.map(|(width, _)| width));
            put(out, "height", pixels.map(|(_, height)| height));
            let file = self.under(r, &format!("download/{filename}"));
            let file = file.trim_end_matches(".json").to_owned();
            put(out, "download_url", file.clone());
            put(out, "app_download_url", file);
        }
    }

    fn add_entry(&self, r: &Recording, out: &mut Out) {
        self.add_talk(r, out);
        self.add_description(r, out);
        put(out, "summary", r.title.clone());
        if let Detail::Entry { span, participants, join_url, highlighted } = &r.detail {
            let (all_day, start, end) = match span {
                Span::Days(first, last) => (true, first.to_string(), last.to_string()),
                Span::Times(start, end) => (false, moment(*start), moment(*end)),
            };
            put(out, "all_day", all_day);
            put(out, "starts_at", start);
            put(out, "ends_at", end);
            put(out, "participants", self.people(participants));
            put(out, "join_url", join_url.clone());
            put(out, "highlighted", *highlighted);
        }
    }

    fn add_question(&self, r: &Recording, out: &mut Out) {
        put(out, "subscription_url", self.shared(r, "subscription"));
        put(out, "answers_count", self.count(r.id, Kind::Answer));
        put(out, "answers_url", self.under(r, "answers"));
        if let Detail::Question { frequency, days, hour, paused } = &r.detail {
            put(out, "paused", *paused);
            let schedule = json!({
                "frequency": frequency,
                "days": days,
                "hour": hour,
                "minute": 0,
                "week_instance": Value::Null,
                "week_interval": Value::Null,
                "month_interval": Value::Null,
                "start_date": r.created_at.to_zoned(jiff::tz::TimeZone::UTC).date().to_string(),
                "end_date": Value::Null,
            });
            put(out, "schedule", schedule);
        }
    }
}
