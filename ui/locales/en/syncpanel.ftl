syncpanel-title = Sync
syncpanel-lead = What is here, how fresh it is, and what Basecamp does not have yet
syncpanel-what-is-here = What is here
syncpanel-kind = Kind
syncpanel-records = Records
syncpanel-complete = Complete as of
syncpanel-not-yet = not yet
syncpanel-projects = Projects
syncpanel-people = People
syncpanel-todos = To-dos and lists
syncpanel-cards = Cards, columns and steps
syncpanel-messages = Messages
syncpanel-comments = Comments
syncpanel-documents = Documents and files
syncpanel-schedule = Schedule
syncpanel-checkins = Check-ins
syncpanel-chat = Chat
syncpanel-time = Time
syncpanel-activity = Activity
syncpanel-not-everything = Not everything has been fetched yet
syncpanel-measuring = measuring the rate
syncpanel-what-sync-does = What sync is doing
syncpanel-working-offline = Working offline
syncpanel-work-offline = Work offline
syncpanel-sync-now = Sync now
syncpanel-compare-all = Compare everything
syncpanel-pause = Pause
syncpanel-resume = Resume
syncpanel-cancel-pass = Cancel this pass
syncpanel-idle = Up to date, waiting for the next turn
syncpanel-cold = Fetching everything for the first time
syncpanel-warm = Fetching what changed
syncpanel-comparing = Comparing everything with Basecamp
syncpanel-sending-edits = Sending your edits
syncpanel-paused = Paused
syncpanel-open-settings = Open settings
syncpanel-again = Try again
syncpanel-to-be-sent = To be sent
syncpanel-none-waits = Basecamp has every edit that was made here.
syncpanel-queued = Queued
syncpanel-sending = Sending
syncpanel-refused = Refused
syncpanel-conflict = Conflict
syncpanel-keep-theirs = Keep theirs
syncpanel-use-mine = Use mine
syncpanel-discard = Discard
syncpanel-discard-title = Give this edit up?
syncpanel-discard-edit = Discard the edit
syncpanel-instant = { $day } { $month } { $year }, { $clock }
syncpanel-complete-as-of = Everything here is complete as of { $when }
syncpanel-requests = { $count } requests so far, { $left }
syncpanel-stage-of = { $done } of { $total }
syncpanel-edits = { $count ->
    [one] 1 edit
   *[other] { $count } edits
}
syncpanel-edits-stuck = { $all ->
    [one] 1 edit, { $stuck } need you
   *[other] { $all } edits, { $stuck } need you
}
syncpanel-tries = { $count ->
    [one] 1 try
   *[other] { $count } tries
}
syncpanel-discard-text = “{ $summary }” will not be sent. The item goes back to what Basecamp has.
