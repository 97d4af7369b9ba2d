# Verdicts on badges: the same words in the chat, on the pages and on the command line.

how-to-verify =
    I can check a badge for you. Send it any way you have it: forward the picture, send the file, paste a link, or type the code printed on it, such as 7K3M-9QX2-ABCD.

    You need no account, and the holder isn't told.

# What was found, by kind.
verdict-genuine = Genuine and current.
verdict-expired = Genuine, but expired on { $date }.
verdict-expired-unknown = Unaltered, but expired on { $date }.
verdict-not-yet-valid = Genuine, but valid only from { $date }.
verdict-not-yet-valid-unknown = Unaltered, but valid only from { $date }.
verdict-dates = The dates on this badge make no sense.
verdict-revoked = Not valid: withdrawn by its issuer.
verdict-revoked-on = Not valid: withdrawn by its issuer on { $date }.
verdict-suspended = Currently on hold.
verdict-altered = Not genuine: the seal doesn't match.
verdict-foreign-seal = Not genuine: the seal is not its issuer's.
verdict-unsealed = Not genuine: there is no seal on it.
verdict-not-a-badge = This is not an Open Badge.
verdict-malformed = This is not a proper badge file.
verdict-issuer-unknown = Unaltered, but I don't know who issued it.
verdict-unbound = Unaltered, but I can't tell who made it.
verdict-status-unknown = I couldn't check whether it was withdrawn.
verdict-partly = Unaltered, but only part of it is shown.
verdict-issuer-unreachable = I couldn't check the seal.
verdict-unsupported = I can't check this kind of seal.
verdict-open-badges-2 = This is an Open Badges 2.0 badge. I can't check that kind.
verdict-stolen-key = Not genuine: sealed with a key that was stolen or lost.
verdict-empty = This file is empty.
verdict-no-code-in-picture = I can't read a code in this picture.
verdict-unreadable = I can't open this file.
verdict-nothing-found = I couldn't find a badge in that.
verdict-nothing-at-link = I couldn't find a badge at that link.
verdict-link-unavailable = I couldn't open that link.
verdict-code-unknown = I don't know that code.
verdict-too-large = That is too large to be a badge.
verdict-too-slow = Checking took too long.

verdict-expired-why = It was valid from { $begun } until then.
verdict-not-yet-valid-why = Until then it counts for nothing.
verdict-dates-why = Please ask its issuer for a proper one.
verdict-revoked-why = It was real once. Its issuer no longer stands by it.
verdict-suspended-why = Its issuer has paused it for now. It may be valid again later.
verdict-altered-why = Nothing in it can be relied on. What it says isn't shown.
verdict-foreign-seal-why = Somebody else sealed it in the issuer's name. Nothing in it can be relied on.
verdict-unsealed-why = Anybody could have written it. Nothing in it can be relied on.
verdict-not-a-badge-why = It may be another kind of document, or only a part of a badge.
verdict-malformed-why = It can't be read the way badges must be, so nothing in it can be relied on.
verdict-issuer-unknown-why = It is exactly as { $host } sealed it. Whether to trust { $host } is for you to find out, for example by calling them.
verdict-unbound-why = It brings the key to its own seal along, and nothing shows that { $host } made that key. Ask { $host } before you rely on it.
verdict-status-unknown-why = The seal is right, but the issuer's list of withdrawn badges can't be had or can't be trusted just now. Please don't rely on it yet.
verdict-partly-why = Its holder chose what to show, and neither its end nor a withdrawal can be seen in that part. Please ask for the whole badge.
verdict-issuer-unreachable-why = Its issuer's page with the keys can't be had just now. This says nothing about the badge itself.
verdict-unsupported-why = This says nothing about the badge itself. Its issuer can tell you more.
verdict-open-badges-2-why = It is an older kind, whose issuer's website vouches for it. Please ask the issuer.
verdict-stolen-key-why = Anybody who has that key could have made it. Nothing in it can be relied on.
verdict-empty-why = Please send it once more, or type the code printed on the badge.
verdict-no-code-in-picture-why = Type the code printed under it, or send the picture as a file.
verdict-unreadable-why = A picture (PNG or JPEG) of the badge or its JSON file works best.
verdict-nothing-found-why = Send the picture, the file, the link, or the code printed on it, such as 7K3M-9QX2-ABCD.
verdict-nothing-at-link-why = Ask the holder for the picture, or type the code printed on it.
verdict-link-unavailable-why = I open public https links only. Ask the holder for the picture, or type the code printed on it.
verdict-code-unknown-why = Please compare it letter by letter with the one on the badge.
verdict-too-large-why = Please send the picture or the file of one badge.
verdict-too-slow-why = The issuer's pages answer too slowly just now. This says nothing about the badge itself.

