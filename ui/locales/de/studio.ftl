studio-name = Flow Studio

## Die Zeichenfläche und ihre Leisten
studio-canvas = Zeichenfläche
studio-canvas-label = Ablauf. Pfeile führen von Schritt zu Schritt, Plus fügt einen hinzu, Fragezeichen zeigt alle Tasten.
studio-all-steps = Schritte
studio-flow = Ablauf
studio-view = Ansicht
studio-next-key = Zum nächsten (F8)
studio-to-complete = { $count ->
    [one] 1 Schritt unvollständig
   *[other] { $count } Schritte unvollständig
}
studio-to-complete-proposed = { $count ->
    [one] 1 Schritt des Vorschlags unvollständig
   *[other] { $count } Schritte des Vorschlags unvollständig
}
studio-full-size-key = Originalgröße (Strg 0)
studio-zoom = Zoom { $percent } Prozent. Drücken für Originalgröße.
studio-percent = { $percent } Prozent
studio-waiting-changes = Änderungen, die auf Sie warten
studio-reject = Ablehnen
studio-take-over = Übernehmen
studio-steps = { $count ->
    [one] 1 Schritt
   *[other] { $count } Schritte
}
studio-steps-chosen = { $count ->
    [one] 1 Schritt ausgewählt
   *[other] { $count } Schritte ausgewählt
}
studio-outline-label = Gliederung des Ablaufs
studio-accept-this = Diese Änderung übernehmen
studio-reject-this = Diese Änderung ablehnen
studio-step-menu = Aktionen für diesen Schritt
studio-end = Ende

## Was ein Schritt ist, und wie es um ihn steht
studio-run-waiting = wartet
studio-run-running = läuft
studio-run-paused = pausiert
studio-run-succeeded = erfolgreich
studio-run-failed = fehlgeschlagen
studio-is-skipped = übersprungen
studio-is-added = hinzugefügt
studio-is-changed = geändert
studio-is-moved = verschoben
studio-is-removed = entfernt
studio-problems = { $count ->
    [one] 1 Problem
   *[other] { $count } Probleme
}
studio-with-problems = { $count ->
    [one] ein Problem
   *[other] { $count } Probleme
}
studio-skipped = Übersprungen
studio-waits-for-you = Wartet auf Sie: { $change }
studio-collapsed = Eingeklappt, verbirgt { $count }
studio-choose-start = Auslöser wählen
studio-unknown = Hier unbekannt: { $kind }
studio-code = Code
studio-once-each = Einmal für jedes Element
studio-first-match = Erster passender Zweig
studio-all-matches = Alle passenden Zweige
studio-no-match-rule = Sagt nicht, wie viele Zweige genommen werden
studio-branch = Zweig { $number }
studio-on-success = Bei Erfolg
studio-on-failure = Bei Fehler
studio-each-item = Jedes Element
studio-add-first-in = Am Anfang von „{ $branch }“ in { $step } hinzufügen
studio-add-after = Nach { $step } hinzufügen
studio-add-after-trigger = Nach dem Auslöser hinzufügen
studio-drop-first-in = Am Anfang von „{ $branch }“ in { $step } ablegen
studio-drop-after = Nach { $step } ablegen
studio-drop-after-trigger = Nach dem Auslöser ablegen

## Was auf ein Ja wartet
studio-added = { $count } hinzugefügt
studio-changed = { $count } geändert
studio-removed = { $count } entfernt
studio-in-notes = { $count } in Notizen
studio-name-changed = Name geändert
studio-no-changes = keine Änderungen
studio-rest-cannot-stand = Der Rest kann ohne diese Änderung nicht bestehen. Alle ablehnen oder diese übernehmen.
studio-proposed = { $by }: { $summary }. A übernimmt, D lehnt ab, J geht von Änderung zu Änderung.
studio-no-step-changes = Kein Schritt ändert sich.
studio-accept-one = Übernehmen: { $step }
studio-rejected-one = Abgelehnt: { $step }
studio-rejected-all = Abgelehnt. Der Ablauf ist, wie er war.
studio-nothing-to-undo = Es gibt nichts rückgängig zu machen.
studio-nothing-to-redo = Es gibt nichts zu wiederholen.
studio-undone = Rückgängig: { $label }
studio-redone = Wiederholen: { $label }

