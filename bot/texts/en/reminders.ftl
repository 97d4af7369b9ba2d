# Reminders.

ask-reminder = When should I remind you to study? Tap a time, or write it your way, like "Sundays at 10".
ask-reminder-unclear = I didn't catch a day or a time. Please try it like "every Tuesday at 19:00", or tap one.
reminder-days = On which days? Tap all that fit, then go on. Without a day I take every day.
reminder-time = At what time? Tap one, or type it, like 18:30.
reminder-time-unclear = I didn't catch the time. Please type it like 18:30, or tap one.
ask-zone = Where do you live? I ask once, so that I write at your local time. Tap a city or type yours.
ask-zone-unclear = I don't know that place. Please type a larger city near you, or something like UTC+2.

reminder-set = I'll remind you { $rhythm }, { $zone } time.
reminder-next = Next: { $when }.
reminder-quiet = That is at night. You chose it, so I'll write then, without a sound.
reminder-list = <b>Your reminders</b>
reminder-list-off = They rest, because you stopped messages. /resume brings them back.
reminder-list-back = They rest until you are back, on { $day }.
days-off = { $begun ->
    [yes] You are away until { $back }: I'll write nothing unasked before then.
   *[no] You are away from { $first } until { $back }: I'll write nothing unasked in between.
}
days-off-choices = For how long shall I leave you alone? Tap it, or write it: "until 20 December", "from Friday for two weeks".
button-break = Take a break
button-days-off = { $days ->
    [3] 3 days
    [7] A week
    [14] Two weeks
   *[other] Four weeks
}
days-off-learner = Answers to what you send still reach you. Your reminders go on when you are back.
days-off-advisor = Work that waits goes to the other advisors; nobody is sent to you.
reminder-list-item = { $rhythm }, next on { $when }
reminder-list-once = Once, on { $when }
reminder-list-renewal = Before a badge runs out, on { $when }
reminder-list-digest = Your week in a few lines, on { $when }
reminder-list-queue = Work that waits for you, on { $when }

rhythm-daily = { $interval ->
    [one] every day
   *[other] every { $interval } days
}
rhythm-weekly = { $interval ->
    [one] every { $days }
    [2] every other { $days }
   *[other] every { $interval } weeks on { $days }
}
rhythm-weekdays = every weekday
rhythm-monthly-day = { $interval ->
    [one] every month on day { $day }
   *[other] every { $interval } months on day { $day }
}
rhythm-monthly-weekday = every month on the { $place ->
    [1] first
    [2] second
    [3] third
    [4] fourth
    [5] fifth
   *[last] last
} { $weekday }
rhythm-once = once
rhythm-at = { $rhythm } at { $time }

weekday-MO = Monday
weekday-TU = Tuesday
weekday-WE = Wednesday
weekday-TH = Thursday
weekday-FR = Friday
weekday-SA = Saturday
weekday-SU = Sunday
short-MO = Mon
short-TU = Tue
short-WE = Wed
short-TH = Thu
short-FR = Fri
short-SA = Sat
short-SU = Sun
day-chosen = { $day } ✓

button-preset = { $day } { $time }
button-other-times = Other times
button-no-reminder = No
button-go-on = Go on
button-change = Change
button-stop-reminder = Stop this reminder
button-stop-reminder-of = Stop the one for { $when }
button-make-it = Make it { $time }
button-snooze = Later
button-snooze-hour = In an hour
button-snooze-tomorrow = Tomorrow
button-snooze-week = Next week
button-next-step = My next step
button-renew = Renew it
button-my-badges = My badges

study-nudge-0 = Time for what you planned. Even 20 minutes move you on.
study-nudge-1 = It's your study time. Shall we look at the next step?
study-nudge-2 = A small piece today? Your next step is one tap away.
study-nudge-3 = You asked me to write now. One short session is enough for today.
once-nudge = You asked me to remind you.
renewal-nudge-0 = Your badge { $title } runs out on { $date }. You can renew it before then.
renewal-nudge-1 = { $title } is valid until { $date }. A look at how to renew it takes a minute.
renewal-nudge-2 = On { $date } your badge { $title } ends. Would you like to keep it going?
renewal-path = To renew it: { $text }

