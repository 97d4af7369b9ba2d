# Badges: what one holds, ways to share them, what became of them.

badges = <b>Your badges</b>
badges-line = { $title }, { $state ->
    [revoked] withdrawn
    [suspended] on hold
    [expired] expired on { $until }
    [forever] awarded on { $date }
   *[valid] valid until { $until }
}
badges-none = You have no badge yet. A badge comes when an advisor has approved your work; you may be able to prove something today.
badges-waiting = { $count ->
    [one] 1 submission is with an advisor.
   *[other] { $count } submissions are with an advisor.
}

badge-awarded = { $anew ->
    [yes] <b>{ $title } was issued anew.</b> Please use this copy from now on; the one before is no longer valid.
   *[no] <b>{ $title } approved.</b>
}
badge-awarded-comment = Your advisor: <i>{ $words }</i>
badge-awarded-file = This is your badge. The seal is inside the file, so keep it as it is; pictures of it can be checked by their code.
badge-card = <b>{ $title }</b>
badge-card-state = { $state ->
    [revoked] Withdrawn by the institution. Whoever checks it sees that.
    [suspended] On hold. Whoever checks it sees that.
    [expired] Expired on { $until }. It still shows what you could do; whoever checks it sees the date.
    [forever] Awarded on { $date }.
   *[valid] Awarded on { $date }, valid until { $until }.
}
badge-card-code = Code: <code>{ $code }</code>

badge-share =
    <b>{ $title }</b>

    Link: { $url }
    Code: <code>{ $code }</code>

    Whoever opens the link or checks the code sees { $named ->
        [yes] the name { $holder },
       *[no] no name,
    } what you can do, how and by whom it was judged, by what kinds of work, the hours and the dates. They don't see your work, your chat or your other badges.
badge-share-off = It is not valid at present, and they will see that too.
badge-linkedin =
    <b>Add to LinkedIn</b>

    The button fills in the form. If it doesn't, copy these:
    Name: <code>{ $title }</code>
    Issuer: <code>{ $issuer }</code>
    Issued: <code>{ $issued }</code>
badge-linkedin-until = Expires: <code>{ $until }</code>
badge-linkedin-rest =
    Credential ID: <code>{ $code }</code>
    Credential URL: <code>{ $url }</code>
badge-file = Your badge <b>{ $title }</b> as a signed file (JSON), for wallets and other programs.

badge-changed = { $state ->
    [revoked] <b>{ $title } was withdrawn.</b> It can't be relied on any more; whoever checks it sees that.
    [suspended] <b>{ $title } is on hold.</b> Until this is cleared, whoever checks it sees "on hold", but not why.
   *[valid] <b>{ $title } stands again.</b> Whoever checks it sees that it is valid.
}
badge-changed-reason = The institution says: <i>{ $reason }</i>
badge-changed-appeal = If you think this is wrong, ask a person; somebody else will look at it.

button-share = Share with an employer
button-linkedin = Add to LinkedIn
button-linkedin-open = Open LinkedIn
button-more = More
button-badge-picture = Send the picture
button-badge-json = Signed file (JSON)
button-badge-page = Open the badge's page


# On the picture of a badge.
picture-kind = Micro-credential
picture-level = { $level ->
    [foundation] Foundation level
    [intermediate] Intermediate level
    [advanced] Advanced level
   *[other] { $level }
}
picture-hours = about { $hours } hours
picture-awarded-to = Awarded to
picture-no-name = Awarded without a name, as the holder wished
picture-name-inside = The holder's name is inside the seal
picture-awarded-on = Awarded { $date }
picture-valid-until = Valid until { $date }
picture-check = Check it: scan, or enter the code at { $host }/verify

problem-badge_state = A badge in this state can't be changed that way; what is withdrawn stays withdrawn.
problem-key_state = A key in this state cannot be changed that way.
