integrations-title = Integrationen
integrations-lead = Zuerst wird verwendet, was Sie selbst verbunden haben, dann das des Arbeitsbereichs; fehlt beides, sagt der Schritt, der es braucht, wie es eingerichtet wird. Geheimnisse bleiben an ihrem Ort und werden nie angezeigt.
integrations-connection = Verbindung
integrations-status = Status
integrations-last-use = Zuletzt verwendet
integrations-what-can-be-done = Aktionen
integrations-connect-there = Eine Automatisierung öffnen, den Schritt auswählen, der das Konto braucht, und es dort verbinden.
integrations-signed-in-again = Wieder angemeldet. Die Synchronisierung läuft weiter.
integrations-sign-in-again = Erneut anmelden
integrations-where-secrets = Ort der Geheimnisse
integrations-checking = Wird geprüft …
integrations-test = Testen
integrations-remove = Entfernen
integrations-trying = Wird versucht …
integrations-remove-basecamp = Ihr Geheimnis wird von diesem Rechner gelöscht. Arbeitsbereiche, die sie verwenden, bleiben lesbar, werden aber nicht aktuell gehalten.
integrations-remove-server = Seine Adresse und die Anmeldung werden hier entfernt. Was dort läuft, läuft dort weiter; nicht gesendete Änderungen gehen verloren.
integrations-remove-model = Sein Schlüssel wird gelöscht. Unterhaltungen, die es verwendeten, gehen mit einem anderen weiter.
integrations-remove-account = Ihr Geheimnis wird gelöscht. Automatisierungen, die sie verwenden, schlagen fehl, bis sie eine andere erhalten.
integrations-works = Funktioniert
integrations-not-tried = Nicht getestet
integrations-locked = Gesperrt
integrations-needs-you = Braucht Sie
integrations-not-connected = Nicht verbunden
integrations-yours = Ihre
integrations-workspaces = Vom Arbeitsbereich
integrations-apps = Teil der App
integrations-connect = Verbinden
integrations-reconnect = Neu verbinden
integrations-unlock = Entsperren
integrations-decide = Entscheiden
integrations-again = Erneut versuchen
integrations-more-for = Mehr zu { $name }
integrations-remove-title = { $name } entfernen?
integrations-removed = { $name } ist entfernt.
integrations-in-order = { $count ->
    [one] 1 Verbindung in Ordnung
   *[other] { $count } Verbindungen in Ordnung
}
integrations-need-you = { $bad ->
    [one] 1 braucht Sie, { $good } in Ordnung
   *[other] { $bad } brauchen Sie, { $good } in Ordnung
}
