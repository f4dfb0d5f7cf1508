today-title = Heute
today-late-and-due = Überfällig und fällig
today-none-due = Nichts ist überfällig, und heute ist nichts fällig.
today-mine = Meine
today-mine-note = offen und mir zugewiesen
today-waiting = Wartend
today-waiting-note = auf andere, oder blockiert
today-on-their-way = Ihre Projekte sind unterwegs
today-on-their-way-text = Was angekommen ist, steht schon hier. „Heute“ füllt sich, sobald To-dos und Karten eintreffen.
today-progress = Fortschritt ansehen
today-clear = Ein freier Tag
today-clear-text = Nichts ist überfällig, fällig, Ihnen zugewiesen oder wird erwartet, und seit gestern ist nichts geschehen.
today-browse = Projekte durchsehen
today-late = { $count } überfällig
today-due = { $count } heute fällig
today-more-of-mine = { $count ->
    [one] 1 weiteres von mir
   *[other] { $count } weitere von mir
}
today-show-more = { $count } weitere anzeigen
today-days-late = { $count ->
    [one] 1 Tag überfällig
   *[other] { $count } Tage überfällig
}
today-late-yours = Von Ihren Einträgen am längsten überfällig. { $age }
today-late-nobodys = Von den Einträgen ohne Zuständige am längsten überfällig. { $age }
today-late-anybodys = Von allen Einträgen am längsten überfällig. { $age }
today-says-it-waits = Der eigene Text sagt, dass es wartet. { $age }
today-blocked = Blockiert
today-due-today = Heute fällig
today-due-tomorrow = Morgen fällig
today-next-due = Als Nächstes fällig, { $day }
today-made-just-now = Gestern oder heute erstellt.
today-open-touched = Seit { $open } Tagen offen, gestern oder heute bearbeitet.
today-open-untouched = Seit { $open } Tagen offen und seither nicht bearbeitet.
today-open-quiet = Seit { $open } Tagen offen; seit { $quiet } Tagen nicht bearbeitet.
today-title-since = Seit gestern
today-changes = { $count ->
    [one] 1 Änderung
   *[other] { $count } Änderungen
}
today-projects = { $count ->
    [one] 1 Projekt
   *[other] { $count } Projekten
}
today-changes-in-projects = { $changes } in { $projects }
today-someone = Jemand
today-some-thing = Etwas
today-something = etwas
today-things = { $count } Dinge
today-quoted = „{ $name }“
today-two = { $one } und { $two }
today-two-and-more = { $one }, { $two } und { $more } weitere
today-did = { $action ->
    [assignment_changed] änderte die Zuweisung von
    [commented] kommentierte
    [completed] erledigte
    [content_changed] änderte den Inhalt von
    [created] erstellte
    [deleted] löschte
    [description_changed] änderte die Beschreibung von
    [due_on_changed] änderte den Termin von
    [moved] verschob
    [posted] veröffentlichte
    [rescheduled] verlegte
    [scheduled] terminierte
    [subject_changed] änderte den Betreff von
    [title_changed] änderte den Titel von
    [trashed] entfernte
    [uncompleted] öffnete wieder
    [unscheduled] nahm den Termin weg von
   *[other] { $words }
}
