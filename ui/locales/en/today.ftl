today-title = Today
today-late-and-due = Late and due
today-none-due = Nothing is late, and nothing is due today.
today-mine = Mine
today-mine-note = open and assigned to me
today-waiting = Waiting
today-waiting-note = for others, or blocked
today-on-their-way = Your projects are on their way
today-on-their-way-text = What has come is already here. Today fills as to-dos and cards arrive.
today-progress = See the progress
today-clear = A clear day
today-clear-text = Nothing is late, due, yours or waited for, and nothing happened since yesterday.
today-browse = Browse the projects
today-late = { $count } late
today-due = { $count } due today
today-more-of-mine = { $count } more of mine
today-show-more = Show { $count } more
today-days-late = { $count ->
    [one] 1 day late
   *[other] { $count } days late
}
today-late-yours = Late for longest of what is yours. { $age }
today-late-nobodys = Late for longest of what is nobody’s. { $age }
today-late-anybodys = Late for longest of what is anybody’s. { $age }
today-says-it-waits = Its own words say that it waits. { $age }
today-blocked = Blocked
today-due-today = Due today
today-due-tomorrow = Due tomorrow
today-next-due = Next due, { $day }
today-made-just-now = Made yesterday or today.
today-open-touched = Open for { $open } days, touched yesterday or today.
today-open-untouched = Open for { $open } days and not touched since.
today-open-quiet = Open for { $open } days; nobody touched it for { $quiet }.
today-title-since = Since yesterday
today-changes = { $count ->
    [one] 1 change
   *[other] { $count } changes
}
today-projects = { $count ->
    [one] 1 project
   *[other] { $count } projects
}
today-changes-in-projects = { $changes } in { $projects }
today-someone = Someone
today-some-thing = Something
today-something = something
today-things = { $count } things
today-quoted = “{ $name }”
today-two = { $one } and { $two }
today-two-and-more = { $one }, { $two } and { $more } more
today-did = { $action ->
   *[other] { $words }
}
