integrations-title = Integrations
integrations-lead = What you connected yourself is used first, then what the workspace has; where there is neither, the step that needs it says how to set it up. Secrets stay in the place of secrets and are never shown.
integrations-connection = Connection
integrations-status = Status
integrations-last-use = Last use
integrations-what-can-be-done = What can be done
integrations-connect-there = Open an automation, choose the step that needs the account, and connect it there.
integrations-signed-in-again = Signed in again. Sync goes on.
integrations-sign-in-again = Sign in again
integrations-where-secrets = Where secrets are kept
integrations-checking = Checking…
integrations-test = Test
integrations-remove = Remove
integrations-trying = Trying it…
integrations-remove-basecamp = Its secret is deleted from this machine. Workspaces that use it stay readable, but are not kept up to date.
integrations-remove-server = Its address and the sign-in are forgotten here. What runs there goes on there; edits that were not sent are lost.
integrations-remove-model = Its key is deleted. Conversations that used it go on with another one.
integrations-remove-account = Its secret is deleted. Automations that use it fail until they get another.
integrations-works = Works
integrations-not-tried = Not tried
integrations-locked = Locked
integrations-needs-you = Needs you
integrations-not-connected = Not connected
integrations-yours = Yours
integrations-workspaces = The workspace's
integrations-apps = Part of the app
integrations-connect = Connect
integrations-reconnect = Reconnect
integrations-unlock = Unlock
integrations-decide = Decide
integrations-again = Try again
integrations-more-for = More for { $name }
integrations-remove-title = Remove { $name }?
integrations-removed = { $name } is removed.
integrations-in-order = { $count ->
    [one] 1 connection in order
   *[other] { $count } connections in order
}
integrations-need-you = { $bad ->
    [one] 1 needs you, { $good } in order
   *[other] { $bad } need you, { $good } in order
}
