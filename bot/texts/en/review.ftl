# Reviewing: the queue, one criterion at a time, the decision.

queue = { $count ->
    [one] <b>1 waiting</b>, for { $age }.
   *[other] <b>{ $count } waiting</b>, the oldest for { $age }.
}
queue-empty = Nothing waits for you. I'll write when something arrives.
queue-line = { $learner }: { $title }, { $age }{ $round ->
    [1] {""}
   *[other] , again
}
review-wanted = New work to review: <b>{ $title }</b>.

review-head = <b>{ $title }</b>, { $learner }
review-sent = { $round ->
    [1] First time
    [2] Second time
    [3] Third time
   *[other] Time { $round }
}, sent { $age } ago.
review-nobody = a learner without a name
review-point = <b>{ $letter })</b> { $text }
review-met-means = <i>Met:</i> { $text }
review-earlier = <i>Asked for last time:</i> { $words }
review-change-note = <i>What changed, in the learner's words:</i> { $words }
review-made-with = <i>Made with others, in the learner's words:</i> { $words }
review-words = <blockquote>{ $words }</blockquote>
review-words-above = Their words are above.
review-words-of = For { $letter }), in the learner's words:
review-long-words = The whole text comes as a file.
review-link = Link: { $url }
review-link-state = { $state ->
    [open] It opened without a login when it was sent.
    [login] It asked for a login when it was sent.
    [missing] There was nothing at that address when it was sent.
    [refused] It was not opened: not a public https address.
    [unreachable] It could not be opened when it was sent.
   *[none] It was not opened.
}
review-file = { $kind ->
    [photo] Photo: { $name }
    [voice] Voice note
   *[file] File: { $name }
}
review-kept-from-before = (sent before)
review-by-others = The same was also sent by another learner. That can have good reasons; please ask.
review-own-use = This learner sent the same for { $codes }.
review-nothing-similar = Nothing like it was sent before.
review-no-evidence = Nothing was sent for this point.
review-comment-given = <i>Your comment:</i> { $words }
review-file-caption = { $letter }) { $name }
review-marked = { $letter }) { $text }: { $result ->
    [met] met
   *[not_yet] not yet
}

review-comment-needed = What is missing for { $letter })? The learner reads your words as you write them. Type them, or take one of these:
review-comment-free = Your comment on { $letter }), for the learner to read. Type it, or take one of these:
review-comment-typed = What is missing for { $letter })? The learner reads your words as you write them.
review-comment-typed-free = Your comment on { $letter }), for the learner to read. Type it now.
review-saved = { $number }. { $words }

review-summary = <b>{ $title }</b>, { $learner }: { $met } of { $total } met.
review-summary-mark = { $letter }) { $result ->
    [met] met
    [kept] met before
   *[not_yet] not yet
}
review-summary-comment = { $letter }) { $result ->
    [met] met
    [kept] met before
   *[not_yet] not yet
}: <i>{ $words }</i>
review-approve-means = Approving signs the badge and delivers it at once.
review-return-means = Returning keeps what is met; the learner sends the rest again.
review-reject-means = <b>Reject it?</b> Rejecting ends this submission. Returning is kinder when the learner could still show what is missing.

review-done = { $outcome ->
    [accepted] <b>Done.</b> { $learner } has the badge for { $title }.
    [returned] <b>Returned.</b> { $learner } knows what is missing for { $title }.
   *[rejected] <b>Rejected.</b> { $learner } has been told about { $title }.
}
review-more = { $count ->
    [0] Nothing else waits.
    [one] 1 more waits.
   *[other] { $count } more wait.
}

button-away = I'm away
button-open-oldest = Open oldest
button-open-next = Open next
button-list = List
button-met = Met
button-not-yet = Not yet
button-comment = Comment
button-not-mine = Not mine to judge
button-stop-review = Stop for now
button-approve = Approve and sign
button-return = Return for revision
button-reject = Reject
button-reject-now = Yes, reject
button-back-to = Back to { $letter })

problem-already_decided = This one is decided already, and one decision counts. /queue shows what waits.
problem-taken = A colleague has this one open just now. /queue shows what else waits.
problem-taken_back = The learner has taken this one back or sent it anew. /queue shows what waits.
problem-own_submission = This is your own work, so somebody else decides about it.
problem-review_incomplete = Not every point is judged yet, or that doesn't follow from the marks. /queue opens it again.
problem-comment_needed = Please say in a few words what is missing, so that the learner can mend it.
problem-comment_too_long = That is longer than { $limit } characters. Please say it shorter.
