# The menu, questions people often ask, and what was not understood.

menu = What would you like to do?
help =
    I'm a bot, an automated advisor. I help you find a path to a job, prove what you can do and earn badges that employers can check.

    Tell me in your own words, or tap a button. /cancel ends what you are in the middle of, /settings and /privacy are always there.
help-advisor = You are an advisor too: /queue shows what waits for you.

what-is-microcredential =
    A micro-credential is a small certificate for one thing you can do, for example "joins data from two tables in SQL".

    You earn it by showing your work; there is no exam. An advisor, a person, decides by a list you can see beforehand. You get a signed badge that anybody can verify.

    It is no degree and no licence, and replaces neither.
employer-value =
    An employer opens your badge and sees what you can do, how it was checked, by what role and when. They can test that it is genuine in seconds, without an account.

    It doesn't promise you a job. It gives them facts instead of a claim, and it is yours to share or not.
time-needed =
    Most take between 10 and 60 hours. At 5 hours a week that is 2 to 12 weeks.

    If you can already do it, it is much faster: you show work you have, and an advisor usually answers within 7 days.
privacy =
    I'm a bot. I keep your answers, what you send as proof, the decisions and your badges, to advise you and to issue badges. Advisors see the work you send in. Employers see only badges you share.

    Raw messages are deleted after 7 days, a talk with an advisor 30 days after its end. The rest stays until you delete it. Chats with bots are not end-to-end encrypted, so please leave out names of patients, clients and colleagues.

    /export gives you everything as a file. /delete removes it. For people aged 16 or over.
goodbye = Any time. Your progress is saved; /start picks up where we left off.
distress =
    I'm sorry you are going through this. I'm a bot and can't help the way a person can.

    If you may be in danger, please call your local emergency number now. If you can, tell somebody you trust how you feel.

    I can pass a message to an advisor. They don't answer at all hours.
distress-hotline = You can also call { $hotline }.
out-of-scope = I'm afraid that is not something I can help with. I know about jobs, skills and badges.
out-of-scope-again = That is outside of what I know, too. Let's look for something I can do, or ask a person.
clarify = I want to get this right. Which of these do you mean?
something-else = All right. Please say it in other words, or pick from here.
not-understood-again = Words don't seem to get us there. Please tap what comes closest, or ask a person.
not-understood = I still don't follow, sorry. You can pick from here, or ask a person; an advisor reads your words as you write them.
words-unavailable = I can't read free text as well as usual right now. Everything works with buttons until I can again.
press-choice = Do you mean "{ $label }"?

button-ask-person = Ask a person
button-something-else = Something else
button-yes = Yes
button-what-is-it = What is a micro-credential?
button-employers = How employers see it
button-export = Get my data
button-delete = Delete my data
button-settings = Settings
button-privacy = Privacy
button-help = Help

# What a person may have meant, as button labels.
meant-set_career_goal = Find a path to a job
meant-tell_skills = Say what I can do
meant-ask_recommendation = See my path
meant-ask_progress = My progress
meant-submit_evidence = Show my work
meant-ask_badges = My badges
meant-verify_badge = Check a badge
meant-set_reminder = Reminders
meant-stop_reminders = Stop reminders
meant-talk_to_advisor = Ask a person
meant-ask_what_is_microcredential = What a micro-credential is
meant-ask_employer_value = How employers see it
meant-ask_time = How long it takes
meant-ask_cost = What it costs
meant-ask_privacy = My data and privacy
meant-ask_deadline = Dates and deadlines
meant-appeal_decision = A decision that seems wrong
meant-change_answer = Change an answer
meant-help = What you can do
meant-review = Review work

# Commands, as Telegram lists them.
command-start = Begin, or carry on
command-progress = My progress and next step
command-badges = My badges
command-verify = Check a badge
command-remind = Study reminders
command-ask = Ask a person
command-help = What I can do
command-settings = Language, time zone, name
command-privacy = What is kept about you
command-export = Get your data as a file
command-delete = Delete your data
command-stop = No more unasked messages
command-resume = Allow reminders again
command-cancel = End what we are doing
command-waiting = People who wait to talk
command-queue = Work that waits for review
command-issued = Badges that are out
