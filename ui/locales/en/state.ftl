state-not-loaded = This part of the page did not load
state-not-loaded-text = The rest works. If trying again does not help, restart PM OS.
state-again = Try again
state-waits = “{ $title }” waits for your decision.
state-many-wait = { $count ->
    [one] 1 conversation waits for your decision.
   *[other] { $count } conversations wait for your decision.
}
state-answered = “{ $title }” has an answer.
state-many-answered = { $count ->
    [one] 1 conversation has an answer.
   *[other] { $count } conversations have answers.
}
state-todos = To-dos
state-board = Board
state-messages = Messages
state-documents = Documents
state-schedule = Schedule
state-checkins = Check-ins
state-chat = Chat
state-time = Time
state-people = People
state-activity = Activity
state-you = You
state-someone = Someone
state-typed-too-much = That is more than 1,000,000 characters. Put it into a document and name the document with @, or send it in parts.
state-said-too-much = That is more than 1,000,000 characters. Send it in parts.
state-not-sent = It was not sent. { $why }
state-refused = The app refused the request with status { $status }. Reload the page from the address that it printed.
state-unreadable = The app's answer could not be read: { $why }. Reload the page; if it stays, report it.
state-unwritable = The request could not be written: { $why }.
state-unreachable = The app does not answer ({ $detail }). Is it still running? Start it again, then reload this page.
state-no-reason = no reason given
state-no-desktop = the desktop is not here
state-no-invoke = no invoke
