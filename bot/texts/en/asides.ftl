# What is asked about the last card, and beside everything else.

distress-more = It is good that you write, and it is good if somebody is with you or on the way. Take your time. I'm a bot, so please don't rely on me alone: your local emergency number and an advisor are there for you. Nothing here runs away.
distress-later = Of course. We go on tomorrow, or whenever you like; all you told me is saved. Please look after yourself first, and call somebody if it gets too much.
all-right = All right. All you told me is saved; just write when you want to go on.
congratulations = Congratulations, that is good news! { $badges ->
    [0] What you told me is kept
   *[other] Your badges stay yours and can be checked; what you told me is kept
}, unless you delete it. I can also stop writing to you.
kept = Nothing is lost:
kept-goal = • Your path to { $job } is kept.
kept-badges = • Your badges stay, and count wherever they fit: { $titles }.
kept-waiting = • With an advisor: { $titles }.
kept-begun = • Begun and kept as a draft that nobody has seen: { $titles }.
name-not-needed = I need no name to advise you. Only a badge can carry one, if you like, and I ask you before. In a group nobody sees what you write to me here; advisors see the first name of your Telegram profile when you talk to them.
paste-advert = Yes, just paste it here as it is. I read what it asks for and show you what you have and what is missing.
language-spoken =
    So far I can talk in English only, but I understand simple words; short sentences are fine.

    Por ahora solo hablo inglés. · Je ne parle qu'anglais pour l'instant. · Ich spreche bisher nur Englisch. · Por enquanto só falo inglês.
courses-in-language = { $count ->
    [0] I know of no course in { $language }; all { $total } are in other languages.
    [one] 1 of { $total } courses I know is in { $language }.
   *[other] { $count } of { $total } courses I know are in { $language }.
} "Only courses in { $language }" makes that a condition of your path.
people-not-searchable = I can't say whether anybody studies here, and people can't be searched or listed, by anyone. Ask the candidate for a badge code, a link or the picture; I check it at once, one badge at a time.
still-told = Yes. Decisions on your work, badges and answers to what you send always reach you; only what I would write unasked has ended.
share-facts = Whoever has the link or the code sees { $named ->
    [yes] the name { $holder },
   *[no] no name,
} what you can do, how it was judged and the dates. No phone number, no chat, no work, no other badge. LinkedIn gets the same: title, institution, dates, code and link.
share-until = The link works as long as the badge stands; it is valid until { $date }. I can't make it shorter.
share-always = The link works as long as the badge stands; this one has no end. I can't make it shorter.
share-end = To end it for good, ask a person to withdraw the badge. Copies that others have saved can't be taken back.
badge-misspelt = What is signed can't be changed, but { $title } can be issued anew with the right name. A person does that: ask one, and write how the name should read.
ask-holder = A genuine badge doesn't say who sent it. I can't write to its holder for you; please ask your candidate to open the badge in front of you, or compare the name. Nothing else about them is shown: only they can share more.
code-means-nothing = A code that I don't know matches no badge of ours. Mostly it was misread or mistyped, for instance 0 and O or 1 and I. It says nothing about the candidate, and what I found genuine stays genuine.
evidence-question = I haven't saved that, because it reads like a question. Your advisor decides by this list alone; a certificate counts if it shows { $letter }), as a file, a photo or a link. If it was your answer, please write it as a sentence.
need-not-write = You needn't write: a voice note, a photo, a file or a link is fine. You can also skip this or stop; what you have sent is kept.
group-work = Work with others is fine and allowed. Just say which part is yours.
reminder-what = Of your study time, at the hours you choose. I also tell you when work came back, when a badge runs out and, if you like, what comes next.
job-pay = { $job }: typically { $amount } { $period ->
    [hour] an hour
   *[year] a year
}
job-pay-unknown = { $job }: I have no figure
job-pay-source = Medians for { $region } ({ $source }, { $date }); what one employer pays may differ.
button-make-goal = Make it my goal
job-pay-which = Which job do you mean? Name it, and I say what it typically pays.
nothing-needed = You can begin as you are: { $count } of { $total } micro-credentials build on nothing before them, and they are learnt with a computer or a phone. What each one expects stands on its card.
age-limit = I am for people aged 16 or over; nobody is too old. A job may have rules of its own, which an advisor can tell you.
