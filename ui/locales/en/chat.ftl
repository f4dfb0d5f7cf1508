chat-cannot-copy = This window may not copy by itself. Select the text and copy it with the keyboard.
chat-assistant = Assistant
chat-open-address = Open this address in your browser?
chat-leads-to = It leads to { $host }:
chat-open-it = Open it
chat-ask = Ask, or say what should happen
chat-say-more = Say more; it waits its turn
chat-message = Message to the assistant
chat-stop = Stop (Esc)
chat-send = Send (Enter)
chat-completions = Completions
chat-this-automation = This automation
chat-what-it-sees = What the assistant sees
chat-hide-from = Do not show { $name } to the assistant
chat-sees-this = The assistant sees this
chat-leave-it-out = Leave it out
chat-slash-new = Begin a new conversation
chat-slash-model = Choose the model: /model and its name
chat-slash-undo = Take back what the assistant did last here
chat-slash-stop = Stop what it is doing
chat-slash-export = Write it out: /export markdown or json
chat-slash-remember = Remember something: /remember and one sentence
chat-slash-rename = Rename the conversation: /rename and the title
chat-slash-archive = Put the conversation away
chat-slash-clear-draft = Empty this field
chat-slash-help = What the assistant can do
chat-nothing-runs = Nothing is running
chat-nothing-to-export = There is nothing to write out yet.
chat-remember-what = Write /remember and one sentence: what should be remembered?
chat-remembered = Remembered. The settings list everything that is.
chat-rename-to-what = Write /rename and the title.
chat-no-title-yet = The conversation gets a title with its first message.
chat-nothing-to-archive = There is nothing to put away yet.
chat-which-of-models = Write /model and one of these: { $names }.
chat-nothing-changed = The assistant has changed nothing here
chat-what-it-does = What it does
chat-asked-for = Asked for { $tool }
chat-result = Result
chat-read-on = Read on ({ $have } of { $length } characters)
chat-show-less = Show less
chat-show-all = Show all of it
chat-text-copied = The text is copied
chat-copy-text = Copy the text
chat-branch-line = Branch from this line
chat-cut-short = Cut short here
chat-used-memories = { $count ->
    [one] Used 1 memory
   *[other] Used { $count } memories
}
chat-forgotten-since = { $count ->
    [one] 1 that was forgotten since
   *[other] { $count } that were forgotten since
}
chat-thinking = Thinking…
chat-left-out = { $count ->
    [one] 1 sentence was left out
   *[other] { $count } sentences were left out
}
chat-none-stood = No sentence stood up to its sources.
chat-draft-copied = The draft is copied
chat-draft-named = Draft: { $title }
chat-copy = Copy
chat-post-open = Post as a message…
chat-source = Source { $number }: { $title }
chat-post-title = Post as a message
chat-subject = Subject
chat-project = Project
chat-nobody-notified = Nobody is notified. You can take it back in the history.
chat-post = Post it
chat-changes-wait = { $count ->
    [one] A change waits for you
   *[other] { $count } changes wait for you
}
chat-deny = Deny
chat-deny-all = Deny all
chat-deny-all-of = Deny all { $count }
chat-allow = Allow
chat-allow-all = Allow all
chat-allow-all-of = Allow all { $count }
chat-allow-some = Allow { $allowed }, deny { $denied }
chat-show-more = Show { $count } more
chat-created = New
chat-would-do = Show what it would do
chat-back-to-own = Back to its own
chat-numbered = { $field ->
   *[other] { $one } { $number }
}
chat-leave-out = Leave out: { $what }
chat-nobody = Nobody
chat-yes = Yes
chat-no = No
chat-whole-input = Input
chat-choose-day = Choose a day.
chat-write-number = Write a number.
chat-no-json = This is not JSON: { $why }. Mend it, or take it back with Cancel.
chat-allow-named = Allow: { $title }
chat-edited = Edited
chat-edit-first = Edit before it runs (E)
chat-show-everything = Show everything about it
chat-why-not-optional = Why not? (optional, for the assistant)
chat-why-not = Why not
chat-people-told = People are told; undo cannot take that back
chat-for-good = For good
chat-nobody-told = Nobody is told.
chat-this-time = This time only
chat-this-conversation = As long as this conversation
chat-always = Always
chat-allow-tool = Allow this tool, on this target
chat-begin-new = New
chat-search = Search conversations
chat-which = Which conversations
chat-those-used = In use
chat-those-archived = Archived
chat-nothing-fits = Nothing fits
chat-nothing-fits-text = No conversation has these words.
chat-nothing-away = Nothing is put away
chat-nothing-away-text = What you archive waits here.
chat-none-yet = No conversation yet
chat-none-yet-text = Ask something, and it is listed here.
chat-ask-assistant = Ask the assistant
chat-untitled = Untitled
chat-is-branch = A branch
chat-waits = Waits for you
chat-is-draft = Draft
chat-with-it = What to do with it
chat-rename = Rename
chat-back-into-use = Back into use
chat-archive = Archive
chat-export-markdown = Export as Markdown
chat-export-json = Export as JSON
chat-delete = Delete
chat-begin = New conversation
chat-hide = Hide the assistant (Ctrl J)
chat-with-this = What to do with this conversation
chat-whole-screen = Open on the whole screen
chat-branch-here = Branch from here
chat-model = Model
chat-which-model = Which model answers
chat-connect-model = Connect a model…
chat-built-in = Built-in assistant
chat-is-called = It is called “{ $title }”
chat-put-away = Put away. It is under Archived.
chat-in-use-again = Back in use
chat-deleted = Deleted. What was done in it stays in the history.
chat-branched = A branch: the conversation that it came from stays as it is
chat-answers-from-now = { $model } answers from the next message on
chat-go-for-good = “{ $title }” and its record go for good. What was done in it stays in the history.
chat-is-in-clipboard = { $file } is in the clipboard
chat-rename-title = Rename the conversation
chat-title = Title
chat-delete-this = Delete this conversation?
chat-written-out = The conversation, written out
chat-close = Close
chat-copy-all = Copy all of it
chat-sent-words = what you say, and the conversation so far
chat-sent-names = the names of the project and item that are on your screen, and what you name with @
chat-sent-tools = what tools tell when it asks them: titles, texts, people and dates of the items that it looks at
chat-sent-memories = what it is to remember of you
chat-send-there = Send this to { $place }?
chat-not-here = { $model } is not on this machine. It is sent:
chat-sent-not = Secrets and files are not. Nothing is sent while you do not ask. The built-in assistant sends nothing at all.
chat-choose-other = Choose another model
chat-send-it = Send it
chat-stopped = You stopped it. What was done stays, and can be undone in the history.
chat-ended-steps = { $count ->
    [one] It stopped after asking the model 1 time, the most for one request. Say “go on”, or ask for less at once.
   *[other] It stopped after asking the model { $count } times, the most for one request. Say “go on”, or ask for less at once.
}
chat-ended-tokens = { $count ->
    [one] It stopped at 1 token, the most for one request. Ask for less at once, or raise the limit in the settings.
   *[other] It stopped at { $count } tokens, the most for one request. Ask for less at once, or raise the limit in the settings.
}
chat-ended-money = It stopped at { $cost }, the most for one request. Ask for less at once, or raise the limit in the settings.
chat-ended-time = It stopped after { $time }, the longest for one request. Say “go on” to continue.
chat-ended-repeats = It stopped because it asked for the same thing again and again ({ $tool }). Say it in other words, or name the item.
chat-state-next = Is next
chat-state-runs = Runs
chat-done = Done
chat-state-failed = Did not work
chat-state-denied = Denied
chat-state-cancelled = Not carried out
chat-milliseconds = { $count } ms
chat-seconds = { $seconds }.{ $tenths } s
chat-minutes = { $minutes } min
chat-minutes-seconds = { $minutes } min { $seconds } s
chat-hours-minutes = { $hours } h { $minutes } min
chat-costs-nothing = $0
chat-costs-hardly = under $0.0001
chat-costs-little = $0.{ $digits }
chat-costs = ${ $dollars }.{ $cents }
chat-tokens = { $taken } in, { $given } out
chat-told-one = { $name ->
    [You] You are told.
   *[other] { $name } is told.
}
chat-told-several = { $before } and { $last } are told.
chat-told-subscribers = The subscribers of the item are told.
chat-subscribers = the subscribers of the item
chat-more = { $count } more
chat-some-for-good = Some of it cannot be taken back.
chat-undo-trashes = Undo puts it into the trash, but people will have been told.
chat-undoable = It can be undone.
chat-changes-nothing = Nothing would change.
chat-irreversible = It cannot be taken back.
chat-not-read = The conversation could not be read
chat-lead = Ask about your projects, or say what should happen. It plans first and shows each step; whatever changes Basecamp waits for your yes, and can be undone.
chat-conversation = The conversation
chat-show-older = Show older messages
chat-messages = Messages
chat-waits-turn = Waits its turn
chat-new-below = New below
chat-hidden = { $count ->
    [one] ⟦hidden⟧
   *[other] ⟦{ $count } hidden⟧
}
chat-image = Image: {""}
chat-still-open = Open
chat-table = Table
chat-code-copied = The code is copied
chat-copy-code = Copy the code

