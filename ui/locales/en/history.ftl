history-title = History
history-what-is-shown = What is shown
history-done = Done
history-recipes = Recipes
history-make-recipe = Make a recipe…
history-none-fits = Nothing fits
history-none-fits-text = No entry has these words, or is by this doer.
history-show-all = Show everything
history-nothing-yet = Nothing has been done yet
history-nothing-yet-text = What you change, and what others change for you, is listed here and can be taken back.
history-go-to-projects = Go to the projects
history-older = Show older entries
history-everyone = Everyone
history-filter = Filter by words
history-by-whom = By whom
history-chosen-entries = Chosen entries
history-choose-what = Choose what is to be done again.
history-cancel = Cancel
history-keep-open = Keep as a recipe…
history-undone = Undone
history-took-back = Took something back
history-were-told-hint = Undo puts it into the trash; people have been notified already
history-were-told = People were told
history-for-good = For good
history-undo = Undo
history-redo = Redo
history-added = Added
history-changed-since = Someone changed it since
history-leave = Leave it as it is
history-put-back = Put mine back
history-field = Field
history-field-title = Title
history-field-notes = Notes
history-field-starts = Starts
history-field-due = Due
history-field-assigned = Assigned to
history-field-in = In
history-field-place = Place
history-field-status = Status
history-field-when = When
history-nobody = nobody
history-value-open = open
history-nothing = nothing
history-you = You
history-assistant = Assistant
history-automation = Automation
history-another-program = Another program
history-basecamp = Basecamp
history-on-command-line = on the command line
history-over-server = over the local server
history-in-background = in the background
history-no-recipe = No recipe yet
history-no-recipe-text = Choose entries of the history and keep them under a name: then they can be done again, with other people, places and days.
history-choose-entries = Choose entries
history-rename = Rename
history-delete = Delete
history-run-open = Run…
history-rename-recipe = Rename the recipe
history-name = Name
history-deleted = Deleted.
history-delete-title = Delete this recipe?
history-keep-title = Keep as a recipe
history-differs = What differs from run to run
history-name-example = Weekly setup
history-what-it-does = What it does
history-keep-it = Keep it
history-close = Close
history-run-it = Run it
history-nobody-told = Nobody is told.
history-would-do = What it would do
history-show-would-do = Show what it would do
history-not-done = Not done
history-day-of-run = the day of the run
history-day-after = the day after the run
history-before = Before
history-yours = Yours
history-theirs = Theirs, in Basecamp
history-when-left = When you left it
history-would-restore = Undo would restore
history-now = Now, in Basecamp
history-entries = { $count ->
    [one] 1 entry
   *[other] { $count } entries
}
history-value-done = done
history-through = through { $door }
history-choose-named = Choose: { $summary }
history-chosen = { $count ->
    [one] 1 entry chosen.
   *[other] { $count } entries chosen.
}
history-moved-text = { $summary }: the same fields were changed again since. Nothing has been done yet.
history-steps = { $count ->
    [one] 1 step
   *[other] { $count } steps
}
history-steps-ask = { $count ->
    [one] 1 step; asks for { $names }
   *[other] { $count } steps; asks for { $names }
}
history-run-when = run { $when }
history-gone-for-good = “{ $name }” is gone for good. What was done with it stays.
history-kept = “{ $name }” is kept. Run it from here, or ask the assistant for it.
history-ask-each = Ask for it at each run: { $value }
history-what-to-call = What to call { $value }
history-run-named = Run “{ $name }”
history-steps-done = { $count ->
    [one] 1 step is done. The history can take them back.
   *[other] { $count } steps are done. The history can take them back.
}
history-stopped = It stopped: { $why } What was done stays, and the history can take it back.
history-days-after = { $days } days after the run
history-quoted = “{ $text }”
