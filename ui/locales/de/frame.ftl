frame-approvals = { $count ->
    [one] 1 Freigabe
   *[other] { $count } Freigaben
}
