quick-title = Schnellchat
quick-hides = { $key } blendet aus
quick-new = Neue Unterhaltung
quick-go-on = In PM OS fortfahren
quick-connect = Verbinden Sie Ihre Arbeit oder öffnen Sie das Beispiel. Danach hier fragen, von überall.
quick-nothing = Noch gibt es nichts, wonach sich fragen ließe
quick-open = PM OS öffnen
