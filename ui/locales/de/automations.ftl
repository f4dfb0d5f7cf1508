automations-title = Automatisierungen
automations-tables = Tabellen
automations-connections = Verbindungen
automations-new-automation = Neue Automatisierung
automations-none-yet = Noch keine Automatisierungen
automations-none-yet-text = Eine Automatisierung erledigt etwas von selbst: wenn in Basecamp etwas geschieht, zu einer Zeit oder wenn ein anderes Programm sie aufruft.
automations-start-from-example = Mit einem Beispiel beginnen
automations-any-folder = Alle Ordner
automations-in-no-folder = In keinem Ordner
automations-search = Automatisierungen suchen
automations-folder = Ordner
automations-state = Status
automations-where-it-runs = Ausführungsort
automations-sort = Sortierung
automations-none-fits = Keine passende Automatisierung
automations-none-fits-text = Nach weniger Buchstaben suchen oder einen anderen Ordner, Status oder Ort wählen.
automations-show-all = Alle anzeigen
automations-automation = Automatisierung
automations-place = Ort
automations-last-run = Letzte Ausführung
automations-week-and-fortnight = Woche und 14 Tage
automations-made-by = Erstellt von
automations-sort-edited = Zuletzt bearbeitete zuerst
automations-sort-name = Nach Name
automations-sort-run = Zuletzt ausgeführte zuerst
automations-sort-failing = Fehleranfälligste zuerst
automations-any-state = Jeder Status
automations-state-on = Ein
automations-state-off = Aus
automations-drafts = Entwürfe
automations-with-problems = Mit Problemen
automations-unpublished = Unveröffentlichte Änderungen
automations-any-place = Jeder Ort
automations-in-app = In der App
automations-on-activepieces = Auf Activepieces
automations-activepieces = Activepieces
automations-draft = Entwurf
automations-what-to-do = Aktionen für diese Automatisierung
automations-last-run-is = Letzte Ausführung: {""}
automations-no-run = Keine Ausführung in sieben Tagen
automations-rehearsed = Geprobt
automations-tested = Getestet
automations-open = Öffnen
automations-key-enter = Eingabe
automations-run-once = Einmal ausführen
automations-switch-off = Ausschalten
automations-switch-on = Einschalten
automations-duplicate = Duplizieren
automations-into-folder-open = In einen Ordner legen …
automations-save-as-file = Als Datei speichern
automations-delete-open = Löschen …
automations-key-delete = Entf
automations-delete-title = Diese Automatisierung löschen?
automations-delete = Löschen
automations-into-folder = In einen Ordner legen
automations-folder-hint = Ein neuer Name legt einen Ordner an. Leer gelassen liegt sie in keinem.
automations-cancel = Abbrechen
automations-put-there = Ablegen
# The assistant is told this; the built-in one understands English.
automations-ask-begin = Make an automation that {""}
automations-example-failed = Dieses Beispiel konnte nicht geschrieben werden. Bitte mit einer leeren Automatisierung beginnen.
automations-untitled = Ohne Titel
automations-imported = Importiert
automations-way-empty = Leer
automations-way-file = Aus einer Datei
automations-way-example = Aus einem Beispiel
automations-how-it-begins = Womit sie beginnt
automations-name = Name
automations-name-hint = Leer gelassen heißt sie wie in der Datei.
automations-ask-assistant = Assistent fragen
automations-make-it = Erstellen
automations-file-drop = Datei: auswählen oder hier ablegen
automations-or-paste = Oder einfügen
automations-paste-example = Der Export von Activepieces: JSON
automations-choose-file = Eine Datei auswählen oder den Export einfügen.
automations-no-automation = Darin ist keine Automatisierung. Eine aus Activepieces als JSON exportieren, oder von hier, und diese Datei auswählen.
automations-file-unread = Die Datei konnte nicht gelesen werden. Erneut auswählen oder ihren Inhalt einfügen.
automations-example-late-says = Ist ein To-do überfällig, meldet es eine Nachricht in Slack.
automations-example-late = Überfälliges in Slack melden
automations-example-overdue = Ein To-do ist überfällig
automations-example-tell-channel = Dem Kanal melden
automations-example-goal = Sieh nach, was überfällig ist, was heute fällig ist und was auf eine Antwort wartet. Schreibe es in höchstens sechs kurzen Zeilen auf, das Dringendste zuerst. Ändere nichts.
automations-example-your-morning = Ihr Morgen
automations-example-morning-says = An jedem Werktag fasst morgens eine Benachrichtigung den Tag zusammen.
automations-example-morning = Morgenüberblick
automations-example-at-eight = Werktags um acht
automations-example-look = Den Tag ansehen
automations-example-tell-me = Benachrichtigen
automations-example-review-says = Entsteht in einer Spalte eine Karte, erhält ihr Prüfer ein To-do.
automations-example-review = Ein To-do für die Prüfung
automations-example-card = Eine Karte wird erstellt
automations-example-give = To-do für die Prüfung anlegen
automations-done = Fertig
automations-no-connections = Noch keine Verbindungen
automations-no-connections-text = Ein Schritt, der ein Konto braucht, fragt danach. Dort verbinden: eine Automatisierung öffnen und den Schritt auswählen.
automations-place-app = in der App
automations-place-server = auf Activepieces
automations-it-works = Funktioniert
automations-forget-unused = Ihr Geheimnis wird gelöscht. Keine Automatisierung verwendet sie.
automations-rename = Umbenennen
automations-forget-it = Entfernen
automations-it-runs = Wird ausgeführt
automations-run-it = Ausführen
automations-file-hint = Die Adresse einer Datei.
automations-payload-hint = JSON. Leer gelassen liefert der Auslöser nichts.
automations-sample-hint = JSON: was der Auslöser beim letzten Versuch lieferte. Lässt sich beliebig ändern.
automations-trigger-brings = Was der Auslöser liefert
automations-not-connected = Nicht verbunden
automations-connected = Verbunden
automations-mark-not-connected = nicht verbunden
automations-mark-connected = verbunden
automations-mark-sending = wird gesendet
automations-mark-fault = braucht Aufmerksamkeit
automations-server = Activepieces-Server
automations-disconnected = Der Activepieces-Server ist getrennt
automations-address = Adresse
automations-account = Konto
automations-project = Projekt
automations-version = Version
automations-waits-to-be-sent = Wartet auf das Senden
automations-disconnect-open = Trennen …
automations-sign-in-again = Erneut anmelden
automations-disconnect-title = Den Activepieces-Server trennen?
automations-disconnect = Trennen
automations-disconnect-text = Seine Adresse und die Anmeldung werden hier entfernt. Was dort läuft, läuft dort weiter; nicht gesendete Änderungen gehen verloren.
automations-connected-sample = Mit dem Activepieces-Server des Beispiels verbunden
automations-sample-offer = Dieser Arbeitsbereich hat zum Ausprobieren einen eigenen Server auf diesem Rechner.
automations-connect-sample = Beispielserver verbinden
automations-by-password = E-Mail und Passwort
automations-api-key = API-Schlüssel
automations-server-intro = Ohne Server laufen Automatisierungen in der App. Ein Server führt sie auch aus, während dieser Rechner schläft, und kennt viel mehr Bausteine.
automations-how-to-sign-in = Art der Anmeldung
automations-secret-hint = Es wird bei Ihren anderen Geheimnissen aufbewahrt und nie wieder angezeigt.
automations-email = E-Mail
automations-password = Passwort
automations-project-hint = Leer gelassen ist es das erste.
automations-connect = Verbinden
automations-no-tables = Noch keine Tabellen
automations-no-tables-text = Schritte von Automatisierungen legen Zeilen in einer Tabelle ab und finden sie wieder: wer benachrichtigt, was gezählt wurde.
automations-new-table = Neue Tabelle
automations-table-example = Bestellungen
automations-first-column = Ihre erste Spalte
automations-kind-date = Tag oder Zeit
automations-kind-choice = Auswahl
automations-text = Text
automations-number = Zahl
automations-day-or-time = Tag oder Zeit
automations-one-of = Eine von mehreren Möglichkeiten
automations-new-column = Neue Spalte
automations-column-example = Summe
automations-it-holds = Inhalt
automations-choices = Möglichkeiten, mit Kommas getrennt
automations-choices-example = neu, fertig
automations-add-it = Hinzufügen
automations-back-to-tables = Zurück zu den Tabellen
automations-save-csv = Als CSV speichern
automations-add-row = Zeile hinzufügen
automations-row-out = Die Zeile ist entfernt.
automations-put-back = Wiederherstellen
automations-take-out = Entfernen
automations-take-row-out = Diese Zeile entfernen
automations-no-rows = Noch keine Zeilen. Eine hinzufügen oder eine Automatisierung es tun lassen.
automations-more-rows = Weitere Zeilen anzeigen
automations-is-empty = { $label } ist leer. Bitte ausfüllen.
automations-no-json = Das ist kein JSON: Zeile { $line }, Spalte { $column }. Bitte berichtigen oder das Feld leer lassen.
automations-used-by-none = von keiner verwendet
automations-used-by = { $count ->
    [one] von 1 Automatisierung verwendet
   *[other] von { $count } Automatisierungen verwendet
}
automations-forget-used = { $count ->
    [one] Ihr Geheimnis wird gelöscht, und 1 Automatisierung, die sie verwendet, schlägt fehl, bis sie eine andere erhält.
   *[other] Ihr Geheimnis wird gelöscht, und { $count } Automatisierungen, die sie verwenden, schlagen fehl, bis sie eine andere erhalten.
}
automations-forget-title = „{ $name }“ entfernen?
automations-forgotten = „{ $name }“ ist entfernt
automations-rename-named = { $name } umbenennen
automations-forget-named = { $name } entfernen
automations-copy-of = Kopie von { $name }
automations-copied = „{ $name }“ ist als Entwurf angelegt
automations-delete-text = „{ $name }“ wird endgültig gelöscht, samt Ausführungen und Verlauf. Das lässt sich nicht rückgängig machen. Um eine Kopie zu behalten, vorher als Datei speichern.
automations-deleted = „{ $name }“ ist gelöscht
automations-example-message = *{ $title }* in { $project } war am { $due } fällig. { $url }
automations-example-review-todo = Prüfen: { $title }
automations-steps = { $count ->
    [one] 1 Schritt
   *[other] { $count } Schritte
}
automations-problems = { $count ->
    [one] 1 Problem
   *[other] { $count } Probleme
}
automations-never-published = { $name } wurde noch nie veröffentlicht. Bitte öffnen und veröffentlichen.
automations-runs-itself = { $name } läuft von selbst
automations-status-at = { $status } bei { $step }
automations-status-at-why = { $status } bei { $step }: { $why }
automations-week = { $count ->
    [one] 1 Ausführung in sieben Tagen, { $failed } fehlgeschlagen
   *[other] { $count } Ausführungen in sieben Tagen, { $failed } fehlgeschlagen
}
automations-run-named-once = „{ $name }“ einmal ausführen
automations-required = { $label } (erforderlich)
automations-in-clipboard = Hier ließ sich keine Datei speichern. Der Text von { $name } ist in der Zwischenablage.
automations-saved = „{ $name }“ ist in Ihren Downloads gespeichert
automations-edits-to-send = { $count ->
    [one] 1 Änderung zu senden
   *[other] { $count } Änderungen zu senden
}
automations-server-mark = Activepieces: { $state }
automations-edits = { $count ->
    [one] 1 Änderung
   *[other] { $count } Änderungen
}
automations-connected-to = Mit { $address } verbunden
automations-delete-table-title = „{ $name }“ löschen?
automations-delete-table = { $name } löschen
automations-delete-table-text = { $count ->
    [one] Sie wird endgültig gelöscht, samt ihrer Zeile, und Schritte, die sie verwenden, schlagen fehl. Um eine Kopie zu behalten, vorher öffnen und als Datei speichern.
   *[other] Sie wird endgültig gelöscht, samt ihren { $count } Zeilen, und Schritte, die sie verwenden, schlagen fehl. Um eine Kopie zu behalten, vorher öffnen und als Datei speichern.
}
automations-rows = { $count ->
    [one] 1 Zeile
   *[other] { $count } Zeilen
}
automations-kind-text = Text
automations-kind-number = Zahl
