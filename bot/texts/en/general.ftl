# Words used across the journeys.

span-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
span-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}

span-short = less than an hour

button-back = Back
button-cancel = Cancel

problem-refused = I can't do that right now. /help shows what I can do.
problem-not_found = I can't find that any more. Here is where we are.
problem-not_awarded_here = That one is judged where it is taught, not by our advisors.
problem-not_allowed = That is for advisors. If you are one, ask your institution for an invitation link.
problem-stale = That card was out of date. Here is where we are.
problem-invalid_input = I couldn't use that. Please try it another way.
problem-invitation = This invitation was used before or has run out. Please ask for a new one.
problem-too_many_invitations = Several invitations in a row led nowhere, so I'll look at no more of them for an hour. Everything else works as always. Please ask your institution for a new link meanwhile.
problem-too_fast = That was a lot at once, and I couldn't read all of it. Nothing you had sent before is lost. Please wait a minute, then send what is missing once more.
problem-failed = Something went wrong on my side, and nothing you sent is lost. Please try again; if it happens again, tell us this reference: { $reference }
toast-stale = That card was out of date. Here is where we are.

button-menu = Menu
unknown-command = I don't know that command. /help shows the ones I have.
speech-not-understood = I can't listen, sorry; an advisor can. If this shows something you can do, tap "Show my work"; you needn't record it again. Otherwise please write it to me.
media-not-understood = I can read text, links, files, photos and voice notes, but not this. Could you send it another way?
button-stale = That button is from an older message and no longer works. Here is where we are.
problem-file_too_large = That file is larger than { $limit_mb } MB, the most I can take. Please send a smaller one, or a link to it.
problem-file_unavailable = I couldn't fetch that file from Telegram just now. Please send it once more.

# Words people type instead of pressing a button, separated by commas.
typed-fillers = the,a,an,my,please,pls,now
typed-openers = open, show me, show, see, view, look at, let me see, take, choose, pick
typed-cancel = cancel, stop, quit, never mind, nevermind, forget it
typed-back = back, go back, previous
typed-skip = skip, next, skip this, pass, continue, go on, carry on, done, ready, finished, that's all
typed-greeting = hi, hello, hey, ok, okay, thanks, thank you, yes, no, sure
typed-closing = thanks, thank, you, ta, thx, cheers, bye, goodbye, then, nah, no, nope, yup, yep, yes, yeah, ok, okay, good, great, fine, cool, splendid, perfect, all, right, alright, well, see, later, is, that, it, so, much
typed-help = help, ?
