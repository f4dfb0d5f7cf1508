frame-approvals = { $count ->
    [one] 1 Freigabe
   *[other] { $count } Freigaben
}
frame-skip = Zum Inhalt springen
frame-silent = PM OS antwortet nicht
frame-again = Erneut versuchen
frame-search = Alles suchen oder ausführen
frame-show-assistant = Assistent anzeigen
frame-open-waiting = Öffnen, was auf Sie wartet
frame-open-sync = Synchronisierung öffnen
frame-not-fetched = Noch nicht abgerufen
frame-fetching-all = Alles wird abgerufen
frame-need-you = { $count ->
    [one] 1 braucht Sie
   *[other] { $count } brauchen Sie
}
frame-fresh = Stand: { $when }
frame-queued-too = { $state }, { $count } in der Warteschlange
frame-queued = { $count } in der Warteschlange
frame-fetching = Wird abgerufen, { $left }
frame-sending = { $count ->
    [one] 1 wird gesendet
   *[other] { $count } werden gesendet
}
frame-offline = Offline
frame-out-of-reach = Basecamp nicht erreichbar
frame-paused = Synchronisierung pausiert
frame-locked = Ihre Anmeldungen sind gesperrt. Bis sie geöffnet werden, wird nichts abgerufen oder gesendet.
frame-unlock = Entsperren
frame-refused = Basecamp akzeptiert diese Anmeldung nicht mehr. Alles bleibt lesbar, und Änderungen warten hier.
frame-reconnect = Neu verbinden
frame-automations-paused = Automatisierungen sind pausiert, daher beginnt keine von selbst. Was inzwischen geschieht, löst sie später aus.
frame-let-go-on = Weiterlaufen lassen
frame-unlock-title = Anmeldungen entsperren
frame-changed-since = Jemand hat es seitdem geändert. Bitte im Verlauf eine Version wählen.
frame-main = Hauptnavigation
frame-today = Heute
frame-projects = Projekte
frame-automations = Automatisierungen
frame-runs = Ausführungen
frame-assistant = Assistent
frame-integrations = Integrationen
frame-history = Verlauf
frame-sync = Synchronisierung
frame-pinned = Angeheftet
frame-settings = Einstellungen
frame-finish-setup = Einrichtung abschließen
frame-steps-left = Verbleibende Schritte
frame-tour = Tour durch das Beispiel
frame-first-time = Zum ersten Mal hier?
frame-five-things = Fünf Dinge in einer halben Minute.
frame-show-me = Ansehen
frame-no-tour = Nein
frame-nothing-late = Nichts überfällig
frame-late-of-open = { $late } von { $open } offenen überfällig
frame-unpin-named = { $name } lösen
frame-unpin = Lösen
frame-switch-workspace = Arbeitsbereich wechseln
frame-add-workspace = Arbeitsbereich hinzufügen
frame-anywhere = Überall
frame-toggle-assistant = Assistent ein- oder ausblenden
frame-undo = Rückgängig
frame-key-redo = Umschalt Mod Z
frame-redo = Wiederholen
frame-back = Zurück
frame-forward = Vorwärts
frame-this-sheet = Diese Übersicht
frame-go-to = Gehe zu
frame-in-list = In einer Liste
frame-key-next = ↓ oder j
frame-next = Nächstes
frame-key-previous = ↑ oder k
frame-previous = Vorheriges
frame-key-enter = Eingabe
frame-open = Öffnen
frame-key-tick = Leertaste oder x
frame-tick = Abhaken
frame-key-ends = Pos1, Ende
frame-ends = Erstes, letztes
frame-key-escape = Esc
frame-close = Schließen
frame-with-assistant = Mit dem Assistenten
frame-send = Senden
frame-key-line = Umschalt Eingabe
frame-new-line = Neue Zeile
frame-commands = Befehle
frame-mention = Person, Projekt oder Eintrag nennen
frame-last-again = Letzte Nachricht erneut
frame-stop-leave = Anhalten, sonst verlassen
frame-when-waiting = Wenn Änderungen warten
frame-next-previous = Nächste, vorherige
frame-key-space = Leertaste
frame-allow = Erlauben oder nicht
frame-send-choice = Auswahl senden
frame-deny-all = Alle ablehnen
frame-edit = Bearbeiten
frame-keys = Tasten
