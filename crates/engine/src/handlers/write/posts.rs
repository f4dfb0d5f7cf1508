//! Comments, messages and schedule entries: what other people read.

use contract::commands::{AddComment, AddScheduleEntry, PostMessage};
use contract::{Code, Fault, Kind, ProjectId, Recording, Written};

use super::{Draft, quote, span, title};
use crate::fault::IntoFault;
use crate::html::rich;
use crate::router::{Ask, Handle};

impl Draft<'_> {
    /// The tool of a project's dock that holds such items.
    pub(super) async fn tool(&mut self, project: ProjectId, kind: Kind, called: &str) -> Result<Recording, Fault> {
        let no_tool = |name: &str| {
            Fault::invalid("project", format!("“{name}” has no {called}. Switch it on in Basecamp first."))
        };
        let found = self.tx.project(project).await.into_fault()?;
        let project = found
            .ok_or_else(|| Fault::new(Code::NotFound, format!("There is no project {project} in this workspace.")))?;
        for tool in project.dock.iter().filter(|tool| tool.enabled) {
            if let Some(place) = self.tx.get(tool.id).await.into_fault()?
                && place.kind == kind
            {
                return Ok(place);
            }
        }
        Err(no_tool(&project.name))
    }
}

impl Handle<AddComment> for Ask<'_> {
    async fn handle(&self, input: AddComment) -> Result<Written, Fault> {
        let body = rich(&input.body);
        if body.is_empty() {
            return Err(Fault::invalid("body", "A comment needs some words."));
        }
        let mut draft = self.draft().await?;
        let mut item = draft.item(input.item, &[]).await?;
        let open = matches!(
            item.kind,
            Kind::Todo
                | Kind::TodoList
                | Kind::TodoGroup
                | Kind::Card
                | Kind::Message
                | Kind::Document
                | Kind::Upload
                | Kind::ScheduleEntry
                | Kind::Answer
        );
        if !open {
            let message = format!("Basecamp takes no comments on a {}.", super::noun(item.kind));
            return Err(Fault::invalid("item", message));
        }
        let mut comment = draft.blank(Kind::Comment, item.project, item.id).await?;
        comment.body = body;
        let summary = format!("Commented on {}", quote(&item));
        item.comments += 1;
        draft.tx.put_derived(vec![item]).await.into_fault()?;
        draft.send(summary, comment, &[]).await
    }
}

impl Handle<PostMessage> for Ask<'_> {
    async fn handle(&self, input: PostMessage) -> Result<Written, Fault> {
        let mut draft = self.draft().await?;
        let board = draft.tool(input.project, Kind::MessageBoard, "message board").await?;
        let notify = draft.people("notify", input.notify).await?;
        let mut message = draft.blank(Kind::Message, board.project, board.id).await?;
        message.title = title(&input.title)?;
        message.body = rich(&input.body);
        let summary = format!("Posted the message {}", quote(&message));
        draft.send(summary, message, &notify).await
    }
}

impl Handle<AddScheduleEntry> for Ask<'_> {
    async fn handle(&self, input: AddScheduleEntry) -> Result<Written, Fault> {
        let mut draft = self.draft().await?;
        let schedule = draft.tool(input.project, Kind::Schedule, "schedule").await?;
        let mut entry = draft.blank(Kind::ScheduleEntry, schedule.project, schedule.id).await?;
        entry.title = title(&input.title)?;
        entry.body = rich(&input.body);
        entry.span = Some(span(input.span)?);
        entry.assignees = draft.people("participants", input.participants).await?;
        let summary = format!("Added {} to the schedule", quote(&entry));
        draft.send(summary, entry, &[]).await
    }
}
