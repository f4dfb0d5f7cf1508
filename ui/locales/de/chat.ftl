chat-cannot-copy = Dieses Fenster darf nicht selbst kopieren. Den Text markieren und mit der Tastatur kopieren.
chat-assistant = Assistent
chat-open-address = Diese Adresse im Browser öffnen?
chat-leads-to = Sie führt zu { $host }:
chat-open-it = Öffnen
chat-ask = Fragen, oder sagen, was geschehen soll
chat-say-more = Mehr sagen; es wartet, bis es dran ist
chat-message = Nachricht an den Assistenten
chat-stop = Anhalten (Esc)
chat-send = Senden (Eingabe)
chat-completions = Vorschläge
chat-this-automation = Diese Automatisierung
chat-what-it-sees = Was der Assistent sieht
chat-hide-from = { $name } dem Assistenten nicht zeigen
chat-sees-this = Der Assistent sieht dies
chat-leave-it-out = Weglassen
chat-slash-new = Neue Unterhaltung beginnen
chat-slash-model = Modell wählen: /model und sein Name
chat-slash-undo = Zurücknehmen, was der Assistent hier zuletzt getan hat
chat-slash-stop = Anhalten, was er gerade tut
chat-slash-export = Exportieren: /export markdown oder json
chat-slash-remember = Etwas merken: /remember und ein Satz
chat-slash-rename = Unterhaltung umbenennen: /rename und der Titel
chat-slash-archive = Unterhaltung archivieren
chat-slash-clear-draft = Dieses Feld leeren
chat-slash-help = Was der Assistent kann
chat-nothing-runs = Nichts läuft gerade
chat-nothing-to-export = Noch gibt es nichts zu exportieren.
chat-remember-what = Bitte /remember und einen Satz schreiben: Was soll gemerkt werden?
chat-remembered = Gemerkt. Alles Gemerkte steht in den Einstellungen.
chat-rename-to-what = Bitte /rename und den Titel schreiben.
chat-no-title-yet = Die Unterhaltung bekommt mit der ersten Nachricht einen Titel.
chat-nothing-to-archive = Noch gibt es nichts zu archivieren.
chat-which-of-models = Bitte /model und eines von diesen schreiben: { $names }.
chat-nothing-changed = Der Assistent hat hier nichts geändert
chat-what-it-does = Was er tut
chat-asked-for = Angefordert: { $tool }
chat-result = Ergebnis
chat-read-on = Weiterlesen ({ $have } von { $length } Zeichen)
chat-show-less = Weniger anzeigen
chat-show-all = Alles anzeigen
chat-text-copied = Der Text ist kopiert
chat-copy-text = Text kopieren
chat-branch-line = Ab dieser Zeile verzweigen
chat-cut-short = Hier abgebrochen
chat-used-memories = { $count ->
    [one] 1 Erinnerung verwendet
   *[other] { $count } Erinnerungen verwendet
}
chat-forgotten-since = { $count ->
    [one] 1 inzwischen vergessene
   *[other] { $count } inzwischen vergessene
}
chat-thinking = Denkt nach …
chat-left-out = { $count ->
    [one] 1 Satz wurde weggelassen
   *[other] { $count } Sätze wurden weggelassen
}
chat-none-stood = Kein Satz hielt seinen Quellen stand.
chat-draft-copied = Der Entwurf ist kopiert
chat-draft-named = Entwurf: { $title }
chat-copy = Kopieren
chat-post-open = Als Nachricht veröffentlichen …
chat-source = Quelle { $number }: { $title }
chat-post-title = Als Nachricht veröffentlichen
chat-subject = Betreff
chat-project = Projekt
chat-nobody-notified = Niemand wird benachrichtigt. Im Verlauf lässt es sich zurücknehmen.
chat-post = Veröffentlichen
chat-changes-wait = { $count ->
    [one] Eine Änderung wartet auf Sie
   *[other] { $count } Änderungen warten auf Sie
}
chat-deny = Ablehnen
chat-deny-all = Alle ablehnen
chat-deny-all-of = Alle { $count } ablehnen
chat-allow = Erlauben
chat-allow-all = Alle erlauben
chat-allow-all-of = Alle { $count } erlauben
chat-allow-some = { $allowed } erlauben, { $denied } ablehnen
chat-show-more = { $count } weitere anzeigen
chat-created = Neu
chat-would-do = Auswirkung anzeigen
chat-back-to-own = Zurück zum Vorschlag
chat-numbered = { $field ->
    [branches] Zweig { $number }
    [cards] Karte { $number }
    [columns] Spalte { $number }
    [edits] Änderung { $number }
    [lists] Liste { $number }
    [steps] Schritt { $number }
    [todos] To-do { $number }
    [values] Wert { $number }
    [variables] Variable { $number }
   *[other] { $one } { $number }
}
chat-leave-out = Weglassen: { $what }
chat-nobody = Niemand
chat-yes = Ja
chat-no = Nein
chat-whole-input = Eingabe
chat-choose-day = Bitte einen Tag wählen.
chat-write-number = Bitte eine Zahl schreiben.
chat-no-json = Das ist kein JSON: { $why }. Bitte korrigieren oder mit „Zurück zum Vorschlag“ verwerfen.
chat-allow-named = Erlauben: { $title }
chat-edited = Bearbeitet
chat-edit-first = Vor dem Ausführen bearbeiten (E)
chat-show-everything = Alles dazu anzeigen
chat-why-not-optional = Warum nicht? (optional, für den Assistenten)
chat-why-not = Warum nicht
chat-people-told = Personen werden benachrichtigt; das lässt sich nicht rückgängig machen
chat-for-good = Endgültig
chat-nobody-told = Niemand wird benachrichtigt.
chat-this-time = Nur dieses Mal
chat-this-conversation = Für die Dauer dieser Unterhaltung
chat-always = Immer
chat-allow-tool = Dieses Werkzeug für dieses Ziel erlauben
chat-begin-new = Neu
chat-search = Unterhaltungen suchen
chat-which = Welche Unterhaltungen
chat-those-used = Aktuell
chat-those-archived = Archiviert
chat-nothing-fits = Nichts gefunden
chat-nothing-fits-text = Keine Unterhaltung enthält diese Wörter.
chat-nothing-away = Nichts ist archiviert
chat-nothing-away-text = Was Sie archivieren, wartet hier.
chat-none-yet = Noch keine Unterhaltung
chat-none-yet-text = Was Sie fragen, wird hier aufgeführt.
chat-ask-assistant = Den Assistenten fragen
chat-untitled = Ohne Titel
chat-is-branch = Eine Verzweigung
chat-waits = Wartet auf Sie
chat-is-draft = Entwurf
chat-with-it = Was damit geschehen soll
chat-rename = Umbenennen
chat-back-into-use = Aus dem Archiv holen
chat-archive = Archivieren
chat-export-markdown = Als Markdown exportieren
chat-export-json = Als JSON exportieren
chat-delete = Löschen
chat-begin = Neue Unterhaltung
chat-hide = Assistent ausblenden (Strg J)
chat-with-this = Was mit dieser Unterhaltung geschehen soll
chat-whole-screen = Auf dem ganzen Bildschirm öffnen
chat-branch-here = Von hier verzweigen
chat-model = Modell
chat-which-model = Welches Modell antwortet
chat-connect-model = Modell verbinden …
chat-built-in = Eingebauter Assistent
chat-is-called = Neuer Titel: „{ $title }“
chat-put-away = Archiviert. Zu finden unter „Archiviert“.
chat-in-use-again = Aus dem Archiv geholt
chat-deleted = Gelöscht. Was darin geschah, bleibt im Verlauf.
chat-branched = Eine Verzweigung: Die ursprüngliche Unterhaltung bleibt, wie sie ist
chat-answers-from-now = { $model } antwortet ab der nächsten Nachricht
chat-go-for-good = „{ $title }“ wird samt Aufzeichnung endgültig gelöscht. Was darin geschah, bleibt im Verlauf.
chat-is-in-clipboard = { $file } ist in der Zwischenablage
chat-rename-title = Unterhaltung umbenennen
chat-title = Titel
chat-delete-this = Diese Unterhaltung löschen?
chat-written-out = Die exportierte Unterhaltung
chat-close = Schließen
chat-copy-all = Alles kopieren
chat-sent-words = was Sie sagen, und die bisherige Unterhaltung
chat-sent-names = die Namen von Projekt und Eintrag auf dem Bildschirm und was Sie mit @ nennen
chat-sent-tools = was Werkzeuge auf seine Fragen melden: Titel, Texte, Personen und Termine der Einträge, die es ansieht
chat-sent-memories = was es sich über Sie merken soll
chat-send-there = Dies an { $place } senden?
chat-not-here = { $model } ist nicht auf diesem Rechner. Gesendet wird:
chat-sent-not = Geheimnisse und Dateien nicht. Solange Sie nichts fragen, wird nichts gesendet. Der eingebaute Assistent sendet überhaupt nichts.
chat-choose-other = Anderes Modell wählen
chat-send-it = Senden
chat-stopped = Von Ihnen angehalten. Was getan ist, bleibt und lässt sich im Verlauf rückgängig machen.
chat-ended-steps = { $count ->
    [one] Angehalten nach 1 Frage an das Modell, mehr ist je Anfrage nicht erlaubt. „Weiter“ sagen oder weniger auf einmal verlangen.
   *[other] Angehalten nach { $count } Fragen an das Modell, mehr sind je Anfrage nicht erlaubt. „Weiter“ sagen oder weniger auf einmal verlangen.
}
chat-ended-tokens = { $count ->
    [one] Angehalten bei 1 Token, mehr ist je Anfrage nicht erlaubt. Weniger auf einmal verlangen oder die Grenze in den Einstellungen erhöhen.
   *[other] Angehalten bei { $count } Token, mehr sind je Anfrage nicht erlaubt. Weniger auf einmal verlangen oder die Grenze in den Einstellungen erhöhen.
}
chat-ended-money = Angehalten bei { $cost }, mehr ist je Anfrage nicht erlaubt. Weniger auf einmal verlangen oder die Grenze in den Einstellungen erhöhen.
chat-ended-time = Angehalten nach { $time }, länger darf eine Anfrage nicht dauern. Zum Fortfahren „Weiter“ sagen.
chat-ended-repeats = Angehalten, weil immer wieder dasselbe verlangt wurde ({ $tool }). Es anders sagen oder den Eintrag nennen.
chat-state-next = Als Nächstes dran
chat-state-runs = Läuft
chat-done = Erledigt
chat-state-failed = Fehlgeschlagen
chat-state-denied = Abgelehnt
chat-state-cancelled = Nicht ausgeführt
chat-milliseconds = { $count } ms
chat-seconds = { $seconds },{ $tenths } s
chat-minutes = { $minutes } Min.
chat-minutes-seconds = { $minutes } Min. { $seconds } s
chat-hours-minutes = { $hours } Std. { $minutes } Min.
chat-costs-nothing = 0 $
chat-costs-hardly = unter 0,0001 $
chat-costs-little = 0,{ $digits } $
chat-costs = { $dollars },{ $cents } $
chat-tokens = { $taken } hinein, { $given } heraus
chat-told-one = { $name ->
    [Ich] Sie werden benachrichtigt.
   *[other] Benachrichtigt wird: { $name }.
}
chat-told-several = Benachrichtigt werden: { $before } und { $last }.
chat-told-subscribers = Benachrichtigung an die Abonnenten des Eintrags.
chat-subscribers = die Abonnenten des Eintrags
chat-more = { $count } weitere
chat-some-for-good = Einiges davon lässt sich nicht zurücknehmen.
chat-undo-trashes = „Rückgängig“ legt es in den Papierkorb, die Benachrichtigungen sind dann aber schon verschickt.
chat-undoable = Es lässt sich rückgängig machen.
chat-changes-nothing = Es würde sich nichts ändern.
chat-irreversible = Es lässt sich nicht zurücknehmen.
chat-not-read = Die Unterhaltung konnte nicht gelesen werden
chat-lead = Nach Ihren Projekten fragen oder sagen, was geschehen soll. Erst wird geplant und jeder Schritt gezeigt; was Basecamp ändert, wartet auf Ihr Ja und lässt sich rückgängig machen.
chat-conversation = Die Unterhaltung
chat-show-older = Ältere Nachrichten anzeigen
chat-messages = Nachrichten
chat-waits-turn = Wartet, bis es dran ist
chat-new-below = Neues weiter unten
chat-hidden = { $count ->
    [one] ⟦verborgen⟧
   *[other] ⟦{ $count } verborgen⟧
}
chat-image = Bild: {""}
chat-still-open = Offen
chat-table = Tabelle
chat-code-copied = Der Code ist kopiert
chat-copy-code = Code kopieren

## Said to the assistant as they are shown; the built-in one understands English alone.

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
