# Showing one's work: asking, looking over, sending, what came of it.

evidence-title = <b>{ $title }</b>
evidence-list = Your advisor uses exactly this list:
evidence-list-again = Your advisor's list, with what is met already:
evidence-line = { $letter }) { $text }
evidence-line-met = { $letter }) { $text } (met)
evidence-care = Please leave out names, faces and numbers of patients, clients or colleagues. Chats with bots are not end-to-end encrypted.
evidence-start = Start with { $letter }): send a link, a file, a photo, a voice note or a few sentences.
evidence-earlier = Your advisor wrote: <i>{ $words }</i>

evidence-kept = { $kind ->
    [link] { $state ->
        [open] Saved the link; it opened just now without a login.
        [login] Saved the link, but it asks strangers to log in. Your advisor may not see it; please share it with everybody who has the link, or send the file.
        [missing] Saved the link, but there is nothing at that address. Please look at it again.
        [refused] Saved the link, but I open public https links only. Please make sure that your advisor can.
        [unreachable] Saved the link, but I couldn't open it just now. Please make sure that your advisor can.
       *[none] Saved the link.
    }
    [file] Saved { $words }.
    [photo] Saved the photo.
    [voice] Saved the voice note.
   *[text] Saved your words.
}
evidence-hidden = { $hidden ->
    [place] I removed the place where it was taken.
   *[details] I removed hidden details, such as the camera.
}
evidence-personal = I saved that, but it seems to hold personal details of somebody, such as a name, a date of birth or a number. Please remove it and write it again without them, before an advisor sees it.
button-names-nobody = It names nobody
evidence-progress = { $done } of { $total }.
evidence-next = <b>{ $letter })</b> { $text }
evidence-hint = { $hint }
evidence-have = You sent for this:
evidence-have-item = • { $words }
evidence-item = { $kind ->
    [link] link { $words }
    [file] { $words }
    [photo] photo
    [voice] voice note
   *[text] “{ $words }”
}

evidence-summary = Saved the voice note. In one sentence, what do you show in it? You can also skip this.
evidence-change-note = What did you change since the last time? One or two sentences help your advisor.
evidence-made-with = Who did you work with, and which part is yours? Write it in a sentence or two. No family names, please.
evidence-name = Which name should the badge carry? Type it as an employer should read it. I sign exactly that.

rubric = <b>{ $letter })</b> { $text }
rubric-send = <b>Good to send:</b> { $hint }
rubric-met = <b>Met:</b> { $text }
rubric-not-yet = <b>Not yet:</b> { $text }

check-whole = { $total } of { $total }. Before you send:
check-part = { $done } of { $total }. Still missing:
check-links = { $count ->
    [one] 1 link may not open for your advisor:
   *[other] { $count } links may not open for your advisor:
}
check-links-open = Your links open without a login.
check-used = You also sent some of this for { $titles }. That is allowed.
check-name = Name on the badge: <b>{ $name }</b>
check-no-name = The badge will carry no name.
check-made-with = Made with others: <i>{ $words }</i>
check-own = Is this your own work?
check-send = Send it now?

sent = <b>Sent.</b> Usually you hear from an advisor within 7 days, by { $date } at the latest. If it takes longer I'll tell you; you won't have to ask.
sent-origin = Where is this work from? It will stand on your badge.
sent-origin-noted = On the badge: { $origin ->
    [project] own project
    [course] coursework
   *[work] internship or job
}.

standing = { $state ->
    [waiting] <b>{ $title }</b> is with an advisor. You will hear by { $date }.
    [accepted] <b>{ $title }</b> is approved. Your badge is under /badges.
    [rejected] <b>{ $title }</b> was decided.
    [withdrawn] <b>{ $title }</b> is withdrawn. Nobody will look at it. What you sent is kept for you until you go on or delete it.
   *[other] <b>{ $title }</b> is open again.
}

choose-evidence = Which credential do you want to show your work for?
choose-for-stray = I have “{ $name }” from you. Which credential is it for?
choose-begun = You have begun these:
choose-field = Or pick a field:
choose-fields = Pick a field first.
choose-in-field = { $field ->
    [technology] <b>Technology.</b>
    [healthcare] <b>Healthcare.</b>
    [education] <b>Education.</b>
    [business] <b>Business.</b>
    [trades] <b>Trades and energy.</b>
   *[finance] <b>Finance.</b>
} What do you want to show?
choice-begun = { $title } ({ $state ->
    [waiting] with an advisor
    [returned] returned
    [rejected] decided
    [withdrawn] withdrawn
   *[other] begun
})

returned = <b>{ $title }: not yet.</b> { $met ->
    [0] Your advisor asks for more.
    [one] 1 of { $total } is met and stays met.
   *[other] { $met } of { $total } are met and stay met.
}
returned-missing = <b>{ $criterion }</b>
returned-words = <blockquote>{ $words }</blockquote>
returned-next = Send again when you are ready; I ask for the missing part only.
returned-often = Would you like to talk it over with a person first?
rejected = <b>{ $title }: not accepted.</b> { $met ->
    [0] None of it was met this time.
    [one] 1 of { $total } was met.
   *[other] { $met } of { $total } were met.
}
rejected-next = You can start anew with other work, or ask a person about it.
delayed = The answer for <b>{ $title }</b> takes longer than I said, and I'm sorry. I have reminded the advisors. The new date is { $date }.

button-prove = Prove it now
button-rubric = What counts
button-skip-this = Skip this one
button-skip = Skip
button-place-stray = Use { $name } here
button-add-to = Add to { $letter })
button-add-missing = Send { $letter })
button-remove = Remove { $what }
button-remove-link = the link
button-remove-file = the file
button-remove-photo = the photo
button-remove-voice = the voice note
button-remove-text = the words
button-own-work = Yes, send it
button-made-with = Made with others
button-send-it = Send it
button-change-name = Change name
button-without-name = No name
button-edit = Edit
button-withdraw = Withdraw
button-send-again = Send again
button-origin-project = Own project
button-origin-course = A course
button-origin-work = Internship or job

problem-file_empty = There is nothing in that file. Please send it once more, or another one.
problem-file_type = I can't take that kind of file. I take pictures, PDF, Word, Excel and PowerPoint without macros, OpenDocument, text and code files, sound and video. You can also send a link, or put the text here.
problem-file_broken = I couldn't open that file; it seems to be damaged. Please save it anew, or send a PDF, a PNG or a JPEG.
problem-evidence_empty = I need a few words, a link, a file, a photo or a voice note here.
problem-evidence_too_long = That is longer than the { NUMBER($limit, useGrouping: 0) } characters I can keep. Please send it as a file, or shorten it.
problem-too_much_evidence = You have sent { $limit } things for this point, which is enough. Please go on, or remove one first.
problem-nothing_asked = I'm not collecting work from you just now. /evidence begins or goes on.
problem-evidence_missing = Something is still missing. Please send at least one thing for each point.
problem-under_review = An advisor is looking at it just now, so it can't be changed. You will hear soon.
problem-badge_name = I need a name with letters, { $limit } characters at most. Please type it again.
problem-already_earned = You hold this badge already, and it is valid for a while. /badges shows it.
problem-setup = I can't sign or keep this just now because of a problem on my side. Nothing you sent is lost. The people who run me can see what to do; please try again later.
