//! How records look on the wire: the envelope that all share, and the shape of each kind.

mod kinds;
mod people;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::world::{Kind, Recording, Status, World};

/// A world seen through its API's address.
#[derive(Clone, Copy)]
pub(crate) struct Lens<'a> {
    pub(crate) world: &'a World,
    /// The account's address as records name it: scheme, host, port and account id.
    pub(crate) url: &'a str,
    /// There are pages for people at it.
    pub(crate) pages: bool,
    /// Whether the generic recordings list leaves out what only some kinds have.
    pub(crate) generic: bool,
}

/// A moment as Basecamp writes it: UTC with milliseconds.
pub(crate) fn moment(at: Timestamp) -> String {
    format!("{at:.3}")
}

pub(crate) fn rich(text: &str) -> Value {
    json!(text)
}

impl Lens<'_> {
    /// The API address of a recording, in the project's form.
    pub(crate) fn url_of(&self, recording: &Recording) -> String {
        let (url, project, id) = (self.url, recording.project, recording.id);
        if recording.kind == Kind::Line
            && let Some(chat) = recording.parent
        {
            return format!("{url}/buckets/{project}/chats/{chat}/lines/{id}.json");
        }
        let path = recording.kind.path();
        format!("{url}/buckets/{project}/{path}/{id}.json")
    }

    pub(crate) fn app_url_of(&self, recording: &Recording) -> String {
        self.page(self.url_of(recording).trim_end_matches(".json"))
    }

    /// The address of a page for people; empty where there are none.
    pub(crate) fn page(&self, url: &str) -> String {
        if self.pages { url.to_owned() } else { String::new() }
    }

    /// The address of something under a recording, like its comments.
    pub(crate) fn under(&self, recording: &Recording, what: &str) -> String {
        let base = self.url_of(recording);
        format!("{}/{what}.json", base.trim_end_matches(".json"))
    }

    /// The address of something that every recording has.
    fn shared(&self, recording: &Recording, what: &str) -> String {
        format!("{}/buckets/{}/recordings/{}/{what}.json", self.url, recording.project, recording.id)
    }

    fn bucket(&self, project: i64) -> Value {
        let name = self.world.project(project).map(|found| found.name.as_str());
        json!({ "id": project, "name": name.unwrap_or_default(), "type": "Project" })
    }

    fn parent(&self, recording: &Recording) -> Option<Value> {
        let parent = self.world.recording(recording.parent?)?;
        Some(json!({
            "id": parent.id,
            "title": self.world.title_of(parent.id),
            "type": parent.kind.wire(),
            "url": self.url_of(parent),
            "app_url": self.app_url_of(parent),
        }))
    }

    fn comments_count(&self, id: i64) -> usize {
        self.count(id, Kind::Comment)
    }

    fn count(&self, id: i64, kind: Kind) -> usize {
        self.world.children_of(id, kind).filter(|child| child.own_status == Status::Active).count()
    }

    /// The fields that every recording has.
    fn envelope(&self, recording: &Recording) -> Map<String, Value> {
        let mut out = Map::new();
        let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
        put("id", json!(recording.id));
        put("status", json!(self.world.status_of(recording.id).word()));
        put("visible_to_clients", json!(recording.visible_to_clients));
        put("created_at", json!(moment(recording.created_at)));
        put("updated_at", json!(moment(recording.updated_at)));
        put("title", json!(self.world.title_of(recording.id)));
        put("inherits_status", json!(recording.own_status == Status::Active));
        put("type", json!(recording.kind.wire()));
        put("url", json!(self.url_of(recording)));
        put("app_url", json!(self.app_url_of(recording)));
        put("bookmark_url", json!(self.shared(recording, "bookmark")));
        put("bucket", self.bucket(recording.project));
        put("creator", self.person(recording.creator));
        if let Some(parent) = self.parent(recording) {
            put("parent", parent);
        }
        out
    }

    /// A recording in the full shape of its kind.
    pub(crate) fn recording(&self, recording: &Recording) -> Value {
        let mut out = self.envelope(recording);
        self.add_kind(recording, &mut out);
        Value::Object(out)
    }

    /// A recording as the generic list gives it.
    pub(crate) fn listed(&self, recording: &Recording) -> Value {
        let mut full = self.recording(recording);
        if self.generic
            && let Some(map) = full.as_object_mut()
        {
            for key in [
                "completed",
                "completion",
                "completion_url",
                "due_on",
                "starts_on",
                "assignees",
                "completion_subscribers",
                "steps",
                "position",
            ] {
                map.remove(key);
            }
        }
        full
    }
}