## Was Tasten und Menüs tun
studio-drag-chooses = Ziehen auf dem Grund wählt aus.
studio-drag-moves = Ziehen auf dem Grund verschiebt die Zeichenfläche.
studio-no-branch-here = Zuerst zu einer Verzweigung oder in einen ihrer Zweige gehen.
studio-nothing-that-way = In dieser Richtung liegt nichts.
studio-last-here = Das ist der letzte hier.
studio-first-here = Das ist der erste hier.
studio-choose-to-move = Einen Schritt zum Verschieben auswählen. Der Auslöser bleibt am Anfang.
studio-at-edge = Dort geht es nicht weiter.
studio-several-at-edge = Dort geht es für sie nicht weiter.
studio-go-to-replace = Zuerst zu dem Schritt gehen, der ersetzt werden soll.
studio-go-to-rename = Zuerst zu dem Schritt gehen, der umbenannt werden soll.
studio-delete-note = Notiz löschen
studio-undo-brings-back = { $label }. „Rückgängig“ stellt es wieder her.
studio-steps-copied = { $count ->
    [one] Schritt kopiert
   *[other] { $count } Schritte kopiert
}
studio-go-to-step = Zuerst zu einem Schritt gehen.
studio-is-copied = { $text } ist kopiert
studio-every-step-complete = Alle Schritte sind vollständig.
studio-put-back = Zurückgelegt. Nichts wurde verschoben.
studio-in-hand = Ein Schritt ist aufgenommen. Pfeile wählen die Stelle, Eingabe legt ihn ab, Esc legt ihn zurück.
studio-no-other-place = Es gibt keine andere Stelle dafür.
studio-drop-here = { $place }. Eingabe legt ab, Esc legt zurück.
studio-not-inside-itself = Ein Schritt kann nicht in sich selbst stehen.
studio-runs-down = Der Ablauf verläuft nach unten.
studio-runs-right = Der Ablauf verläuft nach rechts.
studio-nothing-inside = Darin gibt es nichts zum Einklappen.
studio-expanded = Ausgeklappt
studio-all-expanded = Alles ist ausgeklappt.
studio-all-collapsed = Alles ist eingeklappt.

## Änderungen, und warum sie nicht gehen
studio-choose-first = Zuerst einen Schritt auswählen. Der Auslöser bleibt; er lässt sich nur ersetzen.
studio-choose-to-duplicate = Einen Schritt zum Duplizieren auswählen.
studio-choose-to-skip = Zuerst einen Schritt auswählen. Der Auslöser lässt sich nicht überspringen.
studio-none-in-hand = Es ist kein Schritt aufgenommen.
studio-and-more = { $more ->
    [one] { $first }, und 1 weiterer
   *[other] { $first }, und { $more } weitere
}
studio-choose-to-copy = Einen Schritt zum Kopieren auswählen. Der Auslöser lässt sich nicht kopieren.
studio-step-gone = Diesen Schritt gibt es nicht mehr.
studio-replace-by = { $old } durch { $new } ersetzen
studio-rename-to = { $old } in { $new } umbenennen
studio-router-gone = Diese Verzweigung gibt es nicht mehr.
studio-only-router-names = Nur eine Verzweigung hat Zweige mit Namen.
studio-branch-gone = Diesen Zweig gibt es nicht mehr.
studio-rename-branch-to = Zweig { $old } in { $new } umbenennen
studio-only-router-branches = Nur eine Verzweigung hat Zweige. Was auf Erfolg und Fehler folgt, wird im Formular des Schritts eingestellt.
studio-fallback-stays = Der letzte Zweig gilt, wenn kein anderer passt. Er bleibt, wo er ist.
studio-branch-at-edge = Der Zweig steht schon am Rand.
studio-change-note = Notiz ändern
studio-yellow = Gelb
studio-orange = Orange
studio-red = Rot
studio-green = Grün
studio-blue = Blau
studio-purple = Violett
studio-step-name = Name des Schritts
studio-branch-name = Name des Zweigs
studio-no-name-of-its-own = Was auf Erfolg und Fehler folgt, hat keinen eigenen Namen.

## Auswahl, Notizen und Suche
studio-what-starts = Was löst den Ablauf aus?
studio-what-happens = Was soll geschehen?
studio-nothing-fits = Nichts passt. Den Namen einer App eingeben, oder was sie tun soll.
studio-code-about = Führt JavaScript mit den Ergebnissen früherer Schritte aus
studio-for-each = Für jedes Element
studio-for-each-about = Führt seine Schritte einmal für jedes Element einer Liste aus
studio-router = Verzweigung
studio-router-about = Führt je nach Bedingung in Zweige
studio-note-label = Notiz: { $text }
studio-note-field = Notiz, in Markdown. Esc verlässt sie.
studio-found = { $at } von { $all }, { $field }
studio-none-found = Nichts gefunden
studio-previous-found = Vorheriger Treffer (Umschalt Eingabe)
studio-next-found = Nächster Treffer (Eingabe)
studio-close-find = Schließen (Esc)

