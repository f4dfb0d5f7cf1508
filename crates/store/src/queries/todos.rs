//! A project's to-dos, as lists, groups and loose ones.

use std::collections::HashMap;

use contract::{Kind, ProjectId, RecordingId, Row, TodoLists, TodoSection};

use super::rows::{row, row_columns};
use crate::error::Result;
use crate::open::Store;

impl Store {
    /// A project's to-dos: loose ones first, then the lists. With `completed` also those that are ticked off, behind the
    /// open ones; with `put_away` also what is archived or in the trash.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn todo_lists(&self, project: ProjectId, completed: bool, put_away: bool) -> Result<TodoLists> {
        let rows = sqlx::query(concat!(
            "select ",
            row_columns!(),
            " from recording r where r.project = ?1 and r.kind in ('Todoset', 'Todolist', 'Todolist::Group', 'Todo')
               and (r.status in ('active', 'drafted') or (?2 and r.status in ('archived', 'trashed')))
               and (?3 or not r.completed or r.kind <> 'Todo')
             order by r.completed and r.kind = 'Todo', r.position is null, r.position, r.id"
        ))
        .bind(project.0)
        .bind(put_away)
        .bind(completed)
        .fetch_all(&self.inner.readers)
        .await?;
        let mut sets = Vec::new();
        let mut lists = Vec::new();
        let mut within: HashMap<Option<RecordingId>, Inside> = HashMap::new();
        for row in rows.iter().map(row) {
            let row = row?;
            if row.kind == Kind::TodoSet {
                sets.push(row);
            } else if row.kind == Kind::TodoList {
                lists.push(row);
            } else if row.kind == Kind::TodoGroup {
                within.entry(row.parent).or_default().groups.push(row);
            } else {
                within.entry(row.parent).or_default().todos.push(row);
            }
        }
        let mut sections: Vec<TodoSection> =
            sets.into_iter().map(|set| section(set, &mut within)).filter(|set| !set.todos.is_empty()).collect();
        sections.extend(lists.into_iter().map(|list| section(list, &mut within)));
        Ok(TodoLists { sections })
    }
}

#[derive(Default)]
struct Inside {
    todos: Vec<Row>,
    groups: Vec<Row>,
}

fn section(list: Row, within: &mut HashMap<Option<RecordingId>, Inside>) -> TodoSection {
    let inside = within.remove(&Some(list.id)).unwrap_or_default();
    let groups = inside
        .groups
        .into_iter()
        .map(|group| {
            let todos = within.remove(&Some(group.id)).unwrap_or_default().todos;
            TodoSection { list: group, todos, groups: Vec::new() }
        })
        .collect();
    TodoSection { list, todos: inside.todos, groups }
}
