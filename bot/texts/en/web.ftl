# The web pages.

page-title = { $title } · { $institution }
page-skip = Skip to the content
page-home = { $institution }, home
page-nav = Pages
nav-check = Check a badge
nav-issuer = Who we are
nav-api = For developers
page-foot = { $institution } issues signed Open Badges 3.0. Anybody can check them here, without an account.
page-foot-privacy = These pages set no cookies and load nothing from elsewhere.

home-title = Badges you can check
home-lead = { $institution } awards micro-credentials for things people have shown they can do. Each badge is signed, so that you can see in seconds whether it is genuine and what its holder can do.
home-employers = For employers
home-employers-text = Somebody showed you a badge? Check it by its picture, its file, its link, or the code printed on it.
home-learners = For learners
home-learners-text = Find a path to the work you want and prove what you can already do, in a chat on Telegram.
home-open-chat = Open the chat
home-chat-later = Ask { $institution } for the link to the chat.
home-how = How a badge comes about
home-how-1 = The learner shows work for each point on a public list: a file, a link, a recording.
home-how-2 = A person who knows the subject judges every point. No machine decides.
home-how-3 = When all points are met, the badge is signed. Nobody can change it unnoticed, and it can be withdrawn.

verify-title = Check a badge
verify-lead = Is it genuine, and what can its holder do? You need no account, and the holder isn't told.
verify-by-file = By picture or file
verify-file-label = The badge's picture (PNG or JPEG) or its file (JSON)
verify-drop = Drop it here, or choose a file.
verify-file-limit = Up to { $limit } MB. It isn't kept.
verify-by-text = By code or link
verify-text-label = The code printed on the badge, a link to it, or its text
verify-text-hint = For example 7K3M-9QX2-ABCD
verify-submit = Check it
verify-submit-file = Check this file
verify-nothing = Please choose a file, or type a code or a link.

badge-page-untitled = Badge
badge-picture = Picture of the badge { $name }
badge-picture-note = A picture alone proves nothing; what counts is what is said here.
badge-what = What the holder can do
badge-how = How it was judged
badge-facts = At a glance
badge-questions = Questions to ask in the interview
badge-details = Details: every check by its name
badge-get = Take it with you
badge-get-png = Picture with the badge inside (PNG)
badge-get-json = Signed file (JSON)
badge-get-jwt = Signed token (JWT)
badge-check-other = Check another badge
badge-more = About this micro-credential
badge-og-title = { $name }: { $headline }

checks-name = Check
checks-result = Result
checked-at = Checked on { $time } UTC.

achievement-kind = Micro-credential
achievement-criteria = What has to be shown
achievement-skills = Skills, with their codes
achievement-by = By { $issuer }
achievement-example = A starter example; the institution may change it.
achievement-version = Version { $version }
achievement-level = Level: { $level }
achievement-hours = { $hours ->
    [one] about 1 hour of work
   *[other] about { $hours } hours of work
}
achievement-file = This page as data (JSON)

issuer-title = { $institution }
issuer-lead = This institution signs its badges with its own keys. Its identifier is:
issuer-keys = Its keys are public; every badge can be checked against them, also without these pages.
issuer-did = Keys (DID document)
issuer-profile = Profile (JSON)

api-title = For developers
api-lead = Every document behind these pages can be read by machines. No key is needed.
api-openapi = OpenAPI document
api-parameters = Parameters
api-request = You send
api-answers = You get

missing-title = Nothing here
missing-text = There is no such page, or it is no longer public. Please compare the address or the code with the one you were given.
too-many-title = A little too fast
too-many-text = That was a lot in a short time. Please wait a minute and try again.
too-large-title = Too large
too-large-text = Files up to { $limit } MB can be checked.
broken-title = Something went wrong on our side
broken-text = Please try again. If it happens again, tell us this reference: { $reference }
not-allowed-title = Not this way
not-allowed-text = This page can't be used like that. Please begin at the start.
back-home = To the start