# More than one thing at once.
verdict-also-issuer-unknown = I also don't know who issued it: { $host }.
verdict-also-status-unknown = I also couldn't check whether it was withdrawn.
verdict-also-expired = It also expired on { $date }.
verdict-also-not-revocable = Its issuer keeps no list of withdrawn badges.
verdict-holder = A genuine badge doesn't say who sent it. Compare the name with your candidate's.
verdict-no-name = It carries no name, as its holder wished. Ask your candidate to open it in front of you.

verdict-checked-now = Checked just now.
verdict-checked-on = Checked on { $time }.

badge-award = Awarded to { $holder } on { $date }{ $until }, by { $issuer }.
badge-award-no-name = Awarded on { $date }{ $until }, by { $issuer }.
badge-award-no-date = By { $issuer }.
badge-valid-to = {""}, valid to { $date }
badge-can = Can: { $can }.
badge-judged = Judged from { $evidence } by { $judge }.
badge-judged-from = Judged from { $evidence }.
badge-judged-by = Judged by { $judge }.
badge-evidence-from = { $kind } ({ $origin })
badge-hours = About { $hours } h.
badge-level = Level: { $level }.
badge-assessment = “{ $words }”
level-name = { $level ->
    [foundation] foundation
    [intermediate] intermediate
    [advanced] advanced
   *[other] { $level }
}
identity-checked = Identity checked.
identity-not-checked = Identity not checked.
identity-unsaid = It doesn't say whether anybody's identity was checked.
badge-unnamed = (unnamed)

label-holder = Awarded to
label-no-holder = no name on it
label-issuer = Issued by
label-awarded = Awarded on
label-until = Valid to
label-no-end = no end date

details-checks = What was checked
details-about = About the badge
details-skills = Skills, with their codes
details-skills-more = { $count ->
    [one] 1 more in the file.
   *[other] { $count } more in the file.
}
details-issuer = Issuer: { $issuer } ({ $id })
details-number = Badge: { $id }
check-result = { $outcome }: { $why }

check-retrieved = Found
check-well_formed = Form
check-valid_signature = Seal
check-registered_issuer = Issuer
check-expiration = Dates
check-revocation_status = Standing

outcome-passed = passed
outcome-failed = failed
outcome-unknown = not checked

