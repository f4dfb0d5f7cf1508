//! What the shell hears of the feed: how many approvals wait, for the tray, and what the system is to tell the person.

use std::collections::HashMap;
use std::pin::pin;
use std::time::Duration;

use contract::commands::{Conversations, ListConversations, ShowAutomations, ShowStatus};
use contract::{
    Caller, ChatEvent, Command, Conversation, ConversationId, Door, Fault, FeedBody, NewsKind, Notify, RecordingId,
    Settings, Tag, TurnStage, Wish, WorkspaceId,
};
use engine::Engine;
use futures::StreamExt;
use tauri::{AppHandle, Manager};

use crate::notices::{self, Leads, Notice};
use crate::tray::{Told, Tray};

/// What comes close together is taken together.
const TOGETHER: Duration = Duration::from_millis(400);
/// A change of these is looked at.
const TAGS: [Tag; 4] = [Tag::Conversations, Tag::Settings, Tag::Workspaces, Tag::Flows];

/// Hears the workspace that was opened last, until the app ends.
pub(crate) async fn hear(app: AppHandle, engine: Engine) {
    let mut ended = pin!(engine.ended());
    loop {
        let workspace = engine.last_opened().await.ok();
        tokio::select! {
            () = &mut ended => return,
            () = follow(&app, &engine, workspace) => {}
        }
    }
}

/// Ends when another workspace is the one that was opened last.
async fn follow(app: &AppHandle, engine: &Engine, workspace: Option<WorkspaceId>) {
    let mut feed = pin!(engine.attach(None, workspace));
    let (mut settings, mut news, mut stages) = (Settings::default(), Vec::new(), HashMap::new());
    let mut stale = false;
    loop {
        let rest = async {
            if stale || !news.is_empty() { tokio::time::sleep(TOGETHER).await } else { std::future::pending().await }
        };
        tokio::select! {
            biased;
            () = rest => {
                if std::mem::take(&mut stale) {
                    if engine.last_opened().await.ok() != workspace {
                        return;
                    }
                    if let Ok(status) = ask(engine, None, ShowStatus {}).await {
                        settings = status.settings;
                    }
                    tell_tray(app, engine, workspace, &mut stages).await;
                }
                notices::tell(app, &settings, std::mem::take(&mut news));
            }
            event = feed.next() => match event {
                Some(event) => {
                    stale |= is_telling(&event.body);
                    news.extend(notice(event.body, &settings, &mut stages));
                }
                // The app is about to end.
                None => return std::future::pending().await,
            }
        }
    }
}

async fn tell_tray(
    app: &AppHandle,
    engine: &Engine,
    workspace: Option<WorkspaceId>,
    stages: &mut HashMap<ConversationId, TurnStage>,
) {
    let list = ListConversations { query: None, archived: false, limit: None };
    let all: Conversations = match workspace {
        Some(_) => ask(engine, workspace, list).await.unwrap_or_default(),
        None => Vec::new(),
    };
    let paused = match workspace {
        Some(_) => ask(engine, workspace, ShowAutomations {}).await.is_ok_and(|stand| stand.paused),
        None => false,
    };
    for one in &all {
        stages.entry(one.id).or_insert(one.stage);
    }
    let waiting = all.iter().filter(|one| one.stage == TurnStage::Waiting).count();
    let handle = app.clone();
    let _ = app.run_on_main_thread(move || {
        if let Some(tray) = handle.try_state::<Tray>() {
            tray.tell(&handle, Told { waiting, paused });
        }
    });
}

async fn ask<C: Command>(engine: &Engine, workspace: Option<WorkspaceId>, command: C) -> Result<C::Reply, Fault> {
    let unreadable = |why: serde_json::Error| Fault::new(contract::Code::Internal, why.to_string());
    let payload = serde_json::to_string(&command).map_err(unreadable)?;
    let reply = engine.call(&Caller::person(Door::Window, workspace), C::NAME, &payload).await?;
    serde_json::from_str(&reply).map_err(unreadable)
}

/// Whether this may change what the tray tells.
fn is_telling(body: &FeedBody) -> bool {
    match body {
        FeedBody::Reset | FeedBody::Chat { event: ChatEvent::Stage { .. }, .. } => true,
        FeedBody::Changed { tags, .. } => tags.iter().any(|tag| TAGS.contains(tag)),
        FeedBody::Chat { .. }
        | FeedBody::Renamed { .. }
        | FeedBody::Sync { .. }
        | FeedBody::Notification { .. }
        | FeedBody::Notice { .. } => false,
    }
}

