//! The account's event feed, where there is one: a list of pointers to what changed. It is late and not complete, so it
//! only makes a pass quicker to notice; the watermarks decide.

use std::collections::{BTreeMap, BTreeSet};

use basecamp_sdk::routes;
use contract::{Kind, ProjectId, RecordingId};
use futures::{StreamExt, TryStreamExt};
use serde_json::Value;

use super::run::Run;
use super::{Mirror, Progress, Stage, Stopped};
use crate::Trouble;
use crate::wire::{Batch, Fields};

const POSITION: &str = "feed.position";
const LAST_EVENT: &str = "feed.last-event";
/// Beyond this many pointers the listings tell the same in fewer requests.
const LOOKED_AT: usize = 60;
/// Pages of the feed that one pass reads at most.
const PAGES: usize = 200;

/// What the feed told.
#[derive(Debug, Default)]
pub(super) struct News {
    /// There is a feed.
    pub(super) told: bool,
    /// Projects in whose chats something was said.
    pub(super) chats: BTreeSet<ProjectId>,
}

struct Answer {
    events: Vec<Value>,
    position: Option<String>,
    more: bool,
}

impl<M: Mirror, P: Progress> Run<'_, M, P> {
    /// Remembers where the feed stands, so that the first warm pass begins where the first fetch began.
    pub(super) async fn enter_feed(&self) -> Result<(), Stopped<M::Error>> {
        self.breathe().await?;
        match self.poll("since", "now").await {
            Ok(answer) => self.mark(POSITION, answer.position.as_deref()).await,
            Err(trouble) if optional(&trouble) => Ok(()),
            Err(trouble) => Err(trouble.into()),
        }
    }

    /// Reads the feed to its end and looks at what it names.
    pub(super) async fn news(&self, marks: &BTreeMap<String, String>) -> Result<News, Stopped<M::Error>> {
        self.started(Stage::Feed);
        let mut news = News::default();
        let mut named: BTreeMap<RecordingId, Kind> = BTreeMap::new();
        let mut position = marks.get(POSITION).cloned();
        let mut last_event = marks.get(LAST_EVENT).cloned();
        for _ in 0..PAGES {
            self.breathe().await?;
            let answer = match &position {
                Some(position) => self.poll("position", position).await,
                None => self.poll("since", last_event.as_deref().unwrap_or("now")).await,
            };
            let answer = match answer {
                Ok(answer) => answer,
                // The position is no good any more: enter again after the last event that was seen.
                Err(Trouble::Refused { status: 400 | 409, .. }) if position.is_some() => {
                    position = None;
                    self.reconcile_soon();
                    continue;
                }
                // What lies before is not kept any more.
                Err(Trouble::Refused { status: 400 | 409 | 410, .. }) if position.is_some() || last_event.is_some() => {
                    position = None;
                    last_event = None;
                    self.reconcile_soon();
                    continue;
                }
                Err(trouble) if optional(&trouble) => {
                    self.finished(Stage::Feed);
                    return Ok(news);
                }
                Err(trouble) => return Err(trouble.into()),
            };
            news.told = true;
            for event in &answer.events {
                let Some(event) = Fields::of(event) else {
                    continue;
                };
                last_event = event.id("id").map(|id| id.to_string()).or(last_event);
                note(event, &mut named, &mut news.chats);
            }
            self.advanced(Stage::Feed, answer.events.len());
            position = answer.position.or(position);
            if !answer.more {
                break;
            }
        }
        if named.len() <= LOOKED_AT {
            self.look_at(named).await?;
        }
        // Only after what it named is kept.
        if news.told {
            self.moved(POSITION, position, marks).await?;
            self.moved(LAST_EVENT, last_event, marks).await?;
        }
        self.finished(Stage::Feed);
        Ok(news)
    }

    async fn moved(
        &self,
        key: &str,
        to: Option<String>,
        marks: &BTreeMap<String, String>,
    ) -> Result<(), Stopped<M::Error>> {
        if to.as_ref() == marks.get(key) {
            return Ok(());
        }
        self.mark(key, to.as_deref()).await
    }

    async fn look_at(&self, named: BTreeMap<RecordingId, Kind>) -> Result<(), Stopped<M::Error>> {
        let looked: Vec<_> = futures::stream::iter(named)
            .map(|(id, kind)| self.look(kind, id))
            .buffer_unordered(6)
            .try_collect()
            .await?;
        let batch = Batch { records: looked.into_iter().flatten().collect(), skipped: Vec::new() };
        self.keep(batch).await?;
        Ok(())
    }

    async fn poll(&self, key: &str, value: &str) -> Result<Answer, Trouble> {
        let mut operation = self.api.route(&routes::POLL_EVENTS, &[]);
        operation.query(key, value);
        let raw = self.api.read(operation).await?;
        let value: Value =
            serde_json::from_str(raw.get()).map_err(|error| Trouble::malformed(format!("the feed ({error})")))?;
        let fields = Fields::of(&value).ok_or_else(|| Trouble::malformed("the feed"))?;
        Ok(Answer {
            events: fields.list("events").to_vec(),
            position: Some(fields.text("position")).filter(|position| !position.is_empty()),
            more: !fields.text("next").is_empty(),
        })
    }
}

/// A feed that is not there, or not for us, is no trouble: the watermarks do without.
fn optional(trouble: &Trouble) -> bool {
    trouble.hides() || matches!(trouble, Trouble::Refused { .. })
}

fn note(event: Fields<'_>, named: &mut BTreeMap<RecordingId, Kind>, chats: &mut BTreeSet<ProjectId>) {
    let name = event.first(&["event_type", "kind"]);
    let kind = match name.as_str() {
        name if name.starts_with("chat.") => {
            chats.extend(event.id("bucket_id").map(ProjectId));
            None
        }
        name if name.starts_with("todo.") => Some(Kind::Todo),
        name if name.starts_with("card.") => Some(Kind::Card),
        name if name.starts_with("comment.") => Some(Kind::Comment),
        name if name.starts_with("message.") => Some(Kind::Message),
        name if name.starts_with("question.answer.") => Some(Kind::Answer),
        name if name.starts_with("question.") => Some(Kind::Question),
        _ => None,
    };
    if let (Some(kind), Some(id)) = (kind, event.id("recording_id")) {
        named.insert(RecordingId(id), kind);
    }
}