code-well_formed = a proper Open Badges 3.0 badge
code-not_a_credential = no signed credential
code-not_a_badge = a credential, but no badge
code-malformed_credential = parts are missing
code-signature_holds = made by the issuer's key over exactly these words
code-schema_mismatch = a part is missing or isn't of the right kind
code-signature_holds_shown = made by the issuer's key over the parts that are shown
code-signature_holds_unbound = it holds, with a key it brings along
code-no_proof = there is none
code-invalid_signature = it doesn't match what the badge says
code-not_as_issued = the badge isn't, word for word, the one we issued
code-malformed_proof = it can't be read
code-malformed_jwt = it can't be read
code-claim_mismatch = the seal and the badge contradict each other
code-wrong_purpose = it wasn't made for badges
code-proof_from_the_future = it is dated in the future
code-proof_expired = the seal's own time is over
code-undefined_term = the badge says something the seal doesn't cover
code-hidden_member = the badge says something where readers wouldn't look
code-issuer_key_mismatch = it was made with somebody else's key
code-key_not_authorised = the issuer doesn't allow this key
code-key_not_found = the issuer doesn't know this key
code-key_expired = made after the key was retired
code-key_revoked = the key was stolen or lost
code-did_document_mismatch = the issuer's keys belong to somebody else
code-context_not_allowed = it gives its words another meaning
code-proof_type_unknown = there is no such kind of seal
code-cryptosuite_unknown = there is no such kind of seal
code-key_type_mismatch = made with another kind of key
code-key_malformed = the key can't be read, or is a weak one
code-key_type_not_supported = made with a kind of key I don't know
code-proof_type_not_supported = of a kind I can't check
code-cryptosuite_not_supported = of a kind I can't check
code-did_method_not_supported = the issuer's keys are kept in a way I can't read
code-issuer_not_resolved = the issuer's keys can't be had just now
code-issuer_registered = known here
code-issuer_not_registered = not known here
code-key_not_bound = nothing shows that it made the key
code-issuer_withdrawn = no longer known here
code-current = between its dates
code-end_not_shown = its end, if it has one, isn't shown
code-expired = its time is over
code-not_yet_valid = its time has not begun
code-dates_malformed = missing or in the wrong order
code-not_revoked = not withdrawn
code-status_message = not withdrawn; its issuer left a message
code-not_revocable = its issuer keeps no list of withdrawn badges
code-status_not_shown = its place on the issuer's list isn't shown
code-revoked = withdrawn by its issuer
code-suspended = on hold for now
code-status_list_unavailable = the issuer's list can't be had just now
code-status_list_expired = the issuer's list is out of date
code-other-passed = in order
code-other-failed = not in order ({ $code })
code-other-unknown = couldn't be checked ({ $code })

check-result-as-of = { $result } (list of { $date })
endorsed-by = Endorsed by { $name }: “{ $comment }” ({ $why })
endorsed-by-silently = Endorsed by { $name } ({ $why })
endorsement-valid = checked and known here
endorsement-issuer_unknown = its seal holds; who that is isn't known here
endorsement-could_not_check = couldn't be checked
endorsement-invalid = not in order
endorsement-unnamed = somebody whose seal doesn't hold
recipient-same = It is made out to this address.
recipient-guessable = It is made out to this address, in a way that anybody could have guessed.
recipient-other = It isn't made out to this address.
recipient-unsaid = It doesn't say to which address it was made out.

verdict-means = { $about ->
    [interview] Send me the badge, and I'll show questions that fit what it says its holder can do. In general: "Show me how you did this", "What would you do differently?", "What was the hardest part?"
    [withdrawn] Its issuer withdraws a badge when it turns out to be wrong: work that was somebody else's, a mistake in judging, or at its holder's own wish. On hold means that this is being looked into. The issuer doesn't publish which it was; its holder knows and can tell you.
    [person] A badge says what its holder showed they can do, and that the badge is genuine. It doesn't say how they work with others or whether they fit your place; that is for you to find out.
   *[judged] Nobody can buy one here. Somebody sends in own work, an advisor of the institution looks at every criterion beside it, and only when all of them are met is the badge signed. The badge's page shows the criteria and what was looked at.
}
questions-title = Questions to ask in the interview
questions-intro = Each is about one thing the badge says its holder can do.

button-details = Details
button-questions = Questions to ask in the interview
button-try-again = Try again
button-open-page = Open the badge's page

problem-too_many_enquiries = That was a lot of badges at once. Please wait a minute, then send the next one.
problem-cut_off = That text is longer than one message, so Telegram cut it. Please send it as a file, or send the badge's link or code.
verdict-maybe-work = If it is work of yours that shows what you can do, tap "Show my work". I keep it ready; you needn't send it again.
