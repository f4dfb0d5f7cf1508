quick-title = Quick chat
quick-hides = { $key } hides
quick-new = New conversation
quick-go-on = Go on in PM OS
quick-connect = Connect your work, or open the sample. Then ask here, from anywhere.
quick-nothing = There is nothing to ask about yet
quick-open = Open PM OS
