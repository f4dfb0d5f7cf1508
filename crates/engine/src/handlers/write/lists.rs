//! What to-dos and cards are made in: to-do lists and columns.

use contract::commands::{CreateColumn, CreateList};
use contract::{Fault, Kind, Written};

use super::{quote, shortened, title};
use crate::fault::IntoFault;
use crate::html::rich;
use crate::router::{Ask, Handle};

impl Handle<CreateList> for Ask<'_> {
    async fn handle(&self, input: CreateList) -> Result<Written, Fault> {
        let mut draft = self.draft().await?;
        let set = draft.tool(input.project, Kind::TodoSet, "to-do set").await?;
        let project = draft.tx.project(set.project).await.into_fault()?;
        let project = project.map(|project| project.name).unwrap_or_default();
        let mut list = draft.blank(Kind::TodoList, set.project, set.id).await?;
        list.title = title(&input.title)?;
        list.body = rich(&input.description);
        draft.append(&mut list).await?;
        let summary = format!("Added the to-do list {} to “{}”", quote(&list), shortened(&project));
        draft.send(summary, list, &[]).await
    }
}

impl Handle<CreateColumn> for Ask<'_> {
    async fn handle(&self, input: CreateColumn) -> Result<Written, Fault> {
        let mut draft = self.draft().await?;
        let table = draft.place("table", input.table, &[Kind::CardTable]).await?;
        let mut column = draft.blank(Kind::Column, table.project, table.id).await?;
        column.title = title(&input.title)?;
        draft.append(&mut column).await?;
        let summary = format!("Added the column {} to “{}”", quote(&column), table.title);
        draft.send(summary, column, &[]).await
    }
}
