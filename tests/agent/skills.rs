//! What the built-in assistant does in several steps at once, and what it remembers, on a real engine in the sample company.

use contract::commands::{
    ForgetMemory, ListMemories, ListRecipes, Remember, ShowBoards, ShowDirectory, ShowItem, ShowTodoLists,
};
use contract::{ConversationView, MemoryId, Status, TurnStage};

use super::requests::{allowed, company};
use super::talk::answer;
use crate::stories::server::{facts, same};

/// The memories that the last turn rested on.
fn recalled(view: &ConversationView) -> Vec<MemoryId> {
    view.turns.iter().max_by_key(|used| used.turn).map(|used| used.memories.clone()).unwrap_or_default()
}

#[tokio::test]
async fn only_memories_that_an_answer_rests_on_are_told_as_used() {
    let desk = company().await;
    let remember = async |text: &str| desk.does(Remember { text: text.into() }).await.id;
    let designer = remember("our designer is Priya").await;
    let short = remember("I prefer short lists").await;
    let sprint = remember("the sprint starts on Wednesday").await;
    let talk = desk.talks().await;
    assert_eq!(recalled(&talk.says("Who is Tomás?").await), []);
    assert_eq!(recalled(&talk.says("Show our designer's tasks").await), [designer, short]);
    let view = talk.says("What is due today in the website project?").await;
    assert_eq!(recalled(&view), [], "{}", answer(&view));
    let mut all = recalled(&talk.says("What do you remember?").await);
    all.sort_unstable();
    assert_eq!(all, [designer, short, sprint]);
    let used = desk.does(ListMemories {}).await;
    assert!(used.iter().all(|memory| memory.used_at.is_some()), "{used:?}");
    // What was kept is gone at once when it is forgotten.
    desk.does(ForgetMemory { id: designer }).await;
    let view = talk.says("What does our designer have due?").await;
    assert!(answer(&view).starts_with("Which of these do you mean?"), "{}", answer(&view));
}

#[tokio::test]
async fn a_whole_project_is_planned_on_one_card_and_taken_back_as_one() {
    let desk = company().await;
    let (before, there) = (facts(&desk), desk.does(ShowDirectory {}).await.projects.len());
    let talk = desk.talks().await;
    let asked = "Create a project for the summer fair with Tomás, a list Launch containing Book venue due next Friday for Priya \
                 and Order flyers, a list Press, and the columns Doing and Review";
    let view = talk.says(asked).await;
    assert_eq!(view.conversation.stage, TurnStage::Waiting, "{}", answer(&view));
    assert_eq!(talk.waiting().await.len(), 1, "it is one card");
    same(&before, &facts(&desk), "while the card waits");
    let view = talk.allows_all().await;
    assert_eq!(view.conversation.stage, TurnStage::Idle);
    let told = answer(&view);
    assert!(told.starts_with("Created the project [Summer fair](project:") && !told.contains("stopped"), "{told}");
    desk.nothing_waits().await;
    let projects = desk.does(ShowDirectory {}).await.projects;
    let made = projects.iter().find(|row| row.project.name == "Summer fair").unwrap().project.id;
    let lists = desk.does(ShowTodoLists { project: made, completed: false, put_away: false }).await;
    let titles: Vec<&str> = lists.sections.iter().map(|section| section.list.title.as_str()).collect();
    assert_eq!(titles, ["Launch", "Press"]);
    let todos: Vec<(&str, Option<String>, usize)> = lists.sections[0]
        .todos
        .iter()
        .map(|todo| (todo.title.as_str(), todo.due_on.map(|day| day.to_string()), todo.assignees.len()))
        .collect();
    assert_eq!(todos, [("Book venue", Some("2026-11-27".into()), 1), ("Order flyers", None, 0)]);
    let boards = desk.does(ShowBoards { project: made }).await;
    for column in ["Doing", "Review"] {
        assert!(boards.iter().flat_map(|board| &board.columns).any(|own| own.column.title == column), "{column}");
    }
    let _ = allowed(&talk, "Undo what you just did").await;
    let left = desk.does(ShowDirectory {}).await.projects;
    let left = left.iter().filter(|row| row.project.status == Status::Active && row.project.id == made).count();
    assert!(left == 0 && there > 0, "the project is still there");
    desk.truth_holds("after taking the plan back").await;
}

#[tokio::test]
async fn what_was_done_is_kept_as_a_recipe_run_again_and_taken_back() {
    let desk = company().await;
    let talk = desk.talks().await;
    let _ =
        allowed(&talk, "Add a to-do \"Set the week up\" to Launch in the website project, due Monday, for Priya").await;
    let mut view = talk.says("Save what you just did as a recipe called weekly setup").await;
    while view.conversation.stage == TurnStage::Waiting {
        view = talk.allows_all().await;
    }
    assert!(answer(&view).starts_with("Kept as the recipe “weekly setup” with **1 step**"), "{}", answer(&view));
    let recipes = desk.does(ListRecipes {}).await;
    assert_eq!(recipes.len(), 1);
    let view = talk.says("What recipes do I have?").await;
    assert!(answer(&view).contains("**weekly setup** – 1 step"), "{}", answer(&view));
    let before = facts(&desk);
    let view = allowed(&talk, "Run weekly setup with person = Tomás and day = Friday").await;
    assert!(answer(&view).starts_with("Ran “weekly setup”:"), "{}", answer(&view));
    let after = facts(&desk);
    let made: Vec<_> = after.iter().filter(|(id, _)| !before.contains_key(id)).collect();
    assert_eq!(made.len(), 1, "{made:#?}");
    let (id, fact) = made[0];
    assert_eq!(
        (fact.title.as_str(), fact.due_on.map(|day| day.to_string())),
        ("Set the week up", Some("2026-11-20".into()))
    );
    let people = desk.does(ShowDirectory {}).await.people;
    let tomas = people.iter().find(|person| person.name.starts_with("Tomás")).unwrap().id;
    assert_eq!(fact.assignees, [tomas.0]);
    let _ = allowed(&talk, "Undo what you just did").await;
    assert_eq!(desk.does(ShowItem { id: contract::RecordingId(*id) }).await.item.status, Status::Trashed);
    // A value that fits nothing runs nothing.
    let writes = desk.writes_seen();
    for unclear in
        ["Run weekly setup with person = Zebediah", "Run weekly setup with colour = green", "Run the moon landing"]
    {
        let view = talk.says(unclear).await;
        assert_eq!(view.conversation.stage, TurnStage::Idle, "{unclear}: {}", answer(&view));
    }
    assert_eq!(desk.writes_seen(), writes);
}
