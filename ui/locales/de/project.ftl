project-not-here = Dieses Projekt ist nicht hier
project-not-here-text = Vielleicht wurde es gelöscht, oder Sie haben in Basecamp keinen Zugriff mehr darauf.
project-show-all = Alle Projekte anzeigen
project-parts = Teile des Projekts
project-tab-todos = To-dos
project-tab-board = Board
project-tab-messages = Nachrichten
project-tab-documents = Dokumente
project-tab-schedule = Termine
project-tab-checkins = Check-ins
project-tab-chat = Chat
project-tab-time = Zeit
project-tab-people = Personen
project-tab-activity = Aktivität
project-unpin = Von der Leiste lösen
project-pin = An die Leiste heften
project-open-outside = In Basecamp öffnen
project-from-to = { $from } bis { $to }
project-from = ab { $when }
project-until = bis { $when }
project-by-week = Erledigt je Woche, die letzten { $weeks } Wochen, zuletzt { $latest }
project-open-done = { $open } offen, { $done } erledigt
project-late = { $count } überfällig
project-are-blocked = { $count } blockiert
project-events = { $count ->
    [one] 1 Ereignis
   *[other] { $count } Ereignisse
}
project-no-activity = Noch ist nichts geschehen
project-no-activity-text = Was in diesem Projekt geschieht, steht hier, Tag für Tag.
project-someone = Jemand
project-did = { $action ->
    [created] fügte { $what } hinzu
    [commented] kommentierte { $what }
    [comment_created] kommentierte { $what }
    [completed] erledigte { $what }
    [uncompleted] öffnete { $what } wieder
    [assigned] änderte die Zuweisung von { $what }
    [assignment_changed] änderte die Zuweisung von { $what }
    [due_on_changed] änderte die Fälligkeit von { $what }
    [updated] bearbeitete { $what }
    [content_changed] bearbeitete { $what }
    [title_changed] änderte den Titel von { $what }
    [moved] verschob { $what }
    [trashed] legte { $what } in den Papierkorb
    [untrashed] stellte { $what } wieder her
    [restored] stellte { $what } wieder her
    [archived] archivierte { $what }
    [unarchived] holte { $what } aus dem Archiv
    [changed] änderte { $what }
   *[other] { $words } { $what }
}
project-cards-in-columns = { $cards ->
    [one] 1 Karte
   *[other] { $cards } Karten
} in { $columns ->
    [one] 1 Spalte
   *[other] { $columns } Spalten
}
project-which-board = Welches Board
project-board-keys = Pfeiltasten wählen, Alt und Pfeiltasten verschieben, M verschiebt nach …, N fügt hinzu
project-no-board = Kein Board vorhanden
project-no-board-text = Dieses Projekt hat kein Kartenboard. In Basecamp eines einschalten, dann erscheinen seine Karten hier.
project-board-role = Board
project-board-label = Board. Pfeiltasten wählen eine Karte, Alt und Pfeiltasten verschieben sie.
project-at-edge = Die Karte ist am Rand des Boards.
project-card-menu = Aktionen für diese Karte
project-blocked = Blockiert
project-on-hold = Zurückgestellt
project-add-card-to = Karte zu { $column } hinzufügen
project-drop-here = Hier ablegen
project-no-cards = Keine Karten
project-show-more = { $count } weitere anzeigen
project-added = { $title } hinzugefügt.
project-card-title = Titel der neuen Karte
project-card-hint = Worum geht es? Eingabe fügt hinzu, Esc beendet
project-not-moved = Die Karte konnte nicht verschoben werden. Sie ist wieder an ihrem Platz.
project-moved-to = Nach „{ $place }“ verschoben
project-card-place = { $title }: { $column }, Platz { $place } von { $count }.
project-column-on-hold = { $column }, zurückgestellt
project-lines = { $count ->
    [one] 1 Zeile
   *[other] { $count } Zeilen
}
project-say-outside = Zum Schreiben den Chat in Basecamp öffnen
project-nothing-said = Noch wurde nichts geschrieben
project-nothing-said-text = Was im Chat des Projekts in Basecamp geschrieben wird, lässt sich hier lesen und finden.
project-earlier-lines = Frühere Zeilen
project-questions-answers = { $questions ->
    [one] 1 Frage
   *[other] { $questions } Fragen
}, { $answers ->
    [one] 1 Antwort
   *[other] { $answers } Antworten
}
project-no-checkins = Keine Check-ins
project-no-checkins-text = Regelmäßige Fragen werden in Basecamp eingerichtet; die Antworten lassen sich hier lesen.
project-answers = { $count ->
    [one] 1 Antwort
   *[other] { $count } Antworten
}
project-not-answered = Noch hat niemand geantwortet.
project-earlier-answers = { $count ->
    [one] 1 frühere Antwort anzeigen
   *[other] { $count } frühere Antworten anzeigen
}
project-completed = „{ $title }“ erledigt
project-reopened = „{ $title }“ wieder geöffnet
project-card-is-done = Eine Karte ist erledigt, wenn sie in die Spalte „Done“ verschoben wird: M drücken.
project-assigned = „{ $title }“ zugewiesen
project-has-no-due = „{ $title }“ hat keine Fälligkeit
project-is-due = „{ $title }“ ist fällig am { $day }
project-trashed = „{ $title }“ in den Papierkorb gelegt
project-restored = „{ $title }“ wiederhergestellt
project-files = { $count ->
    [one] 1 Dokument oder Datei
   *[other] { $count } Dokumente und Dateien
}
project-folders-files = { $folders } Ordner, { $files ->
    [one] 1 Dokument oder Datei
   *[other] { $files } Dokumente und Dateien
}
project-folder = Ordner
project-docs-files = Dokumente & Dateien
project-folder-empty = Dieser Ordner ist leer
project-no-documents = Noch keine Dokumente
project-documents-text = Dokumente und Dateien werden in Basecamp hinzugefügt. Ihr Inhalt bleibt dort; ihre Namen lassen sich hier finden.
project-comments = { $count ->
    [one] 1 Kommentar
   *[other] { $count } Kommentare
}
project-count-messages = { $count ->
    [one] 1 Nachricht
   *[other] { $count } Nachrichten
}
project-post-message = Nachricht veröffentlichen
project-no-messages = Noch keine Nachrichten
project-no-messages-text = Was hier angekündigt oder gefragt wird, bleibt an einem Ort.
project-posted = „{ $title }“ veröffentlicht
project-subject = Betreff
project-text = Text
project-notify = Benachrichtigen
project-nobody-notified = Niemand wird benachrichtigt
project-cancel = Abbrechen
project-post = Veröffentlichen
project-have-open-work = { $count ->
    [one] 1 Person hat offene Arbeit
   *[other] { $count } Personen haben offene Arbeit
}
project-no-open-work = Niemand hat hier offene Arbeit
project-no-open-work-text = Sobald ein To-do oder eine Karte zugewiesen ist, erscheinen die Personen hier.
project-nobody-yet = Noch niemand
project-open = { $count } offen
project-entries-ahead = { $count ->
    [one] 1 Termin steht an
   *[other] { $count } Termine stehen an
}
project-show-earlier = Frühere Tage anzeigen
project-add-entry = Termin hinzufügen
project-nothing-ahead = Nichts steht an
project-no-entries = Noch keine Termine
project-schedule-text = Besprechungen, Meilensteine und Abwesenheiten gehören hierher.
project-day-of = Tag { $day } von { $count }
project-all-day-slot = ganztägig
project-entry-added = „{ $title }“ hinzugefügt
project-what = Was
project-all-day = Ganztägig
project-first-day = Von
project-starts-at = Beginnt um
project-last-day = Bis
project-ends-at = Endet um
project-takes-part = Wer teilnimmt
project-notes = Notizen
project-add = Hinzufügen
project-choose-days = Bitte einen ersten und einen letzten Tag wählen.
project-last-before-first = Der letzte Tag liegt vor dem ersten.
project-choose-times = Bitte Beginn und Ende wählen.
project-too-far = Dieser Tag liegt zu weit entfernt.
project-ends-before-start = Das Ende liegt vor dem Beginn.
project-archived = Archiviert
project-in-trash = Im Papierkorb
project-draft = Entwurf
project-gone = In Basecamp nicht mehr vorhanden
project-today = Heute
project-yesterday = Gestern
project-tomorrow = Morgen
project-kind-todo-set = To-dos
project-kind-list = Liste
project-kind-group = Gruppe
project-kind-todo = To-do
project-kind-card-table = Kartenboard
project-kind-column = Spalte
project-kind-card = Karte
project-kind-step = Schritt
project-kind-message-board = Nachrichtenbrett
project-kind-message = Nachricht
project-kind-comment = Kommentar
project-kind-document = Dokument
project-kind-file = Datei
project-kind-schedule = Termine
project-kind-entry = Termin
project-kind-questionnaire = Check-ins
project-kind-question = Frage
project-kind-answer = Antwort
project-kind-chat = Chat
project-kind-chat-line = Chatzeile
project-kind-time-entry = Zeiteintrag
project-time-in-entries = { $time } in { $count ->
    [one] 1 Eintrag
   *[other] { $count } Einträgen
}
project-no-time = Keine Zeit erfasst
project-no-time-text = Zeiten werden in Basecamp erfasst und hier zusammengezählt.
project-nobody = Niemand
project-no-description = Ohne Beschreibung
project-minutes = { $minutes } Min.
project-hours = { $hours } Std.
project-hours-minutes = { $hours } Std. { $minutes } Min.
project-todos-open = { $count ->
    [one] 1 To-do offen
   *[other] { $count } To-dos offen
}
project-todos-open-completed = { $open ->
    [one] 1 To-do offen
   *[other] { $open } To-dos offen
}, { $completed } erledigt
project-show-completed = Erledigte anzeigen
project-show-put-away = Archivierte und gelöschte anzeigen
project-unfold-all = Alle aufklappen
project-fold-all = Alle zuklappen
project-add-todo = To-do hinzufügen
project-no-lists = Noch keine To-do-Listen
project-no-lists-text = Listen werden in Basecamp angelegt. Sobald es eine gibt, lassen sich ihre To-dos hier hinzufügen und abhaken.
project-todos-fetched = To-dos werden abgerufen
project-todos-fetched-text = Sie erscheinen hier, sobald sie da sind.
project-todos = To-dos
project-the-loose = To-dos ohne Liste
project-todo-place = { $title }: { $list }, Platz { $place }.
project-moved = „{ $title }“ verschoben
project-nowhere-further = Weiter lässt es sich nicht verschieben.
project-loose = To-dos ohne Liste
project-empty = leer
project-open-list = „{ $title }“ öffnen
project-add-todo-to = To-do zu { $list } hinzufügen
project-tick = Erledigt: { $title }
project-todo-menu = Aktionen für „{ $title }“
project-steps-done = { $done } von { $count } Schritten erledigt
project-todo-title = Titel des neuen To-dos
project-todo-hint = Was ist zu tun? Eingabe fügt hinzu, Esc beendet
project-deed-open = Öffnen
project-key-enter = Eingabe
project-deed-reopen = Wieder öffnen
project-deed-complete = Erledigen
project-deed-assign = Zuweisen
project-deed-due = Fälligkeit
project-move-to = Verschieben nach …
project-deed-trash = In den Papierkorb legen
project-key-delete = Entf
project-deed-restore = Wiederherstellen
project-assign-to = Zuweisen an …
project-you = Sie
project-no-due-day = Keine Fälligkeit
project-due-on = Fällig am …
project-next-monday = Nächster Montag
project-two-weeks = In zwei Wochen
project-a-month = In einem Monat
project-list-hint = Liste
project-group-hint = Gruppe
