//! To-dos.

use contract::commands::{AssignTodo, CompleteTodo, CreateTodo, MoveTodo, UncompleteTodo, UpdateTodo};
use contract::{Fault, Kind, Recording, RecordingId, Written};

use super::{Draft, dates, day, quote, title};
use crate::html::rich;
use crate::router::{Ask, Handle};

const PLACES: &[Kind] = &[Kind::TodoList, Kind::TodoGroup, Kind::TodoSet];

impl Handle<CreateTodo> for Ask<'_> {
    async fn handle(&self, input: CreateTodo) -> Result<Written, Fault> {
        let mut draft = self.draft().await?;
        let parent = draft.place("parent", input.parent, PLACES).await?;
        let mut todo = draft.blank(Kind::Todo, parent.project, parent.id).await?;
        todo.title = title(&input.title)?;
        todo.body = rich(&input.body);
        todo.starts_on = input.starts_on;
        todo.due_on = input.due_on;
        todo.assignees = draft.people("assignees", input.assignees).await?;
        dates(&todo)?;
        draft.append(&mut todo).await?;
        let summary = format!("Added the to-do {} to “{}”", quote(&todo), parent.title);
        draft.send(summary, todo, &[]).await
    }
}

impl Handle<UpdateTodo> for Ask<'_> {
    async fn handle(&self, input: UpdateTodo) -> Result<Written, Fault> {
        let mut draft = self.draft().await?;
        let mut todo = draft.item(input.id, &[Kind::Todo]).await?;
        let before = todo.clone();
        if let Some(text) = input.title {
            todo.title = title(&text)?;
        }
        if let Some(text) = input.body {
            todo.body = rich(&text);
        }
        if let Some(starts) = input.starts_on {
            todo.starts_on = starts;
        }
        if let Some(due) = input.due_on {
            todo.due_on = due;
        }
        if let Some(people) = input.assignees {
            todo.assignees = draft.people("assignees", people).await?;
        }
        dates(&todo)?;
        let summary = changed(&before, &todo);
        draft.send(summary, todo, &[]).await
    }
}

/// “Moved “Book the studio” to 2026-11-24”, when one thing changed; otherwise that it changed.
pub(super) fn changed(before: &Recording, after: &Recording) -> String {
    let what = quote(before);
    let differs = [
        before.title != after.title,
        before.body != after.body,
        before.due_on != after.due_on,
        before.starts_on != after.starts_on,
        before.assignees != after.assignees,
    ];
    match differs {
        [true, false, false, false, false] => format!("Renamed {what} to {}", quote(after)),
        [false, true, false, false, false] => format!("Edited the notes of {what}"),
        [false, false, true, false, false] => format!("Made {what} due {}", day(after.due_on)),
        [false, false, false, true, false] => format!("Made {what} start {}", day(after.starts_on)),
        [false, false, false, false, true] => format!("Changed who does {what}"),
        _ => format!("Changed {what}"),
    }
}

impl Ask<'_> {
    async fn tick(&self, id: RecordingId, done: bool) -> Result<Written, Fault> {
        let mut draft = self.draft().await?;
        let mut todo = draft.item(id, &[Kind::Todo]).await?;
        draft.tick(&mut todo, done);
        let summary = format!("{} {}", if done { "Completed" } else { "Opened again" }, quote(&todo));
        draft.send(summary, todo, &[]).await
    }
}

impl Draft<'_> {
    /// Sets the three fields that go together. What already is so keeps who did it and when.
    pub(super) fn tick(&self, item: &mut Recording, done: bool) {
        if item.completed == done {
            return;
        }
        item.completed = done;
        item.completed_at = done.then(|| self.desk.now());
        item.completer = self.me.filter(|_| done);
    }
}

impl Handle<CompleteTodo> for Ask<'_> {
    async fn handle(&self, CompleteTodo { id }: CompleteTodo) -> Result<Written, Fault> {
        self.tick(id, true).await
    }
}

impl Handle<UncompleteTodo> for Ask<'_> {
    async fn handle(&self, UncompleteTodo { id }: UncompleteTodo) -> Result<Written, Fault> {
        self.tick(id, false).await
    }
}

impl Handle<MoveTodo> for Ask<'_> {
    async fn handle(&self, input: MoveTodo) -> Result<Written, Fault> {
        let mut draft = self.draft().await?;
        let mut todo = draft.item(input.id, &[Kind::Todo]).await?;
        let mut summary = format!("Moved {}", quote(&todo));
        if let Some(parent) = input.parent {
            let parent = draft.place("parent", parent, PLACES).await?;
            if parent.project != todo.project {
                return Err(Fault::invalid(
                    "parent",
                    "A to-do moves within its project. Choose a list of the same project.",
                ));
            }
            if todo.parent != Some(parent.id) {
                summary = format!("{summary} to “{}”", parent.title);
            }
            todo.parent = Some(parent.id);
        }
        draft.place_at(&mut todo, input.position).await?;
        draft.send(summary, todo, &[]).await
    }
}

impl Handle<AssignTodo> for Ask<'_> {
    async fn handle(&self, input: AssignTodo) -> Result<Written, Fault> {
        let mut draft = self.draft().await?;
        let mut todo = draft.item(input.id, &[Kind::Todo]).await?;
        todo.assignees = draft.people("assignees", input.assignees).await?;
        let summary = format!("Changed who does {}", quote(&todo));
        draft.send(summary, todo, &[]).await
    }
}
