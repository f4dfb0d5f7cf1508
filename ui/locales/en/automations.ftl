automations-title = Automations
automations-tables = Tables
automations-connections = Connections
automations-new-automation = New automation
automations-none-yet = No automations yet
automations-none-yet-text = An automation does something by itself: when something happens in Basecamp, at a time, or when another program calls.
automations-start-from-example = Start from an example
automations-any-folder = Any folder
automations-in-no-folder = In no folder
automations-search = Search automations
automations-folder = Folder
automations-state = State
automations-where-it-runs = Where it runs
automations-sort = Sort
automations-none-fits = No automation fits
automations-none-fits-text = Look for fewer letters, or choose another folder, state or place.
automations-show-all = Show all of them
automations-automation = Automation
automations-place = Where
automations-last-run = Last run
automations-week-and-fortnight = Week, and 14 days
automations-made-by = Made by
automations-sort-edited = Last edited first
automations-sort-name = By name
automations-sort-run = Last run first
automations-sort-failing = Most failing first
automations-any-state = Any state
automations-state-on = On
automations-state-off = Off
automations-drafts = Drafts
automations-with-problems = With problems
automations-unpublished = Unpublished edits
automations-any-place = Any place
automations-in-app = In the app
automations-on-activepieces = On Activepieces
automations-activepieces = Activepieces
automations-draft = Draft
automations-what-to-do = What to do with this automation
automations-last-run-is = Last run: {""}
automations-no-run = No run in seven days
automations-rehearsed = Rehearsed
automations-tested = Tested
automations-open = Open
automations-key-enter = Enter
automations-run-once = Run once
automations-switch-off = Switch off
automations-switch-on = Switch on
automations-duplicate = Duplicate
automations-into-folder-open = Put into a folder…
automations-save-as-file = Save as a file
automations-delete-open = Delete…
automations-key-delete = Del
automations-delete-title = Delete this automation?
automations-delete = Delete
automations-into-folder = Put into a folder
automations-folder-hint = A name that is not there yet makes a folder. Left empty, it lies in none.
automations-cancel = Cancel
automations-put-there = Put it there
automations-ask-begin = Make an automation that {""}
automations-example-failed = This example could not be written. Begin with an empty automation.
automations-untitled = Untitled
automations-imported = Imported
automations-way-empty = Empty
automations-way-file = From a file
automations-way-example = From an example
automations-how-it-begins = How it begins
automations-name = Name
automations-name-hint = Left empty, it is called as in the file.
automations-ask-assistant = Ask the assistant
automations-make-it = Make it
automations-file-drop = File: choose it, or drop it here
automations-or-paste = Or paste it
automations-paste-example = What Activepieces exports: JSON
automations-choose-file = Choose a file, or paste what was exported.
automations-no-automation = There is no automation in this. Export one from Activepieces as JSON, or from here, and choose that file.
automations-file-unread = The file could not be read. Choose it again, or paste what is in it.
automations-example-late-says = When a to-do is overdue, a message in Slack says so.
automations-example-late = Tell Slack about late work
automations-example-overdue = A to-do is overdue
automations-example-tell-channel = Tell the channel
automations-example-goal = Look at what is overdue, what is due today and what waits for an answer. Write it down in at most six short lines, the most urgent first. Change nothing.
automations-example-your-morning = Your morning
automations-example-morning-says = Every weekday morning, a notification sums up the day.
automations-example-morning = Morning digest
automations-example-at-eight = Every weekday at eight
automations-example-look = Look at the day
automations-example-tell-me = Tell me
automations-example-review-says = When a card is made in a column, its reviewer gets a to-do.
automations-example-review = A to-do for the reviewer
automations-example-card = A card is made
automations-example-give = Give the reviewer a to-do
automations-done = Done
automations-no-connections = No connections yet
automations-no-connections-text = A step that needs an account asks for one. Connect it there: open an automation and choose the step.
automations-place-app = in the app
automations-place-server = on Activepieces
automations-it-works = It works
automations-forget-unused = Its secret is deleted. No automation uses it.
automations-rename = Rename
automations-forget-it = Forget it
automations-it-runs = It runs
automations-run-it = Run it
automations-file-hint = The address of a file.
automations-payload-hint = JSON. Left empty, the trigger brings nothing.
automations-sample-hint = JSON: what the trigger brought when it was last tried. Change it as you like.
automations-trigger-brings = What the trigger brings
automations-not-connected = Not connected
automations-connected = Connected
automations-mark-not-connected = not connected
automations-mark-connected = connected
automations-mark-sending = sending
automations-mark-fault = needs a look
automations-server = Activepieces server
automations-disconnected = The Activepieces server is disconnected
automations-address = Address
automations-account = Account
automations-project = Project
automations-version = Version
automations-waits-to-be-sent = Waits to be sent
automations-disconnect-open = Disconnect…
automations-sign-in-again = Sign in again
automations-disconnect-title = Disconnect the Activepieces server?
automations-disconnect = Disconnect
automations-disconnect-text = Its address and the sign-in are forgotten here. What runs there goes on there; edits that were not sent are lost.
automations-connected-sample = Connected to the sample's Activepieces server
automations-sample-offer = This workspace has a server of its own on this machine, to try it with.
automations-connect-sample = Connect the sample server
automations-by-password = E-mail and password
automations-api-key = API key
automations-server-intro = Automations run in the app without one. A server runs them while this machine sleeps, and knows many more pieces.
automations-how-to-sign-in = How to sign in
automations-secret-hint = It is kept with your other secrets, and never shown again.
automations-email = E-mail
automations-password = Password
automations-project-hint = Left empty, it is the first one.
automations-connect = Connect
automations-no-tables = No tables yet
automations-no-tables-text = Steps of automations keep rows in a table and find them again: who was told, what was counted.
automations-new-table = New table
automations-table-example = Orders
automations-first-column = Its first column
automations-kind-date = day or time
automations-kind-choice = choice
automations-text = Text
automations-number = Number
automations-day-or-time = Day or time
automations-one-of = One of some choices
automations-new-column = New column
automations-column-example = Total
automations-it-holds = It holds
automations-choices = Choices, with commas
automations-choices-example = new, done
automations-add-it = Add it
automations-back-to-tables = Back to the tables
automations-save-csv = Save as CSV
automations-add-row = Add a row
automations-row-out = The row is taken out.
automations-put-back = Put it back
automations-take-out = Take out
automations-take-row-out = Take this row out
automations-no-rows = No rows yet. Add one, or have an automation do it.
automations-more-rows = Show more rows
automations-is-empty = { $label } is empty. Fill it in.
automations-no-json = This is no JSON: line { $line }, column { $column }. Mend it, or leave the field empty.
automations-used-by-none = used by none
automations-used-by = { $count ->
    [one] used by 1 automation
   *[other] used by { $count } automations
}
automations-forget-used = { $count ->
    [one] Its secret is deleted, and 1 automation that uses it fails until it gets another.
   *[other] Its secret is deleted, and { $count } automations that use it fail until they get another.
}
automations-forget-title = Forget “{ $name }”?
automations-forgotten = “{ $name }” is forgotten
automations-rename-named = Rename { $name }
automations-forget-named = Forget { $name }
automations-copy-of = Copy of { $name }
automations-copied = “{ $name }” is there, as a draft
automations-delete-text = “{ $name }” goes for good, with its runs and its history. This cannot be undone. Save it as a file first to keep a copy.
automations-deleted = “{ $name }” is deleted
automations-example-message = *{ $title }* in { $project } was due on { $due }. { $url }
automations-example-review-todo = Review: { $title }
automations-steps = { $count ->
    [one] 1 step
   *[other] { $count } steps
}
automations-problems = { $count ->
    [one] 1 problem
   *[other] { $count } problems
}
automations-never-published = { $name } was never published. Open it and publish it.
automations-runs-itself = { $name } runs by itself
automations-status-at = { $status } at { $step }
automations-status-at-why = { $status } at { $step }: { $why }
automations-week = { $count ->
    [one] 1 run in seven days, { $failed } failed
   *[other] { $count } runs in seven days, { $failed } failed
}
automations-run-named-once = Run “{ $name }” once
automations-required = { $label } (required)
automations-in-clipboard = No file could be saved here. The text of { $name } is in the clipboard.
automations-saved = “{ $name }” is saved in your downloads
automations-edits-to-send = { $count ->
    [one] 1 edit to be sent
   *[other] { $count } edits to be sent
}
automations-server-mark = Activepieces: { $state }
automations-edits = { $count ->
    [one] 1 edit
   *[other] { $count } edits
}
automations-connected-to = Connected to { $address }
automations-delete-table-title = Delete “{ $name }”?
automations-delete-table = Delete { $name }
automations-delete-table-text = { $count ->
    [one] It goes for good, with its 1 row, and steps that use it fail. Open it and save it as a file first to keep a copy.
   *[other] It goes for good, with its { $count } rows, and steps that use it fail. Open it and save it as a file first to keep a copy.
}
automations-rows = { $count ->
    [one] 1 row
   *[other] { $count } rows
}
automations-kind-text = text
automations-kind-number = number