## Die Menüs und die Übersicht der Tasten
studio-what-to-do = Aktionen
studio-past = Was getan wurde
studio-past-label = Was getan wurde. Einen Eintrag drücken, um dorthin zurückzugehen.
studio-as-opened = Wie beim Öffnen
studio-go = Bewegen
studio-branches = Zweige
studio-changes = Wartende Änderungen
studio-keys = Tasten auf der Zeichenfläche
studio-keys-hint = Leertaste oder mittlere Maustaste gedrückt halten verschiebt die Zeichenfläche; Umschalt gedrückt halten wählt aus; Strg beim Ablegen kopiert. Das Mausrad verschiebt, mit Strg zoomt es. Auf einer Notiz: Pfeile verschieben sie, Alt und Pfeile ändern ihre Größe, C ändert ihre Farbe, Eingabe schreibt.
studio-key-shift = Umschalt
studio-key-enter = Eingabe
studio-key-escape = Esc
studio-key-delete = Entf
studio-key-home = Pos1
studio-key-end = Ende
studio-key-page-up = Bild↑
studio-key-page-down = Bild↓
studio-do-below = Zum nächsten darunter
studio-do-above = Zum nächsten darüber
studio-do-right = Zum Zweig rechts
studio-do-left = Zum Zweig links
studio-do-extend-below = Darunter mit auswählen
studio-do-extend-above = Darüber mit auswählen
studio-do-extend-right = Rechts mit auswählen
studio-do-extend-left = Links mit auswählen
studio-do-next = Zum nächsten Schritt, am Inhalt vorbei
studio-do-previous = Zum vorherigen Schritt, an dessen Inhalt vorbei
studio-do-first = Zum Auslöser
studio-do-last = Zum letzten Schritt
studio-do-find = Im Ablauf suchen
studio-do-next-problem = Zum nächsten Schritt mit einem Problem
studio-do-previous-problem = Zum vorherigen Problem
studio-do-open = Öffnen
studio-do-add = Schritt hinzufügen
studio-do-rename = Umbenennen
studio-do-replace = Ersetzen
studio-do-duplicate = Duplizieren
studio-do-copy = Kopieren
studio-do-cut = Ausschneiden
studio-do-paste = Danach einfügen
studio-do-skip = Überspringen oder nicht mehr
studio-do-carry = Verschieben nach …
studio-do-move-down = Nach unten verschieben
studio-do-move-up = Nach oben verschieben
studio-do-move-right = Nach rechts oder hinein verschieben
studio-do-move-left = Nach links oder heraus verschieben
studio-do-fold = Ein- oder ausklappen
studio-do-copy-reference = Verweis kopieren
studio-do-delete = Löschen
studio-do-note = Notiz hinzufügen
studio-do-select-all = Alles auswählen
studio-do-leave = Loslassen, nichts auswählen
studio-do-menu = Alle Aktionen hier
studio-do-undo = Rückgängig
studio-do-redo = Wiederholen
studio-do-add-branch = Zweig hinzufügen
studio-do-rename-branch = Zweig umbenennen
studio-do-duplicate-branch = Zweig duplizieren
studio-do-branch-back = Zweig nach vorn verschieben
studio-do-branch-on = Zweig nach hinten verschieben
studio-do-delete-branch = Zweig löschen
studio-do-next-change = Zur nächsten Änderung
studio-do-previous-change = Zur vorherigen Änderung
studio-do-accept-all = Alle Änderungen übernehmen
studio-do-reject-all = Alle Änderungen ablehnen
studio-do-zoom-in = Vergrößern
studio-do-zoom-out = Verkleinern
studio-do-zoom-one = Originalgröße
studio-do-fit = Alles anzeigen
studio-do-fit-chosen = Auswahl anzeigen
studio-do-fold-all = Alles ein- oder ausklappen
studio-do-map = Übersichtskarte
studio-do-turn = Nach unten oder nach rechts
studio-do-outline = Gliederung
studio-do-mode = Ziehen verschiebt die Zeichenfläche oder wählt aus
studio-do-sheet = Alle Tasten

