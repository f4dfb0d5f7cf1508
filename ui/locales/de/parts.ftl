parts-not-allowed = Nicht erlaubt
parts-back-to-today = Zurück zu „Heute“
parts-out-of-reach = Nicht erreichbar
parts-again = Erneut versuchen
parts-not-here = Nicht vorhanden
parts-sign-in-needed = Anmeldung nötig
parts-open-settings = Einstellungen öffnen
parts-not-read = Das konnte nicht gelesen werden
parts-loading = Wird geladen
parts-opens = Öffnet { $host } im Browser
parts-value = Wert
parts-path-copied = Der Pfad ist kopiert
parts-value-copied = Der Wert ist kopiert
parts-copy-path = Pfad kopieren
parts-copy-value = Wert kopieren
parts-members = { $count ->
    [one] 1 Feld
   *[other] { $count } Felder
}
parts-entries = { $count ->
    [one] 1 Eintrag
   *[other] { $count } Einträge
}
parts-more-of = { $more } weitere von { $left }
parts-yesterday = gestern { $clock }
parts-just-now = gerade eben
parts-minutes-ago = vor { $count } Min.
parts-hours-ago = vor { $count } Std.
parts-days-ago = { $count ->
    [one] vor 1 Tag
   *[other] vor { $count } Tagen
}
parts-months-ago = { $count ->
    [one] vor 1 Monat
   *[other] vor { $count } Monaten
}
parts-years-ago = { $count ->
    [one] vor 1 Jahr
   *[other] vor { $count } Jahren
}
parts-few-seconds-left = noch wenige Sekunden
parts-seconds-left = noch etwa { $count } s
parts-minutes-left = noch etwa { $count } Min.
parts-hours-left = noch etwa { $count } Std.
parts-instant = { $day }. { $month } { $year }, { $clock }
parts-days-late = { $count ->
    [one] 1 Tag überfällig
   *[other] { $count } Tage überfällig
}
parts-since = seit { $day }
parts-today = heute
parts-tomorrow = morgen
parts-short-date = { $day }. { $month }
parts-short-date-year = { $day }. { $month } { $year }
parts-long-date = { $weekday }, { $day }. { $month }
parts-whole-date = { $date } { $year }
parts-monday = Montag
parts-tuesday = Dienstag
parts-wednesday = Mittwoch
parts-thursday = Donnerstag
parts-friday = Freitag
parts-saturday = Samstag
parts-sunday = Sonntag
parts-mon = Mo
parts-tue = Di
parts-wed = Mi
parts-thu = Do
parts-fri = Fr
parts-sat = Sa
parts-sun = So
parts-january = Januar
parts-february = Februar
parts-march = März
parts-april = April
parts-may = Mai
parts-june = Juni
parts-july = Juli
parts-august = August
parts-september = September
parts-october = Oktober
parts-november = November
parts-december = Dezember
parts-jan = Jan.
parts-feb = Feb.
parts-mar = März
parts-apr = Apr.
parts-may-short = Mai
parts-jun = Juni
parts-jul = Juli
parts-aug = Aug.
parts-sep = Sept.
parts-oct = Okt.
parts-nov = Nov.
parts-dec = Dez.
parts-someone = Jemand
parts-cancel = Abbrechen
parts-changed-since = Jemand hat es seitdem geändert. Bitte im Verlauf eine Version wählen.
parts-undo = Rückgängig
parts-open = Öffnen
parts-dismiss = Ausblenden
parts-blocked = Laut eigener Beschreibung blockiert
parts-steps-done = Erledigte Schritte
parts-comments = Kommentare
parts-complete = { $title } erledigen
parts-completed = „{ $title }“ erledigt
parts-reopened = „{ $title }“ wieder geöffnet
parts-none-found = Nichts trägt diesen Namen.
parts-control = Strg
parts-waits = Wartet darauf, an Basecamp gesendet zu werden
parts-refused = Basecamp hat es abgelehnt; öffnen, um den Grund zu sehen
parts-conflict = Jemand anderes hat es auch geändert; eine Version wählen
