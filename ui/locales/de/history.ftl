history-title = Verlauf
history-what-is-shown = Was angezeigt wird
history-done = Erledigt
history-recipes = Rezepte
history-make-recipe = Rezept erstellen …
history-none-fits = Nichts passt
history-none-fits-text = Kein Eintrag enthält diese Wörter oder stammt von diesem Urheber.
history-show-all = Alles anzeigen
history-nothing-yet = Noch ist nichts geschehen
history-nothing-yet-text = Was Sie ändern und was andere für Sie ändern, steht hier und lässt sich zurücknehmen.
history-go-to-projects = Zu den Projekten
history-older = Ältere Einträge anzeigen
history-everyone = Alle
history-filter = Nach Wörtern filtern
history-by-whom = Von wem
history-chosen-entries = Ausgewählte Einträge
history-choose-what = Auswählen, was erneut getan werden soll.
history-cancel = Abbrechen
history-keep-open = Als Rezept aufbewahren …
history-undone = Rückgängig gemacht
history-took-back = Nahm etwas zurück
history-were-told-hint = Rückgängig legt es in den Papierkorb; Personen wurden schon benachrichtigt
history-were-told = Personen benachrichtigt
history-for-good = Endgültig
history-undo = Rückgängig
history-redo = Wiederholen
history-added = Hinzugefügt
history-changed-since = Jemand hat es seitdem geändert
history-leave = So lassen
history-put-back = Meine zurückholen
history-field = Feld
history-field-title = Titel
history-field-notes = Notizen
history-field-starts = Beginn
history-field-due = Fällig
history-field-assigned = Zugewiesen an
history-field-in = In
history-field-place = Position
history-field-status = Status
history-field-when = Wann
history-nobody = niemand
history-value-open = offen
history-nothing = nichts
history-you = Sie
history-assistant = Assistent
history-automation = Automatisierung
history-another-program = Ein anderes Programm
history-basecamp = Basecamp
history-on-command-line = über die Befehlszeile
history-over-server = über den lokalen Server
history-in-background = im Hintergrund
history-no-recipe = Noch kein Rezept
history-no-recipe-text = Einträge des Verlaufs auswählen und unter einem Namen aufbewahren: Dann lassen sie sich wiederholen, mit anderen Personen, Orten und Tagen.
history-choose-entries = Einträge auswählen
history-rename = Umbenennen
history-delete = Löschen
history-run-open = Ausführen …
history-rename-recipe = Rezept umbenennen
history-name = Name
history-deleted = Gelöscht.
history-delete-title = Dieses Rezept löschen?
history-keep-title = Als Rezept aufbewahren
history-differs = Was sich von Mal zu Mal unterscheidet
history-name-example = Wöchentliche Vorbereitung
history-what-it-does = Was es tut
history-keep-it = Aufbewahren
history-close = Schließen
history-run-it = Ausführen
history-nobody-told = Niemand wird benachrichtigt.
history-would-do = Was es tun würde
history-show-would-do = Zeigen, was es tun würde
history-not-done = Nicht erledigt
history-day-of-run = der Tag der Ausführung
history-day-after = der Tag nach der Ausführung
history-before = Vorher
history-yours = Ihre
history-theirs = Die andere, in Basecamp
history-when-left = Als Sie es verließen
history-would-restore = Rückgängig stellt her
history-now = Jetzt, in Basecamp
history-entries = { $count ->
    [one] 1 Eintrag
   *[other] { $count } Einträge
}
history-value-done = erledigt
history-through = über { $door }
history-choose-named = Auswählen: { $summary }
history-chosen = { $count ->
    [one] 1 Eintrag ausgewählt.
   *[other] { $count } Einträge ausgewählt.
}
history-moved-text = { $summary }: Dieselben Felder wurden seitdem erneut geändert. Noch ist nichts geschehen.
history-steps = { $count ->
    [one] 1 Schritt
   *[other] { $count } Schritte
}
history-steps-ask = { $count ->
    [one] 1 Schritt; fragt nach { $names }
   *[other] { $count } Schritte; fragt nach { $names }
}
history-run-when = ausgeführt { $when }
history-gone-for-good = „{ $name }“ ist endgültig weg. Was damit getan wurde, bleibt.
history-kept = „{ $name }“ ist aufbewahrt. Von hier ausführen oder den Assistenten darum bitten.
history-ask-each = Bei jeder Ausführung danach fragen: { $value }
history-what-to-call = Name für { $value }
history-run-named = „{ $name }“ ausführen
history-steps-done = { $count ->
    [one] 1 Schritt ist erledigt. Er lässt sich im Verlauf zurücknehmen.
   *[other] { $count } Schritte sind erledigt. Sie lassen sich im Verlauf zurücknehmen.
}
history-stopped = Angehalten: { $why } Was getan wurde, bleibt und lässt sich im Verlauf zurücknehmen.
history-days-after = { $days } Tage nach der Ausführung
history-quoted = „{ $text }“