## Der Bildschirm um die Zeichenfläche
studio-opening = Automatisierung wird geöffnet
studio-cannot-open = Diese Automatisierung lässt sich nicht öffnen
studio-back = Zurück zu den Automatisierungen
studio-out-of-reach = Nicht erreichbar
studio-again = Erneut versuchen
studio-not-here = Nicht vorhanden
studio-publish = Veröffentlichen
studio-is-published = Veröffentlicht
studio-publish-draft = Entwurf veröffentlichen
studio-saved = Gespeichert
studio-saving = Wird gespeichert …
studio-not-saved = Nicht gespeichert
studio-rename-automation = Automatisierung in { $name } umbenennen
studio-automation-name = Name der Automatisierung
studio-runs-by-itself = Läuft von selbst
studio-switch-off = Läuft von selbst. Ausschalten
studio-switch-on = Läuft nicht von selbst. Einschalten
studio-draft = Entwurf
studio-on = Ein
studio-on-differs = Ein, Entwurf weicht ab
studio-off = Aus
studio-off-differs = Aus, Entwurf weicht ab
studio-in-app = In der App
studio-activepieces = Activepieces
studio-milliseconds = { $count } ms
studio-seconds = { $whole },{ $tenths } s
studio-minutes = { $count } Min.
studio-versions = Versionen
studio-version = Version { $number }, { $when }
studio-restore = Wiederherstellen
studio-reading = Wird gelesen …
studio-none-published = Noch nichts veröffentlicht.
studio-beside = Neben der Zeichenfläche
studio-set-up = Einrichten
studio-run = Ausführung
studio-take-run-off = Ausführung von der Zeichenfläche nehmen
studio-test-runs = Der Test läuft. Jeder Schritt zeigt, wie es ihm erging.
studio-test = Testen
studio-test-automation = Automatisierung testen
studio-rehearse-proposed = Mit den vorgeschlagenen Änderungen proben
studio-rehearse = Mit Beispieldaten proben
studio-run-for-real = Einmal wirklich ausführen …
studio-run-title = Einmal wirklich ausführen?
studio-run-text = Jeder Schritt tut, was er sagt: Nachrichten werden gesendet und Datensätze geändert. Eine Probe tut das nicht.
studio-run-it = Ausführen
studio-publish-title = Diese Automatisierung veröffentlichen
studio-published = Veröffentlicht. Sie läuft ab jetzt von selbst.
studio-cancel = Abbrechen
studio-publish-and-on = Veröffentlichen und einschalten
studio-look-first = Zuerst anzusehen
studio-show = Anzeigen
studio-may-do = Das darf sie tun, und sonst nichts
studio-does-nothing = Sie tut außerhalb nichts: Sie liest und behält, was sie findet.
studio-new = neu
studio-more = Mehr
studio-copy-of = Kopie von { $name }
studio-not-copied = Die Automatisierung konnte nicht kopiert werden: { $why }.
studio-gone-for-good = „{ $name }“ wird endgültig gelöscht, mit Verlauf und Ausführungen.
studio-save-file = Als Datei für Activepieces speichern
studio-run-on-server = Auf Activepieces ausführen
studio-run-in-app = In der App ausführen
studio-delete-menu = Löschen …
studio-delete-title = Diese Automatisierung löschen?
studio-stays = Sie bleibt, wo sie ist
studio-runs-there = Sie läuft ab jetzt dort
studio-all-there = Alles hat dort seine Entsprechung.
studio-some-cannot = Einiges kann dort nicht laufen. Das Markierte beheben, dann erneut verschieben.
studio-some-differs = Einiges ist dort nicht ganz dasselbe:
studio-close = Schließen
studio-on-server = Auf dem Server
studio-take-all = Alles übernehmen
studio-also-edited = Diese Automatisierung wurde auch auf dem Server bearbeitet. Ihre Fassung bleibt hier, bis Sie entscheiden.
studio-show-difference = Unterschied anzeigen
studio-keep-both = Beide behalten
studio-keep-mine = Meine behalten
studio-keep-theirs = Die vom Server behalten
studio-not-kept = Nicht übernommen
studio-your-edit = Ihre Änderung
studio-make-again = Erneut anwenden
studio-accept-all = Alle übernehmen
studio-somebody = Jemand
studio-changed-meanwhile = { $who } hat diese Automatisierung inzwischen geändert. Ihre Änderung wartet auf der Zeichenfläche.
studio-changed-by = { $who } hat diese Automatisierung geändert.
studio-unreadable = Diese Automatisierung lässt sich hier nicht lesen: { $why }. Sie stammt vielleicht aus einem neueren PM OS; bitte die neueste Version installieren.
