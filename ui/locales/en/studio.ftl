studio-name = Flow Studio

## The canvas and its bars
studio-canvas = canvas
studio-canvas-label = Flow. Arrows go from step to step, plus adds one, question mark shows all keys.
studio-all-steps = Steps
studio-flow = Flow
studio-view = View
studio-next-key = To the next (F8)
studio-to-complete = { $count ->
    [one] 1 step to complete
   *[other] { $count } steps to complete
}
studio-to-complete-proposed = { $count ->
    [one] 1 step of the proposal to complete
   *[other] { $count } steps of the proposal to complete
}
studio-full-size-key = Full size (Ctrl 0)
studio-zoom = Zoom { $percent } per cent. Press for full size.
studio-percent = { $percent } per cent
studio-waiting-changes = Changes that wait for you
studio-reject = Reject
studio-take-over = Take over
studio-steps = { $count ->
    [one] 1 step
   *[other] { $count } steps
}
studio-steps-chosen = { $count ->
    [one] 1 step chosen
   *[other] { $count } steps chosen
}
studio-outline-label = Outline of the flow
studio-accept-this = Accept this change
studio-reject-this = Reject this change
studio-step-menu = What to do with this step
studio-end = End

## What a step is, and how it stands
studio-run-waiting = waiting
studio-run-running = running
studio-run-paused = paused
studio-run-succeeded = succeeded
studio-run-failed = failed
studio-is-skipped = skipped
studio-is-added = added
studio-is-changed = changed
studio-is-moved = moved
studio-is-removed = removed
studio-problems = { $count ->
    [one] 1 problem
   *[other] { $count } problems
}
studio-with-problems = { $count ->
    [one] a problem
   *[other] problems: { $count }
}
studio-skipped = Skipped
studio-waits-for-you = Waits for you: { $change }
studio-collapsed = Collapsed, hides { $count }
studio-choose-start = Choose what starts it
studio-unknown = Unknown here: { $kind }
studio-code = Code
studio-once-each = Once for each item
studio-first-match = First match
studio-all-matches = All matches
studio-no-match-rule = Does not say how many branches are taken
studio-branch = Branch { $number }
studio-on-success = On success
studio-on-failure = On failure
studio-each-item = Each item
studio-add-first-in = Add first in { $branch } of { $step }
studio-add-after = Add after { $step }
studio-add-after-trigger = Add after the trigger
studio-drop-first-in = Drop first in { $branch } of { $step }
studio-drop-after = Drop after { $step }
studio-drop-after-trigger = Drop after the trigger

## What waits for a yes
studio-added = { $count } added
studio-changed = { $count } changed
studio-removed = { $count } removed
studio-in-notes = { $count } in notes
studio-name-changed = the name changed
studio-no-changes = no changes
studio-rest-cannot-stand = The rest cannot stand without it. Reject all, or accept it.
studio-proposed = { $by }: { $summary }. A accepts, D rejects, J goes from change to change.
studio-no-step-changes = No step changes.
studio-accept-one = Accept: { $step }
studio-rejected-one = Rejected: { $step }
studio-rejected-all = Rejected. The flow is as it was.
studio-nothing-to-undo = There is nothing to undo.
studio-nothing-to-redo = There is nothing to redo.
studio-undone = Undo: { $label }
studio-redone = Redo: { $label }

## What keys and menus do
studio-drag-chooses = A drag on the ground chooses.
studio-drag-moves = A drag on the ground moves the canvas.
studio-no-branch-here = Go to a router, or into one of its branches, first.
studio-nothing-that-way = Nothing lies that way.
studio-last-here = This is the last here.
studio-first-here = This is the first here.
studio-choose-to-move = Choose a step to move. The trigger stays first.
studio-at-edge = It is at the edge there.
studio-several-at-edge = They are at the edge there.
studio-go-to-replace = Go to the step to replace first.
studio-go-to-rename = Go to the step to rename first.
studio-delete-note = Delete a note
studio-undo-brings-back = { $label }. Undo brings it back.
studio-steps-copied = { $count ->
    [one] Copied a step
   *[other] { $count } steps copied
}
studio-go-to-step = Go to a step first.
studio-is-copied = { $text } is copied
studio-every-step-complete = Every step is complete.
studio-put-back = Put back. Nothing moved.
studio-in-hand = A step is in the hand. Arrows choose where, Enter drops it, Esc puts it back.
studio-no-other-place = There is no other place for it.
studio-drop-here = { $place }. Enter drops, Esc puts back.
studio-not-inside-itself = It cannot stand inside itself.
studio-runs-down = The flow runs downwards.
studio-runs-right = The flow runs to the right.
studio-nothing-inside = There is nothing inside to collapse.
studio-expanded = Expanded
studio-all-expanded = Everything is expanded.
studio-all-collapsed = Everything is collapsed.

