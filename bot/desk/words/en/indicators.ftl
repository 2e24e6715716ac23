# What was heard, and how far it is known.
title = Indicators
child = Child-protection concern, P1
messages = { $count ->
    [one] in one message
   *[other] in { $count } messages
}
where = where
message = message { $place }
hint = “Heard” is a guess of the program and counts for nothing until the person confirms it. None of this says who they are.
dimensions = Dimensions of the ILO list
none-confirmed = nothing confirmed
result = { $set }: { $result }
no-result = { $set }: no result, weights not yet checked against the ILO list
nothing = Nothing
