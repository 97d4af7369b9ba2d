# Badges that are out, as advisors see them: the list, one badge, a change to it.

issued = <b>Badges that are out</b>, the newest first. To find another one, send me its code, link or picture.
issued-none = No badge is out yet.
issued-line = { $holder }: { $title }{ $state ->
    [revoked] , withdrawn
    [suspended] , on hold
    [expired] , expired
   *[valid] {""}
}
issued-redrawn = That is not open any more. This is how the badge stands now:
issued-card = <b>{ $title }</b>, { $holder }
issued-state = { $state ->
    [revoked] Withdrawn. Awarded on { $date }.
    [suspended] On hold. Awarded on { $date }.
    [expired] Expired on { $until }.
    [forever] Awarded on { $date }.
   *[valid] Awarded on { $date }, valid until { $until }.
}
issued-card-reason = Why: <i>{ $reason }</i>

issued-change = { $change ->
    [suspend] <b>Put { $title } of { $holder } on hold?</b> Until you let it stand again, whoever checks it sees "on hold", but not why.
    [reinstate] <b>Let { $title } of { $holder } stand again?</b> Whoever checks it sees that it is valid.
    [reissue] <b>Issue { $title } of { $holder } anew?</b> The new copy has today's signature and the name the holder has now. Copies made before stop being valid.
   *[revoke] <b>Withdraw { $title } of { $holder }?</b> That can't be undone. Whoever checks it sees "withdrawn" and the date, but not why.
}
issued-why = { $told ->
    [yes] Why? The holder reads your words as you write them. Type them now.
   *[no] Why? Your words are kept with the badge. Type them now.
}
issued-will-read = { $told ->
    [yes] The holder will read:
   *[no] Kept with the badge:
}
issued-changed = { $change ->
    [suspend] <b>On hold.</b> { $title } of { $holder }.
    [reinstate] <b>It stands again.</b> { $title } of { $holder }.
    [reissue] <b>Issued anew.</b> { $title } of { $holder }; copies made before are no longer valid.
   *[revoke] <b>Withdrawn.</b> { $title } of { $holder }.
}
issued-told = { $told ->
    [yes] The holder has been told, with your reason.
   *[no] The holder doesn't use this chat, so please tell them yourself.
}

button-issued = All badges
button-older = Older
button-newest = Newest
button-this-badge = This badge
button-amend = Change this badge
button-change-suspend = Put on hold
button-change-reinstate = Let it stand again
button-change-revoke = Withdraw
button-change-reissue = Issue anew
button-confirm-suspend = Yes, put it on hold
button-confirm-reinstate = Yes, let it stand again
button-confirm-revoke = Yes, withdraw it
button-confirm-reissue = Yes, issue it anew
button-other-words = Other words

problem-own_badge = This is your own badge, so somebody else decides about it.
