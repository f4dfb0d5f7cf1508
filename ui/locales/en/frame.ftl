frame-approvals = { $count ->
    [one] 1 approval
   *[other] { $count } approvals
}