## Edits, and why they are refused
studio-choose-first = Choose a step first. The trigger stays; replace it instead.
studio-choose-to-duplicate = Choose a step to duplicate.
studio-choose-to-skip = Choose a step first. The trigger cannot be skipped.
studio-none-in-hand = There is no step in the hand.
studio-and-more = { $first }, and { $more } more
studio-choose-to-copy = Choose a step to copy. The trigger cannot be copied.
studio-step-gone = That step is not there any more.
studio-replace-by = Replace { $old } by { $new }
studio-rename-to = Rename { $old } to { $new }
studio-router-gone = That router is not there any more.
studio-only-router-names = Only a router has branches to name.
studio-branch-gone = That branch is not there any more.
studio-rename-branch-to = Rename branch { $old } to { $new }
studio-only-router-branches = Only a router has branches. What follows success and failure is set in the step's form.
studio-fallback-stays = The last branch is taken when no other is. It stays where it is.
studio-branch-at-edge = The branch is at the edge.
studio-change-note = Change a note
studio-yellow = yellow
studio-orange = orange
studio-red = red
studio-green = green
studio-blue = blue
studio-purple = purple
studio-step-name = Name of the step
studio-branch-name = Name of the branch
studio-no-name-of-its-own = What follows success and failure has no name of its own.

## The palette, the notes and the find bar
studio-what-starts = What starts the flow?
studio-what-happens = What should happen?
studio-nothing-fits = Nothing fits. Try the name of an app, or what it should do.
studio-code-about = Runs JavaScript on what earlier steps brought
studio-for-each = For each item
studio-for-each-about = Does its steps once for each item of a list
studio-router = Router
studio-router-about = Goes into branches by conditions
studio-note-label = Note: { $text }
studio-note-field = Note, in Markdown. Esc leaves.
studio-found = { $at } of { $all }, { $field }
studio-none-found = Nothing found
studio-previous-found = The one before (Shift Enter)
studio-next-found = The next (Enter)
studio-close-find = Close (Esc)

## The menus and the sheet of keys
studio-what-to-do = What to do
studio-past = What was done
studio-past-label = What was done. Press one to go there.
studio-as-opened = As it was opened
studio-go = Go
studio-branches = Branches
studio-changes = Changes that wait
studio-keys = Keys on the canvas
studio-keys-hint = Space or the middle button held down moves the canvas; Shift held down chooses; Ctrl held down while dropping copies. The wheel moves, with Ctrl it zooms. On a note, arrows move it, Alt and arrows size it, C colours it, Enter writes.
studio-key-shift = Shift
studio-key-enter = Enter
studio-key-escape = Esc
studio-key-delete = Del
studio-key-home = Home
studio-key-end = End
studio-key-page-up = PageUp
studio-key-page-down = PageDown
studio-do-below = To what comes below
studio-do-above = To what comes above
studio-do-right = To the branch on the right
studio-do-left = To the branch on the left
studio-do-extend-below = Choose what comes below too
studio-do-extend-above = Choose what comes above too
studio-do-extend-right = Choose on the right too
studio-do-extend-left = Choose on the left too
studio-do-next = Past what a step holds, to the next
studio-do-previous = To the step before, past what it holds
studio-do-first = To the trigger
studio-do-last = To the last step
studio-do-find = Find in the flow
studio-do-next-problem = To the next step with a problem
studio-do-previous-problem = To the problem before
studio-do-open = Open
studio-do-add = Add a step
studio-do-rename = Rename
studio-do-replace = Replace
studio-do-duplicate = Duplicate
studio-do-copy = Copy
studio-do-cut = Cut
studio-do-paste = Paste after
studio-do-skip = Skip, or no longer
studio-do-carry = Move to…
studio-do-move-down = Move down
studio-do-move-up = Move up
studio-do-move-right = Move to the right, or into
studio-do-move-left = Move to the left, or out
studio-do-fold = Collapse or expand
studio-do-copy-reference = Copy a reference
studio-do-delete = Delete
studio-do-note = Add a note
studio-do-select-all = Choose all
studio-do-leave = Let go, choose nothing
studio-do-menu = Everything to do here
studio-do-undo = Undo
studio-do-redo = Redo
studio-do-add-branch = Add a branch
studio-do-rename-branch = Rename the branch
studio-do-duplicate-branch = Duplicate the branch
studio-do-branch-back = Move the branch back
studio-do-branch-on = Move the branch on
studio-do-delete-branch = Delete the branch
studio-do-next-change = To the next change
studio-do-previous-change = To the change before
studio-do-accept-all = Accept all changes
studio-do-reject-all = Reject all changes
studio-do-zoom-in = Nearer
studio-do-zoom-out = Further away
studio-do-zoom-one = Full size
studio-do-fit = Show all
studio-do-fit-chosen = Show what is chosen
studio-do-fold-all = Collapse or expand all
studio-do-map = Map
studio-do-turn = Downwards, or to the right
studio-do-outline = Outline
studio-do-mode = Drag moves the canvas, or chooses
studio-do-sheet = All keys