## Said to the assistant as they are shown.

chat-try-state = What is the state of “{ $title }”?
chat-try-move = Move “{ $title }” to next Monday
chat-try-comment = Write a comment on “{ $title }” that asks how it goes
chat-try-overdue-here = What is overdue in { $project }?
chat-try-changed-here = What changed in { $project } since Friday?
chat-try-too-much-here = Who has too much on in { $project } this week?
chat-try-most-overdue = Which projects have the most overdue work?
chat-try-create-project = Create a project for the spring campaign with three lists
chat-try-changed = What changed since Friday?
chat-try-slack = When a to-do is overdue, tell its assignee in Slack
chat-try-weekdays = Every weekday at 8, notify me of what is due today
chat-try-which-automations = What automations can you build?
chat-try-what-automation = What does this automation do?
chat-try-add-wait = Add a step that waits for an hour
chat-try-test = Test it
chat-try-failed = Which runs failed today?
chat-try-why-failed = Why did the last run fail?
chat-try-did-today = What did you do today?
chat-try-undo = Undo what you just did
chat-try-who-did = Who did what since yesterday?
chat-try-abilities = What can you do?
chat-try-memories = What do you remember?
chat-try-due-week = What is due this week?
chat-try-first = What should I do first today?
chat-try-overdue = What is overdue, and whose is it?
chat-try-too-much = Who has too much on this week?
