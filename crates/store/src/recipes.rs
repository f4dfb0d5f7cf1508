//! Recipes, and what they are made of: the operations behind change sets. It keeps steps and variables as they are given, and
//! does not know what they mean.

use contract::{ChangeSetId, ProjectId, Recipe, RecipeId, RecipeStep, RecordingId, SetState, Tag, Variable};
use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::assistant::folded;
use crate::change::read_state;
use crate::columns::{instant, instant_or_none, json_ids, micros};
use crate::error::{Result, StoreError};
use crate::open::Store;

/// What was called to make a change set, and what it made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// The set.
    pub set: ChangeSetId,
    /// When.
    pub at: Timestamp,
    /// What was done, in a few words.
    pub summary: String,
    /// Done, undone, or itself a reversal.
    pub state: SetState,
    /// The command and its input as JSON text. In it an item may carry the id that it had before Basecamp named it. `None`
    /// for what was done before operations were kept, and for reversals.
    pub call: Option<(String, String)>,
    /// The items that it made, by the ids that they have by now.
    pub items: Vec<RecordingId>,
    /// The project that it made.
    pub project: Option<ProjectId>,
}

impl Store {
    /// The operations behind some sets, oldest first, each once.
    ///
    /// # Errors
    /// [`StoreError::NoSet`] when one is not in the history.
    pub async fn operations(&self, sets: &[ChangeSetId]) -> Result<Vec<Operation>> {
        let rows = sqlx::query(
            "select s.id, s.at, s.summary, s.state, o.command, o.input,
                    (select json_group_array(key order by seq) from change
                     where set_id = s.id and kind = 'recording' and route = 'remote' and before is null) as items,
                    (select key from change where set_id = s.id and kind = 'project' and before is null) as project
             from change_set s left join operation o on o.set_id = s.id where s.who <> 'sync' and s.id in (select value from json_each(?)) order by s.id",
        )
        .bind(json_ids(sets.iter().map(|set| set.0)))
        .fetch_all(&self.inner.readers)
        .await?;
        let found = rows.iter().map(operation).collect::<Result<Vec<_>>>()?;
        match sets.iter().find(|set| found.iter().all(|found| found.set != **set)) {
            Some(missing) => Err(StoreError::NoSet(*missing)),
            None => Ok(found),
        }
    }

    /// What was kept to be done again, last used or made first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn recipes(&self) -> Result<Vec<Recipe>> {
        let rows = sqlx::query("select * from recipe order by coalesce(used_at, made_at) desc, id desc")
            .fetch_all(&self.inner.readers)
            .await?;
        rows.iter().map(recipe).collect()
    }

    /// A recipe.
    ///
    /// # Errors
    /// [`StoreError::NoRecipe`].
    pub async fn recipe(&self, id: RecipeId) -> Result<Recipe> {
        let mut db = self.inner.readers.acquire().await?;
        one(&mut db, id).await
    }

    /// Keeps a recipe. `None` when another one has that name.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn add_recipe(&self, name: &str, steps: &[RecipeStep], variables: &[Variable]) -> Result<Option<Recipe>> {
        let at = micros(self.now());
        let mut tx = self.begin_apart().await?;
        let id: Option<i64> = sqlx::query_scalar(
            "insert into recipe (name, folded, steps, variables, made_at) values (?, ?, ?, ?, ?)
             on conflict (folded) do nothing returning id",
        )
        .bind(name.to_owned())
        .bind(folded(name))
        .bind(serde_json::to_string(steps)?)
        .bind(serde_json::to_string(variables)?)
        .bind(at)
        .fetch_optional(tx.db())
        .await?;
        let Some(id) = id else { return Ok(None) };
        let kept = one(tx.db(), RecipeId(id)).await?;
        tx.touched.tag(Tag::Recipes);
        tx.commit().await?;
        Ok(Some(kept))
    }

    /// Renames a recipe. `None` when another one has that name.
    ///
    /// # Errors
    /// [`StoreError::NoRecipe`].
    pub async fn rename_recipe(&self, id: RecipeId, name: &str) -> Result<Option<Recipe>> {
        let mut tx = self.begin_apart().await?;
        one(tx.db(), id).await?;
        let done = sqlx::query("update or ignore recipe set name = ?, folded = ? where id = ?")
            .bind(name.to_owned())
            .bind(folded(name))
            .bind(id.0)
            .execute(tx.db())
            .await?;
        if done.rows_affected() == 0 {
            return Ok(None);
        }
        let renamed = one(tx.db(), id).await?;
        tx.touched.tag(Tag::Recipes);
        tx.commit().await?;
        Ok(Some(renamed))
    }

    /// Deletes a recipe for good.
    ///
    /// # Errors
    /// [`StoreError::NoRecipe`].
    pub async fn delete_recipe(&self, id: RecipeId) -> Result<()> {
        self.touch_recipe(id, sqlx::query("delete from recipe where id = ?").bind(id.0)).await
    }

    /// Notes that a recipe was run.
    ///
    /// # Errors
    /// [`StoreError::NoRecipe`].
    pub async fn recipe_used(&self, id: RecipeId) -> Result<()> {
        let at = micros(self.now());
        self.touch_recipe(id, sqlx::query("update recipe set used_at = ? where id = ?").bind(at).bind(id.0)).await
    }

    async fn touch_recipe(
        &self,
        id: RecipeId,
        query: sqlx::query::Query<'_, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>,
    ) -> Result<()> {
        let mut tx = self.begin_apart().await?;
        if query.execute(tx.db()).await?.rows_affected() == 0 {
            return Err(StoreError::NoRecipe(id));
        }
        tx.touched.tag(Tag::Recipes);
        tx.commit().await?;
        Ok(())
    }
}

async fn one(db: &mut SqliteConnection, id: RecipeId) -> Result<Recipe> {
    let row = sqlx::query("select * from recipe where id = ?").bind(id.0).fetch_optional(db).await?;
    recipe(&row.ok_or(StoreError::NoRecipe(id))?)
}

fn recipe(row: &SqliteRow) -> Result<Recipe> {
    Ok(Recipe {
        id: RecipeId(row.try_get("id")?),
        name: row.try_get("name")?,
        steps: serde_json::from_str(row.try_get("steps")?)?,
        variables: serde_json::from_str(row.try_get("variables")?)?,
        made_at: instant(row, "made_at")?,
        used_at: instant_or_none(row, "used_at")?,
    })
}

fn operation(row: &SqliteRow) -> Result<Operation> {
    let call = row.try_get::<Option<String>, _>("command")?.zip(row.try_get::<Option<String>, _>("input")?);
    let items: Vec<i64> = serde_json::from_str(row.try_get("items")?)?;
    Ok(Operation {
        set: ChangeSetId(row.try_get("id")?),
        at: instant(row, "at")?,
        summary: row.try_get("summary")?,
        state: read_state(row.try_get("state")?),
        call,
        items: items.into_iter().map(RecordingId).collect(),
        project: row.try_get::<Option<i64>, _>("project")?.map(ProjectId),
    })
}
