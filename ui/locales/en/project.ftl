project-not-here = This project is not here
project-not-here-text = It may have been deleted, or you no longer have access to it in Basecamp.
project-show-all = Show all projects
project-parts = Parts of the project
project-tab-todos = To-dos
project-tab-board = Board
project-tab-messages = Messages
project-tab-documents = Documents
project-tab-schedule = Schedule
project-tab-checkins = Check-ins
project-tab-chat = Chat
project-tab-time = Time
project-tab-people = People
project-tab-activity = Activity
project-unpin = Unpin from the rail
project-pin = Pin to the rail
project-open-outside = Open in Basecamp
project-from-to = { $from } to { $to }
project-from = from { $when }
project-until = until { $when }
project-by-week = Done per week, the last { $weeks }, the latest { $latest }
project-open-done = { $open } open, { $done } done
project-late = { $count } late
project-are-blocked = { $count } blocked
project-events = { $count ->
    [one] 1 event
   *[other] { $count } events
}
project-no-activity = Nothing has happened yet
project-no-activity-text = What people do in this project is listed here, day by day.
project-someone = Someone
project-did = { $action ->
    [created] added { $what }
    [commented] commented on { $what }
    [comment_created] commented on { $what }
    [uncompleted] opened again { $what }
    [assigned] changed who does { $what }
    [assignment_changed] changed who does { $what }
    [due_on_changed] changed the due day of { $what }
    [updated] edited { $what }
    [content_changed] edited { $what }
    [untrashed] restored { $what }
    [unarchived] took out of the archive { $what }
   *[other] { $words } { $what }
}
project-cards-in-columns = { $cards ->
    [one] 1 card
   *[other] { $cards } cards
} in { $columns ->
    [one] 1 column
   *[other] { $columns } columns
}
project-which-board = Which board
project-board-keys = Arrows choose, Alt and arrows move, M moves to…, N adds
project-no-board = No board here
project-no-board-text = This project has no card table. Switch one on in Basecamp, and its cards appear here.
project-board-role = board
project-board-label = Board. Arrows choose a card, Alt and arrows move it.
project-at-edge = The card is at the edge of the board.
project-card-menu = What to do with this card
project-blocked = Blocked
project-on-hold = On hold
project-add-card-to = Add a card to { $column }
project-drop-here = Drop it here
project-no-cards = No cards
project-show-more = Show { $count } more
project-added = Added { $title }.
project-card-title = Title of the card to add
project-card-hint = What is it? Enter adds, Esc leaves
project-not-moved = The card could not be moved. It is back where it was.
project-moved-to = Moved to { $place }
project-card-place = { $title }: { $column }, place { $place } of { $count }.
project-column-on-hold = { $column }, on hold
project-lines = { $count ->
    [one] 1 line
   *[other] { $count } lines
}
project-say-outside = To say something, open the chat in Basecamp
project-nothing-said = Nothing has been said
project-nothing-said-text = What is said in the project's chat in Basecamp is read and found here.
project-earlier-lines = Earlier lines
project-questions-answers = { $questions ->
    [one] 1 question
   *[other] { $questions } questions
}, { $answers ->
    [one] 1 answer
   *[other] { $answers } answers
}
project-no-checkins = No check-ins
project-no-checkins-text = Questions that are asked regularly are set up in Basecamp; the answers are read here.
project-answers = { $count ->
    [one] 1 answer
   *[other] { $count } answers
}
project-not-answered = Nobody has answered yet.
project-earlier-answers = { $count ->
    [one] Show 1 earlier answer
   *[other] Show { $count } earlier answers
}
project-completed = Completed “{ $title }”
project-reopened = Opened “{ $title }” again
project-card-is-done = A card is done when it is moved to the Done column: press M.
project-assigned = Assigned “{ $title }”
project-has-no-due = “{ $title }” has no due day
project-is-due = “{ $title }” is due on { $day }
project-trashed = Moved “{ $title }” to the trash
project-restored = Restored “{ $title }”
project-files = { $count ->
    [one] 1 document or file
   *[other] { $count } documents and files
}
project-folders-files = { $folders ->
    [one] 1 folder
   *[other] { $folders } folders
}, { $files ->
    [one] 1 document or file
   *[other] { $files } documents and files
}
project-folder = Folder
project-docs-files = Docs & files
project-folder-empty = This folder is empty
project-no-documents = No documents yet
project-documents-text = Documents and files are added in Basecamp. Their bytes stay there; what they are called is found here.
project-comments = { $count ->
    [one] 1 comment
   *[other] { $count } comments
}
project-count-messages = { $count ->
    [one] 1 message
   *[other] { $count } messages
}
project-post-message = Post a message
project-no-messages = No messages yet
project-no-messages-text = What is announced or asked here stays in one place.
project-posted = Posted “{ $title }”
project-subject = Subject
project-text = Text
project-notify = Notify
project-nobody-notified = Nobody is notified
project-cancel = Cancel
project-post = Post
project-have-open-work = { $count ->
    [one] 1 person has open work
   *[other] { $count } people have open work
}
project-no-open-work = Nobody has open work here
project-no-open-work-text = Assign a to-do or a card, and its people appear here.
project-nobody-yet = Nobody yet
project-open = { $count } open
project-entries-ahead = { $count ->
    [one] 1 entry ahead
   *[other] { $count } entries ahead
}
project-show-earlier = Show earlier days
project-add-entry = Add an entry
project-nothing-ahead = Nothing ahead
project-no-entries = Nothing on the schedule
project-schedule-text = Meetings, milestones and time away belong here.
project-day-of = day { $day } of { $count }
project-all-day-slot = all day
project-entry-added = Added “{ $title }”
project-what = What
project-all-day = All day
project-first-day = From
project-starts-at = Starts at
project-last-day = To
project-ends-at = Ends at
project-takes-part = Who takes part
project-notes = Notes
project-add = Add
project-choose-days = Choose a first and a last day.
project-last-before-first = The last day is before the first.
project-choose-times = Choose when it starts and ends.
project-too-far = That day is too far away.
project-ends-before-start = It ends before it starts.
project-archived = Archived
project-in-trash = In the trash
project-draft = Draft
project-gone = Gone from Basecamp
project-today = Today
project-yesterday = Yesterday
project-tomorrow = Tomorrow
project-kind-todo-set = To-dos
project-kind-list = List
project-kind-group = Group
project-kind-todo = To-do
project-kind-card-table = Card table
project-kind-column = Column
project-kind-card = Card
project-kind-step = Step
project-kind-message-board = Message board
project-kind-message = Message
project-kind-comment = Comment
project-kind-document = Document
project-kind-file = File
project-kind-schedule = Schedule
project-kind-entry = Schedule entry
project-kind-questionnaire = Check-ins
project-kind-question = Question
project-kind-answer = Answer
project-kind-chat = Chat
project-kind-chat-line = Chat line
project-kind-time-entry = Time entry
project-time-in-entries = { $time } in { $count ->
    [one] 1 entry
   *[other] { $count } entries
}
project-no-time = No time entered
project-no-time-text = Time is entered in Basecamp's timesheet, and added up here.
project-nobody = Nobody
project-no-description = No description
project-minutes = { $minutes } min
project-hours = { $hours } h
project-hours-minutes = { $hours } h { $minutes }
project-todos-open = { $count ->
    [one] 1 to-do open
   *[other] { $count } to-dos open
}
project-todos-open-completed = { $open ->
    [one] 1 to-do open
   *[other] { $open } to-dos open
}, { $completed } completed
project-show-completed = Show completed
project-show-put-away = Show archived and trashed
project-unfold-all = Unfold all
project-fold-all = Fold all
project-add-todo = Add a to-do
project-no-lists = No to-do lists yet
project-no-lists-text = Lists are made in Basecamp. Once there is one, its to-dos are added and ticked off here.
project-todos-fetched = To-dos are being fetched
project-todos-fetched-text = They appear here as soon as they have come.
project-todos = To-dos
project-the-loose = the loose to-dos
project-todo-place = { $title }: { $list }, place { $place }.
project-moved = Moved “{ $title }”
project-nowhere-further = There is nowhere further to move it.
project-loose = Loose to-dos
project-empty = empty
project-open-list = Open “{ $title }”
project-add-todo-to = Add a to-do to { $list }
project-tick = Done: { $title }
project-todo-menu = What to do with “{ $title }”
project-steps-done = { $done } of { $count } steps done
project-todo-title = Title of the to-do to add
project-todo-hint = What is to be done? Enter adds, Esc leaves
project-deed-open = Open
project-key-enter = Enter
project-deed-reopen = Open it again
project-deed-complete = Complete
project-deed-assign = Assign
project-deed-due = Due day
project-move-to = Move to…
project-deed-trash = Move to the trash
project-key-delete = Del
project-deed-restore = Restore
project-assign-to = Assign to…
project-you = you
project-no-due-day = No due day
project-due-on = Due on…
project-next-monday = Next Monday
project-two-weeks = In two weeks
project-a-month = In a month
project-list-hint = list
project-group-hint = group
