state-not-loaded = Dieser Teil der Seite wurde nicht geladen
state-not-loaded-text = Der Rest funktioniert. Hilft ein erneuter Versuch nicht, PM OS neu starten.
state-again = Erneut versuchen
state-waits = „{ $title }“ wartet auf Ihre Entscheidung.
state-many-wait = { $count ->
    [one] 1 Unterhaltung wartet auf Ihre Entscheidung.
   *[other] { $count } Unterhaltungen warten auf Ihre Entscheidung.
}
state-answered = In „{ $title }“ liegt eine Antwort vor.
state-many-answered = { $count ->
    [one] In 1 Unterhaltung liegt eine Antwort vor.
   *[other] In { $count } Unterhaltungen liegen Antworten vor.
}
state-todos = To-dos
state-board = Board
state-messages = Nachrichten
state-documents = Dokumente
state-schedule = Termine
state-checkins = Check-ins
state-chat = Chat
state-time = Zeiten
state-people = Personen
state-activity = Aktivität
state-you = Ich
state-someone = Jemand
state-typed-too-much = Das sind mehr als 1.000.000 Zeichen. In ein Dokument legen und dieses mit @ nennen, oder in Teilen senden.
state-said-too-much = Das sind mehr als 1.000.000 Zeichen. Bitte in Teilen senden.
state-not-sent = Es wurde nicht gesendet. { $why }
state-refused = Die App hat die Anfrage mit Status { $status } abgelehnt. Die Seite unter der Adresse, die die App ausgegeben hat, neu laden.
state-unreadable = Die Antwort der App konnte nicht gelesen werden: { $why }. Die Seite neu laden; bleibt es dabei, bitte melden.
state-unwritable = Die Anfrage konnte nicht geschrieben werden: { $why }.
state-unreachable = Die App antwortet nicht ({ $detail }). Läuft sie noch? Sie erneut starten, dann diese Seite neu laden.
state-no-reason = kein Grund genannt
state-no-desktop = kein Desktop vorhanden
state-no-invoke = kein Aufruf möglich
