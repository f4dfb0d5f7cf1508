//! The automations that are promised: thirty, each in two phrasings. What is understood is more, since each is made of a
//! start and of acts, and any start goes with any acts.

/// An automation that is built when it is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Promised {
    /// What it is known by.
    pub id: &'static str,
    /// Ways to ask for it.
    pub says: [&'static str; 2],
}

macro_rules! promised {
    ($($id:literal: $one:literal, $other:literal;)*) => {
        &[$(Promised { id: $id, says: [$one, $other] }),*]
    };
}

/// All of them. Names of people, projects, lists and channels stand for any.
pub const PROMISED: &[Promised] = promised! {
    "overdue-tell-assignee":
        "When a to-do is overdue, tell its assignee in Slack",
        "Message the assignee on Slack whenever a task becomes overdue";
    "overdue-post-channel":
        "When a to-do in the website relaunch is overdue, post to #website in Slack",
        "Post to #website in Slack whenever a task of the website relaunch is late";
    "overdue-comment":
        "When a to-do is overdue, comment “What is in the way?” on it",
        "Leave a comment saying “What is in the way?” whenever a task goes overdue";
    "overdue-notify":
        "When one of my to-dos is overdue, notify me",
        "Let me know whenever a task of mine becomes overdue";
    "overdue-approve-postpone":
        "When a to-do is overdue, ask me for approval and then postpone it by 3 days",
        "Whenever a task is late, wait for my approval, then push its due day back by three days";
    "due-soon-mail":
        "Two days before a to-do is due, e-mail its assignee",
        "Send the assignee an e-mail 2 days before a task is due";
    "due-tomorrow-tell":
        "When a card is due tomorrow, tell its assignee in Slack",
        "Ping the assignee in Slack a day before a card is due";
    "done-post":
        "When a to-do is completed, post to #wins in Slack",
        "Post to #wins in Slack every time a task is done";
    "done-follow-up":
        "When a to-do in the Build list is completed, create a to-do “Test it” in the Testing list",
        "Add a to-do “Test it” to the Testing list whenever somebody completes a task in the Build list";
    "done-wait-check":
        "When a to-do is completed, wait 2 days, then create a to-do “Check again” in the Launch list",
        "Whenever a task is finished, wait two days and then add a to-do “Check again” to the Launch list";
    "moved-post":
        "When a card is moved to Done, post to #releases in Slack",
        "Tell #releases in Slack whenever a card reaches the Done column";
    "moved-assign":
        "When a card is moved to In review, assign it to Aiko",
        "Assign it to Aiko whenever a card enters In review";
    "moved-comment":
        "When a card moves to Ready to ship, comment “Please test this” on it",
        "Comment “Please test this” on it every time somebody moves a card into Ready to ship";
    "card-assign":
        "When a card is added to Triage, assign it to Tomás",
        "Give it to Tomás whenever there is a new card in Triage";
    "bug-move":
        "When a card with “bug” in its title is created, move it to In progress",
        "Move it to In progress as soon as a card whose title contains “bug” is added";
    "unassigned-assign":
        "When a to-do is created without an assignee, assign it to me",
        "Assign it to me whenever a task is added with nobody assigned";
    "message-mail":
        "When a message is posted in the office move, e-mail me",
        "Send me an e-mail every time somebody posts a message in the office move";
    "comment-notify":
        "When somebody comments on one of my to-dos, notify me",
        "Let me know whenever a task of mine gets a new comment";
    "comment-summary":
        "When somebody comments on a card, summarise it and post to #clients in Slack",
        "Whenever a card gets a comment, have the AI summarise it, then tell #clients in Slack";
    "assigned-notify":
        "When I am assigned a to-do, notify me",
        "Let me know every time somebody gives me a task";
    "assigned-comment":
        "When a to-do is assigned to Priya, comment “When can you start?” on it",
        "Comment “When can you start?” on it whenever somebody assigns a task to Priya";
    "file-post":
        "When a file is uploaded, post to #files in Slack",
        "Post to #files in Slack whenever somebody uploads a file";
    "event-post":
        "When a meeting is scheduled, post to #team in Slack",
        "Tell #team in Slack every time somebody adds an event";
    "morning-notify":
        "Every weekday at 9, remind me to look at Today",
        "Remind me to look at Today each weekday morning";
    "monday-todo":
        "Every Monday at 8:30, create a to-do “Plan the week” in the Launch list",
        "Add a to-do “Plan the week” to the Launch list on Mondays at 8:30";
    "friday-report":
        "Every Friday at 4 pm, have the agent write the week report and post it to the website relaunch",
        "Have the assistant write the week report, then post it to the website relaunch every Friday at 16:00";
    "monthly-todo":
        "On the first of every month, create a to-do “Send the invoices” in the Contracts list",
        "Create a to-do “Send the invoices” in the Contracts list every month on the 1st";
    "webhook-card":
        "When a webhook is called, create a card “From the website” in Triage of the website relaunch",
        "Add a card “From the website” to Triage of the website relaunch whenever a webhook arrives";
    "form-todo":
        "When a form is filled in, create a to-do in the Discovery list",
        "Add a to-do to the Discovery list whenever somebody submits the form";
    "button-post":
        "When I press a button, post “We are live” to #general in Slack",
        "Post “We are live” to #general in Slack when I press the button";
};