## The screen around the canvas
studio-opening = Opening the automation
studio-cannot-open = This automation cannot be opened
studio-back = Back to the automations
studio-out-of-reach = Out of reach
studio-again = Try again
studio-not-here = Not here
studio-publish = Publish
studio-is-published = Published
studio-publish-draft = Publish draft
studio-saved = Saved
studio-saving = Saving…
studio-not-saved = Not saved
studio-rename-automation = Rename the automation to { $name }
studio-automation-name = The automation's name
studio-runs-by-itself = Runs by itself
studio-switch-off = It runs by itself. Switch it off
studio-switch-on = It does not run by itself. Switch it on
studio-draft = Draft
studio-on = On
studio-on-differs = On, draft differs
studio-off = Off
studio-off-differs = Off, draft differs
studio-in-app = In the app
studio-activepieces = Activepieces
studio-milliseconds = { $count } ms
studio-seconds = { $whole }.{ $tenths } s
studio-minutes = { $count } min
studio-versions = Versions
studio-version = Version { $number }, { $when }
studio-restore = Restore
studio-reading = Reading…
studio-none-published = Nothing was published yet.
studio-beside = Beside the canvas
studio-set-up = Set up
studio-run = Run
studio-take-run-off = Take the run off the canvas
studio-test-runs = The test runs. Each step tells how it went.
studio-test = Test
studio-test-automation = Test the automation
studio-rehearse-proposed = Rehearse with the proposed changes
studio-rehearse = Rehearse on samples
studio-run-for-real = Run once for real…
studio-run-title = Run it once for real?
studio-run-text = Every step does what it says: messages are sent and records are changed. A rehearsal does not.
studio-run-it = Run it
studio-publish-title = Publish this automation
studio-published = Published. It runs by itself from now on.
studio-cancel = Cancel
studio-publish-and-on = Publish and switch on
studio-look-first = To look at first
studio-show = Show
studio-may-do = It may do this, and nothing else
studio-does-nothing = It does nothing outside: it reads, and keeps what it finds.
studio-new = new
studio-more = More
studio-copy-of = Copy of { $name }
studio-not-copied = It could not be copied: { $why }.
studio-gone-for-good = “{ $name }” goes for good, with its history and its runs.
studio-save-file = Save as a file for Activepieces
studio-run-on-server = Run it on Activepieces
studio-run-in-app = Run it in the app
studio-delete-menu = Delete…
studio-delete-title = Delete this automation?
studio-stays = It stays where it is
studio-runs-there = It runs there from now on
studio-all-there = Everything has its counterpart there.
studio-some-cannot = Some of it cannot run there. Mend what is marked, then move it again.
studio-some-differs = Some of it is not quite the same there:
studio-close = Close
studio-on-server = On the server
studio-take-all = Take all of it
studio-also-edited = This automation was also edited on the server. Yours is kept here until you decide.
studio-show-difference = Show the difference
studio-keep-both = Keep both
studio-keep-mine = Keep mine
studio-keep-theirs = Keep theirs
studio-not-kept = Not kept
studio-your-edit = Your edit
studio-make-again = Make it again
studio-accept-all = Accept all
studio-somebody = Somebody
studio-changed-meanwhile = { $who } changed this automation meanwhile. Your edit waits on the canvas.
studio-changed-by = { $who } changed this automation.
studio-unreadable = This automation cannot be read here: { $why }. It may be of a newer PM OS; install the latest.
