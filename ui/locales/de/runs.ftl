runs-title = Ausführungen
runs-runs-again = Wird mit dem veröffentlichten Stand erneut ausgeführt
runs-resumes = Wird ab dem fehlgeschlagenen Schritt fortgesetzt
runs-run-cancelled = Die Ausführung ist abgebrochen
runs-side-by-side = Zwei Ausführungen im Vergleich
runs-every-step = Alle Schritte anzeigen
runs-alike = Beide Ausführungen verliefen gleich
runs-alike-text = Jeder Schritt hatte denselben Status, mit gleicher Eingabe und Ausgabe.
runs-step = Schritt
runs-not-run = Nicht ausgeführt
runs-input = Eingabe
runs-output = Ausgabe
runs-not-there = Nicht vorhanden
runs-run = Ausführung
runs-steps = Schritte
runs-only-failed = Nur fehlgeschlagene Durchläufe
runs-no-step = Keine Schritte vorhanden
runs-no-step-text = Sie hat noch nicht begonnen, oder die Daten ihrer Schritte wurden wegen ihres Alters entfernt.
runs-said = Meldung
runs-kind = Art
runs-status = Status
runs-address = Adresse
runs-answer = Antwort
runs-raw = Rohdaten
runs-what-to-do = Aktionen für diese Ausführung
runs-went-well = erfolgreich
runs-fortnight = 14 Tage
runs-how-they-stand = Status
runs-tests-too = Auch Tests
runs-every-automation = Alle Automatisierungen
runs-automation = Automatisierung
runs-older = Ältere Ausführungen werden geladen
runs-none-so = Keine Ausführung mit diesem Status
runs-none-so-text = Einen anderen Status oder eine andere Automatisierung wählen.
runs-show-all = Alle Ausführungen anzeigen
runs-nothing-yet = Noch wurde nichts ausgeführt
runs-nothing-yet-text = Eine Ausführung erscheint hier, wenn eine Automatisierung startet: durch ihren Auslöser, von Hand oder als Test.
runs-go-to-automations = Zu den Automatisierungen
runs-two-chosen = Zwei Ausführungen sind ausgewählt
runs-one-chosen = Eine Ausführung ist ausgewählt: eine weitere zum Vergleichen auswählen
runs-choose-none = Auswahl aufheben
runs-compare = Vergleichen
runs-open-run = Ausführung öffnen
runs-open-automation = Automatisierung öffnen
runs-go-on-failed = Ab dem fehlgeschlagenen Schritt fortsetzen
runs-again-published = Mit dem veröffentlichten Stand erneut ausführen
runs-cancel-run = Ausführung abbrechen
runs-explain-this = Diesen Fehler erklären
runs-all = Alle
runs-running = Läuft
runs-waiting = Wartet
runs-succeeded = Erfolgreich
runs-failed = Fehlgeschlagen
runs-cancelled = Abgebrochen
runs-queued = In der Warteschlange
runs-broke-down = Abgestürzt
runs-too-long = Zeitüberschreitung
runs-over-budget = Über dem Budget
runs-out-of-memory = Speicher erschöpft
runs-too-much-data = Zu viele Daten
runs-rehearsal = Probe
runs-test = Test
runs-approve = Freigeben
runs-reject = Ablehnen
runs-it-happened = Es ist geschehen
runs-do-again = Erneut ausführen
runs-in-app = In der App
runs-on-activepieces = Auf Activepieces
runs-all-runs = Alle Ausführungen
runs-cancel = Abbrechen
runs-run-again = Erneut ausführen
runs-from-failed = Ab dem fehlgeschlagenen Schritt
runs-all-published = Alles, mit dem veröffentlichten Stand
runs-iteration = Durchlauf
runs-iterations = Durchläufe
runs-iteration-before = Vorheriger Durchlauf
runs-iteration-after = Nächster Durchlauf
runs-nothing-in = Nichts ging hinein.
runs-nothing-out = Nichts kam heraus.
runs-beginning = Das ist der Anfang. Der Rest ist gespeichert.
runs-show-whole = Alles anzeigen
runs-all-alike = { $all ->
    [one] 1 Schritt, gleich
   *[other] { $all } Schritte, alle gleich
}
runs-differ = { $some ->
    [one] 1 von { $all } Schritten unterscheidet sich
   *[other] { $some } von { $all } Schritten unterscheiden sich
}
runs-in-iteration = Durchlauf { $number }
runs-on-the-clock = { $time } insgesamt
runs-so-far = bisher { $time }
runs-step-failed = { $step }: fehlgeschlagen
runs-goes-on = Geht von selbst weiter: { $when }
# The assistant is asked this; the built-in one understands English.
runs-explain = Explain why run { $run } of the automation “{ $automation }” failed, and what to change so that it works.
runs-explain-at = Explain why run { $run } of the automation “{ $automation }” failed at “{ $step }”, and what to change so that it works.
runs-explain-said = { $question } It says: { $why }
runs-compare-run = Ausführung von { $name } vergleichen
runs-waits-until = { $step }: { $words } Geht von selbst weiter: { $when }.
runs-none-ended = Noch keine Ausführung ist beendet
runs-none-failed = { $count ->
    [one] 1 Ausführung beendet, keine fehlgeschlagen
   *[other] { $count } Ausführungen beendet, keine fehlgeschlagen
}
runs-some-failed = { $count ->
    [one] 1 Ausführung beendet, { $failed } fehlgeschlagen
   *[other] { $count } Ausführungen beendet, { $failed } fehlgeschlagen
}
runs-day-failed = { $ended }, davon { $failed } fehlgeschlagen
runs-per-day = Ausführungen pro Tag, die ältesten zuerst: { $days }
runs-milliseconds = { $count } ms
runs-tenths = { $seconds },{ $tenths } s
runs-seconds = { $count } s
runs-minutes = { $count } min
runs-minutes-seconds = { $minutes } min { $seconds } s
runs-hours = { $count } h
runs-hours-minutes = { $hours } h { $minutes } min
runs-days = { $count ->
    [one] 1 Tag
   *[other] { $count } Tage
}
runs-days-hours = { $days ->
    [one] 1 Tag { $hours } h
   *[other] { $days } Tage { $hours } h
}
runs-iteration-number = Durchlauf { $number }
runs-of-kept = von { $count }
runs-loops-failed = { $count } fehlgeschlagen
runs-tries = { $count } Versuche
runs-to-note = { $count ->
    [one] 1 Hinweis
   *[other] { $count } Hinweise
}
