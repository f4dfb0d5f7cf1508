parts-not-allowed = Not allowed
parts-back-to-today = Back to Today
parts-out-of-reach = Out of reach
parts-again = Try again
parts-not-here = Not here
parts-sign-in-needed = Sign-in needed
parts-open-settings = Open settings
parts-not-read = This could not be read
parts-loading = Loading
parts-opens = Opens { $host } in your browser
parts-value = Value
parts-path-copied = The path is copied
parts-value-copied = The value is copied
parts-copy-path = Copy the path
parts-copy-value = Copy the value
parts-members = { $count ->
    [one] 1 member
   *[other] { $count } members
}
parts-entries = { $count ->
    [one] 1 entry
   *[other] { $count } entries
}
parts-more-of = { $more } more of { $left }
parts-yesterday = yesterday { $clock }
parts-just-now = just now
parts-minutes-ago = { $count } min ago
parts-hours-ago = { $count } h ago
parts-days-ago = { $count ->
    [one] 1 day ago
   *[other] { $count } days ago
}
parts-months-ago = { $count ->
    [one] 1 month ago
   *[other] { $count } months ago
}
parts-years-ago = { $count ->
    [one] 1 year ago
   *[other] { $count } years ago
}
parts-few-seconds-left = a few seconds left
parts-seconds-left = about { $count } s left
parts-minutes-left = about { $count } min left
parts-hours-left = about { $count } h left
parts-instant = { $day } { $month } { $year }, { $clock }
parts-days-late = { $count ->
    [one] 1 day late
   *[other] { $count } days late
}
parts-since = since { $day }
parts-today = today
parts-tomorrow = tomorrow
parts-short-date = { $day } { $month }
parts-short-date-year = { $day } { $month } { $year }
parts-long-date = { $weekday } { $day } { $month }
parts-whole-date = { $date } { $year }
parts-monday = Monday
parts-tuesday = Tuesday
parts-wednesday = Wednesday
parts-thursday = Thursday
parts-friday = Friday
parts-saturday = Saturday
parts-sunday = Sunday
parts-mon = Mon
parts-tue = Tue
parts-wed = Wed
parts-thu = Thu
parts-fri = Fri
parts-sat = Sat
parts-sun = Sun
parts-january = January
parts-february = February
parts-march = March
parts-april = April
parts-may = May
parts-june = June
parts-july = July
parts-august = August
parts-september = September
parts-october = October
parts-november = November
parts-december = December
parts-jan = Jan
parts-feb = Feb
parts-mar = Mar
parts-apr = Apr
parts-may-short = May
parts-jun = Jun
parts-jul = Jul
parts-aug = Aug
parts-sep = Sep
parts-oct = Oct
parts-nov = Nov
parts-dec = Dec
parts-someone = Someone
parts-cancel = Cancel
parts-changed-since = Someone changed it since. Choose a version in the history.
parts-undo = Undo
parts-open = Open
parts-dismiss = Dismiss
parts-blocked = Blocked by its own words
parts-steps-done = Steps done
parts-comments = Comments
parts-complete = Complete { $title }
parts-completed = Completed “{ $title }”
parts-reopened = Opened “{ $title }” again
parts-none-found = Nothing is called so.
parts-control = Ctrl
parts-waits = Waits to be sent to Basecamp
parts-refused = Basecamp refused it; open it to see why
parts-conflict = Someone else changed it too; choose a version
