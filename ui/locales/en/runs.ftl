runs-title = Runs
runs-runs-again = It runs again, on what is published
runs-resumes = It goes on from the failed step
runs-run-cancelled = The run is cancelled
runs-side-by-side = Two runs side by side
runs-every-step = Show every step
runs-alike = Both runs went alike
runs-alike-text = Every step stood the same, with the same input and output.
runs-step = Step
runs-not-run = Not run
runs-input = Input
runs-output = Output
runs-not-there = Not there
runs-run = Run
runs-steps = Steps
runs-only-failed = Only failed iterations
runs-no-step = No step is kept
runs-no-step-text = It has not begun, or what its steps brought was cleared because it is old.
runs-said = Said
runs-kind = Kind
runs-status = Status
runs-address = Address
runs-answer = Answer
runs-raw = Raw
runs-what-to-do = What to do with this run
runs-went-well = went well
runs-fortnight = 14 days
runs-how-they-stand = How they stand
runs-tests-too = Tests too
runs-every-automation = Every automation
runs-automation = Automation
runs-older = Older runs are on their way
runs-none-so = No run stands so
runs-none-so-text = Choose another status or another automation.
runs-show-all = Show all runs
runs-nothing-yet = Nothing has run yet
runs-nothing-yet-text = A run appears here when an automation starts: by its trigger, by hand, or as a test.
runs-go-to-automations = Go to the automations
runs-two-chosen = Two runs are chosen
runs-one-chosen = One run is chosen: choose another to compare it with
runs-choose-none = Choose none
runs-compare = Compare
runs-open-run = Open the run
runs-open-automation = Open the automation
runs-go-on-failed = Go on from the failed step
runs-again-published = Run again on what is published
runs-cancel-run = Cancel the run
runs-explain-this = Explain this failure
runs-all = All
runs-running = Running
runs-waiting = Waiting
runs-succeeded = Succeeded
runs-failed = Failed
runs-cancelled = Cancelled
runs-queued = In the queue
runs-broke-down = Broke down
runs-too-long = Took too long
runs-over-budget = Over the budget
runs-out-of-memory = Out of memory
runs-too-much-data = Too much data
runs-rehearsal = Rehearsal
runs-test = Test
runs-approve = Approve
runs-reject = Reject
runs-it-happened = It happened
runs-do-again = Do it again
runs-in-app = In the app
runs-on-activepieces = On Activepieces
runs-all-runs = All runs
runs-cancel = Cancel
runs-run-again = Run again
runs-from-failed = From the failed step
runs-all-published = All of it, on what is published
runs-iteration = Iteration
runs-iterations = Iterations
runs-iteration-before = Iteration before
runs-iteration-after = Iteration after
runs-nothing-in = Nothing went in.
runs-nothing-out = Nothing came out.
runs-beginning = This is the beginning. The rest is kept.
runs-show-whole = Show all of it
runs-all-alike = { $all ->
    [one] 1 step, alike
   *[other] { $all } steps, all alike
}
runs-differ = { $some } of { $all } steps differ
runs-in-iteration = iteration { $number }
runs-on-the-clock = { $time } on the clock
runs-so-far = { $time } so far
runs-step-failed = { $step } failed
runs-goes-on = Goes on by itself: { $when }
runs-explain = Explain why run { $run } of the automation “{ $automation }” failed, and what to change so that it works.
runs-explain-at = Explain why run { $run } of the automation “{ $automation }” failed at “{ $step }”, and what to change so that it works.
runs-explain-said = { $question } It says: { $why }
runs-compare-run = Compare the run of { $name }
runs-waits-until = { $step }: { $words } Goes on by itself: { $when }.
runs-none-ended = No run has ended yet
runs-none-failed = { $count ->
    [one] 1 run ended, none failed
   *[other] { $count } runs ended, none failed
}
runs-some-failed = { $count ->
    [one] 1 run ended, { $failed } failed
   *[other] { $count } runs ended, { $failed } failed
}
runs-day-failed = { $ended }, { $failed } of them failed
runs-per-day = Runs per day, oldest first: { $days }
runs-milliseconds = { $count } ms
runs-tenths = { $seconds }.{ $tenths } s
runs-seconds = { $count } s
runs-minutes = { $count } min
runs-minutes-seconds = { $minutes } min { $seconds } s
runs-hours = { $count } h
runs-hours-minutes = { $hours } h { $minutes } min
runs-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
runs-days-hours = { $days ->
    [one] 1 day { $hours } h
   *[other] { $days } days { $hours } h
}
runs-iteration-number = Iteration { $number }
runs-of-kept = of { $count }
runs-loops-failed = { $count } failed
runs-tries = { $count } tries
runs-to-note = { $count } to note
