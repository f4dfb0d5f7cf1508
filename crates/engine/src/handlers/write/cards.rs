//! Cards and their steps.

use contract::commands::{CompleteStep, CreateCard, MoveCard, UpdateCard};
use contract::{Fault, Kind, Written};

use super::todos::changed;
use super::{quote, title};
use crate::html::rich;
use crate::router::{Ask, Handle};

const COLUMNS: &[Kind] = &[Kind::TriageColumn, Kind::NotNowColumn, Kind::Column, Kind::DoneColumn, Kind::OnHoldColumn];

impl Handle<CreateCard> for Ask<'_> {
    async fn handle(&self, input: CreateCard) -> Result<Written, Fault> {
        let mut draft = self.draft().await?;
        let column = draft.place("column", input.column, COLUMNS).await?;
        let mut card = draft.blank(Kind::Card, column.project, column.id).await?;
        card.title = title(&input.title)?;
        card.body = rich(&input.body);
        card.due_on = input.due_on;
        card.assignees = draft.people("assignees", input.assignees).await?;
        draft.append(&mut card).await?;
        draft.tick(&mut card, column.kind == Kind::DoneColumn);
        let summary = format!("Added the card {} to “{}”", quote(&card), column.title);
        draft.send(summary, card, &[]).await
    }
}

impl Handle<UpdateCard> for Ask<'_> {
    async fn handle(&self, input: UpdateCard) -> Result<Written, Fault> {
        let mut draft = self.draft().await?;
        let mut card = draft.item(input.id, &[Kind::Card]).await?;
        let before = card.clone();
        if let Some(text) = input.title {
            card.title = title(&text)?;
        }
        if let Some(text) = input.body {
            card.body = rich(&text);
        }
        if let Some(due) = input.due_on {
            card.due_on = due;
        }
        if let Some(people) = input.assignees {
            card.assignees = draft.people("assignees", people).await?;
        }
        let summary = changed(&before, &card);
        draft.send(summary, card, &[]).await
    }
}

impl Handle<MoveCard> for Ask<'_> {
    async fn handle(&self, input: MoveCard) -> Result<Written, Fault> {
        let mut draft = self.draft().await?;
        let mut card = draft.item(input.id, &[Kind::Card]).await?;
        let column = draft.place("column", input.column, COLUMNS).await?;
        if column.project != card.project {
            return Err(Fault::invalid(
                "column",
                "A card moves within its project. Choose a column of the same project.",
            ));
        }
        let summary = if card.parent == Some(column.id) {
            format!("Moved {} within “{}”", quote(&card), column.title)
        } else {
            format!("Moved {} to “{}”", quote(&card), column.title)
        };
        card.parent = Some(column.id);
        draft.tick(&mut card, column.kind == Kind::DoneColumn);
        draft.place_at(&mut card, input.position).await?;
        draft.send(summary, card, &[]).await
    }
}

impl Handle<CompleteStep> for Ask<'_> {
    async fn handle(&self, input: CompleteStep) -> Result<Written, Fault> {
        let mut draft = self.draft().await?;
        let mut step = draft.item(input.id, &[Kind::Step]).await?;
        draft.tick(&mut step, input.completed);
        let summary =
            format!("{} the step {}", if input.completed { "Completed" } else { "Opened again" }, quote(&step));
        draft.send(summary, step, &[]).await
    }
}
