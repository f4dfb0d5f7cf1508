syncpanel-title = Synchronisierung
syncpanel-lead = Was hier ist, wie aktuell es ist und was Basecamp noch nicht hat
syncpanel-what-is-here = Was hier ist
syncpanel-kind = Art
syncpanel-records = Datensätze
syncpanel-complete = Vollständig bis
syncpanel-not-yet = noch nicht
syncpanel-projects = Projekte
syncpanel-people = Personen
syncpanel-todos = To-dos und Listen
syncpanel-cards = Karten, Spalten und Schritte
syncpanel-messages = Nachrichten
syncpanel-comments = Kommentare
syncpanel-documents = Dokumente und Dateien
syncpanel-schedule = Termine
syncpanel-checkins = Check-ins
syncpanel-chat = Chat
syncpanel-time = Zeit
syncpanel-activity = Aktivität
syncpanel-not-everything = Noch ist nicht alles abgerufen
syncpanel-measuring = Tempo wird gemessen
syncpanel-what-sync-does = Was die Synchronisierung tut
syncpanel-working-offline = Offline
syncpanel-work-offline = Offline arbeiten
syncpanel-sync-now = Jetzt synchronisieren
syncpanel-compare-all = Alles vergleichen
syncpanel-pause = Pausieren
syncpanel-resume = Fortsetzen
syncpanel-cancel-pass = Diesen Durchgang abbrechen
syncpanel-idle = Auf dem neuesten Stand, wartet auf den nächsten Durchgang
syncpanel-cold = Alles wird zum ersten Mal abgerufen
syncpanel-warm = Änderungen werden abgerufen
syncpanel-comparing = Alles wird mit Basecamp verglichen
syncpanel-sending-edits = Ihre Änderungen werden gesendet
syncpanel-paused = Pausiert
syncpanel-open-settings = Einstellungen öffnen
syncpanel-again = Erneut versuchen
syncpanel-to-be-sent = Zu senden
syncpanel-none-waits = Basecamp hat jede Änderung, die hier gemacht wurde.
syncpanel-queued = In der Warteschlange
syncpanel-sending = Wird gesendet
syncpanel-refused = Abgelehnt
syncpanel-conflict = Konflikt
syncpanel-keep-theirs = Andere Version behalten
syncpanel-use-mine = Meine verwenden
syncpanel-discard = Verwerfen
syncpanel-discard-title = Diese Änderung aufgeben?
syncpanel-discard-edit = Änderung verwerfen
syncpanel-instant = { $day }. { $month } { $year }, { $clock }
syncpanel-complete-as-of = Alles hier ist vollständig, Stand { $when }
syncpanel-requests = { $count ->
    [one] bisher 1 Anfrage, { $left }
   *[other] bisher { $count } Anfragen, { $left }
}
syncpanel-stage-of = { $done } von { $total }
syncpanel-edits = { $count ->
    [one] 1 Änderung
   *[other] { $count } Änderungen
}
syncpanel-edits-stuck = { $all ->
    [one] 1 Änderung, { $stuck } zu klären
   *[other] { $all } Änderungen, { $stuck } zu klären
}
syncpanel-tries = { $count ->
    [one] 1 Versuch
   *[other] { $count } Versuche
}
syncpanel-discard-text = „{ $summary }“ wird nicht gesendet. Der Eintrag geht auf den Stand in Basecamp zurück.