/// What the system is to tell of it.
fn notice(body: FeedBody, settings: &Settings, stages: &mut HashMap<ConversationId, TurnStage>) -> Option<Notice> {
    match body {
        FeedBody::Notification { title, body, link } => {
            Some(Notice { kind: NewsKind::Automation, title, body, leads: leads(link) })
        }
        FeedBody::Notice { fault } => Some(Notice {
            kind: NewsKind::Trouble,
            title: "PM OS needs you".into(),
            body: fault.message,
            leads: Leads::Home,
        }),
        FeedBody::Chat { event: ChatEvent::Stage { conversation, .. }, .. } => {
            let before = stages.insert(conversation.id, conversation.stage);
            // Whoever wants news together, or once a day, hears of it in the app.
            came(before, &conversation).filter(|_| settings.notify == Notify::Immediate)
        }
        FeedBody::Reset
        | FeedBody::Changed { .. }
        | FeedBody::Renamed { .. }
        | FeedBody::Sync { .. }
        | FeedBody::Chat { .. } => None,
    }
}

fn leads(link: Option<String>) -> Leads {
    match link {
        None => Leads::Home,
        Some(link) => match link.parse() {
            Ok(item) => Leads::In(Wish::Item(RecordingId(item))),
            Err(_) => Leads::Out(link),
        },
    }
}

/// What came of a conversation that stood there before.
fn came(before: Option<TurnStage>, now: &Conversation) -> Option<Notice> {
    let worked = matches!(before, Some(TurnStage::Thinking | TurnStage::Working));
    let (kind, body) = match now.stage {
        TurnStage::Waiting if before != Some(TurnStage::Waiting) => (NewsKind::Approval, "It waits for your decision."),
        TurnStage::Idle if worked => (NewsKind::Answer, "It has an answer."),
        TurnStage::Idle | TurnStage::Thinking | TurnStage::Working | TurnStage::Waiting => return None,
    };
    let title = if now.title.trim().is_empty() { "Assistant".to_owned() } else { now.title.clone() };
    let leads = Leads::In(Wish::Go(format!("/assistant/{}", now.id)));
    Some(Notice { kind, title, body: body.into(), leads })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn conversation(stage: TurnStage) -> Conversation {
        let at = jiff::Timestamp::UNIX_EPOCH;
        Conversation {
            id: ConversationId(3),
            title: "Plan".into(),
            created_at: at,
            updated_at: at,
            archived: false,
            model: None,
            draft: String::new(),
            branched_from: None,
            stage,
        }
    }

    #[test]
    fn what_begins_to_wait_is_told_once_and_leads_to_its_conversation() {
        let waits = conversation(TurnStage::Waiting);
        let told = came(Some(TurnStage::Working), &waits).unwrap();
        assert_eq!((told.kind, told.leads), (NewsKind::Approval, Leads::In(Wish::Go("/assistant/3".into()))));
        assert_eq!(came(Some(TurnStage::Waiting), &waits), None);
    }

    #[test]
    fn an_answer_is_news_only_after_work() {
        let idle = conversation(TurnStage::Idle);
        assert_eq!(came(Some(TurnStage::Thinking), &idle).unwrap().kind, NewsKind::Answer);
        assert_eq!(came(Some(TurnStage::Idle), &idle), None);
        assert_eq!(came(None, &idle), None);
    }

    #[test]
    fn a_notification_leads_to_an_item_an_address_or_home() {
        assert_eq!(leads(Some("12".into())), Leads::In(Wish::Item(RecordingId(12))));
        assert_eq!(leads(Some("https://a.example".into())), Leads::Out("https://a.example".into()));
        assert_eq!(leads(None), Leads::Home);
    }

    #[test]
    fn news_that_is_wanted_together_is_not_told_at_once() {
        let stage = |stage| FeedBody::Chat {
            conversation: ConversationId(3),
            event: ChatEvent::Stage { conversation: conversation(stage), queued: Vec::new() },
        };
        let settings = Settings { notify: Notify::Digest, ..Settings::default() };
        let mut stages = HashMap::from([(ConversationId(3), TurnStage::Working)]);
        assert_eq!(notice(stage(TurnStage::Waiting), &settings, &mut stages), None);
    }
}
