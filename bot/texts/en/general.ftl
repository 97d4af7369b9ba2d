# Words used across the journeys.

span-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
span-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}

button-back = Back
button-cancel = Cancel

problem-refused = I can't do that right now. /help shows what I can do.
problem-not_found = I can't find that any more. /start shows where you are.
problem-not_allowed = That is for advisors. If you are one, ask your institution for an invitation link.
problem-stale = That card was out of date.
problem-invalid_input = I couldn't use that. Please try it another way.
problem-invitation = This invitation was used before or has run out. Please ask for a new one.
problem-failed = Something went wrong on my side, and nothing you sent is lost. Please try again; if it happens again, tell us this reference: { $reference }
toast-stale = That card was out of date. Here is where we are.