returned-nudge-0 = { $title } came back with a comment and waits for you. { $missing ->
    [one] 1 point is open;
   *[other] { $missing } points are open;
} what was met stays met.
returned-nudge-1 = Your work for { $title } is nearly there: { $missing ->
    [one] 1 point is left.
   *[other] { $missing } points are left.
} Shall we look at the comment again?
returned-nudge-2 = { $title } still waits for { $missing ->
    [one] 1 point.
   *[other] { $missing } points.
} I won't ask again after this.
next-step-nudge-0 = Still on your way to { $goal }? Your plan is kept, and the next step is one tap away.
next-step-nudge-1 = Your plan towards { $goal } waits for you. Has anything changed? You can tell me.
next-step-nudge-2 = I'll keep your plan towards { $goal } and leave you in peace now. One tap takes you back.
next-step-nudge-begun = You began to show { $title }. What you sent is kept; shall we finish it?
weekly-digest = <b>Your week</b>
digest-badges = { $count ->
    [one] 1 new badge.
   *[other] { $count } new badges.
}
digest-waiting = { $count ->
    [one] 1 piece of work is being looked at.
   *[other] { $count } pieces of work are being looked at.
}
digest-returned = { $count ->
    [one] 1 piece of work came back and waits for you.
   *[other] { $count } pieces of work came back and wait for you.
}
digest-collecting = { $count ->
    [one] 1 piece of work is begun and not sent.
   *[other] { $count } pieces of work are begun and not sent.
}
digest-goal = Your goal: { $goal }.
new-credential-nudge = New, and it counts for { $goal }: { $title }, about { $hours } hours.
criteria-changed-nudge = The list for your badge { $title } has changed. { $count ->
    [one] 1 point is new:
   *[other] { $count } points are new, the first:
} { $first }
criteria-changed-until = Your badge stays valid until { $date }. At its renewal the new list counts.
criteria-changed-stays = Your badge stays valid as it is.
goal-changed-nudge = { $goal } now asks for more than when you set out. { $count ->
    [one] 1 skill is new:
   *[other] { $count } skills are new, the first:
} { $first }. What you have shown still counts.
button-see-path = See my path
queue-nudge = { $count ->
    [one] 1 piece of work waits for you,
   *[other] { $count } pieces of work wait for you,
} the oldest { $days ->
    [0] since today.
    [one] for 1 day.
   *[other] for { $days } days.
}
queue-nudge-late = { $count ->
    [one] 1 of them is later than its learner was promised.
   *[other] { $count } of them are later than their learners were promised.
}
nudges-more = { $count ->
    [one] And 1 more thing; /progress shows where you stand.
   *[other] And { $count } more things; /progress shows where you stand.
}
button-the-badge = The badge
button-look = Have a look
button-another-hour = Another hour

reminder-kinds = What may I write to you about, when you haven't asked? Tap to turn a kind on or off. At most one message a day, and /stop ends them all.
kind-on = { $kind }: on
kind-off = { $kind }: off
kind-study = Time to study
kind-once = Once
kind-renewal = A badge runs out
kind-returned = Work came back
kind-next_step = My next step
kind-new_credential = New for my goal
kind-criteria_changed = A badge's list changed
kind-goal_changed = My goal asks for more
kind-digest = Weekly summary
kind-queue = Work that waits for me
kind-ended = Done. "{ $kind }" won't come any more.
button-kinds = What you write about
button-quiet = Quiet from { $starts } to { $ends }
button-quiet-choice = { $starts } to { $ends }
quiet-choices = In which hours shall I stay quiet? Tap, or write it your way, like "not before 9".
quiet-set = I'll stay quiet from { $starts } to { $ends }. What falls into that time comes afterwards.
reminder-hours = At what hour shall it come?

snooze-choices = When shall I come back to it?
snoozed = All right. I'll write again on { $when }.
nothing-to-snooze = You have no reminder that could come later. Would you like one?
reminder-ended = Stopped. That reminder won't come again.
reminder-ended-others = { $count ->
    [one] 1 other is still on.
   *[other] { $count } others are still on.
} /stop ends everything I write unasked.
reminder-declined = All right, no reminder. /remind sets one at any time.
problem-reminder_past = That time has passed. Please choose a later one.
