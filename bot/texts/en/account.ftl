# Settings, data, roles.

settings = <b>Settings</b>
settings-language = Language: { $language }
settings-zone = Time zone: { $zone }
settings-zone-unknown = Time zone: not set, I use { $zone }
settings-reminders = Messages I send unasked: { $on ->
    [yes] on
   *[no] off
}
settings-name = Name on badges: { $name }
settings-no-name = Name on badges: none
language-name = English

button-zone = Change time zone
button-messages-off = Turn messages off
button-messages-on = Turn messages on
button-badge-name = Change name
button-no-name = No name
ask-settings-zone = Where do you live? Tap a city or type yours.
ask-badge-name =
    Which name may your badges carry? Please type it as an employer should read it.

    It is used for badges from now on. Those you have stay as they were signed.
ask-badge-name-now = Now: { $name }

stopped = Done. I won't write to you unasked any more. Answers to what you send still reach you.
stopped-resting = { $count ->
    [one] Your reminder is kept, but rests.
   *[other] Your { $count } reminders are kept, but rest.
} /resume brings { $count ->
    [one] it
   *[other] them
} back.
resumed = I may write to you again.
resumed-coming = { $count ->
    [one] Your reminder is on.
   *[other] Your { $count } reminders are on.
}
resumed-none = You have no reminder yet.
button-resume = Turn them on again
button-set-reminder = Set a reminder

data-export = Here is everything I keep about you, as a file (JSON). It is meant for you; please mind who you send it to.
delete-confirm =
    <b>Delete your data?</b>

    <b>Gone at once:</b> your profile, answers, plan, reminders, talks with advisors, and work that was not approved.
delete-confirm-kept = <b>Kept, without your name:</b> { $badges ->
    [0] a note that somebody deleted their data.
    [one] the record of 1 badge (number, dates, status, checksum), so that it can still be checked.
   *[other] the record of { $badges } badges (number, dates, status, checksum), so that they can still be checked.
}
delete-confirm-outside = <b>Already outside:</b> files you or others saved, and this chat on Telegram. You can delete the chat yourself.
delete-confirm-submissions = { $count ->
    [one] 1 piece of work is being reviewed. It will be withdrawn.
   *[other] { $count } pieces of work are being reviewed. They will be withdrawn.
}
delete-confirm-roles = Your role as advisor or admin ends as well.
button-delete-now = Delete my data
button-export-first = Get a copy first
button-keep = Keep everything
deleted = Done. Your data is deleted. /start begins anew, as if we had never met.
deleted-badges = { $badges ->
    [one] The record of 1 badge stays without your name, so that it can still be checked.
   *[other] The records of { $badges } badges stay without your name, so that they can still be checked.
}
delete-kept = Nothing was deleted.
export-name = my-data.json

cancelled = Stopped. { $kind ->
    [evidence] What you have sent so far is kept as a draft, and nobody has seen it.
    [intake] Your answers so far are kept.
    [reminder] No reminder was changed.
    [handoff] Nobody is asked. What you wrote for the advisor is not passed on.
    [review] Your marks so far are kept.
   *[other] Nothing was changed.
}
cancelled-nothing = There is nothing to stop. What would you like to do?

invitation-offer = You are invited to become { $role ->
    [admin] an admin
   *[other] an advisor
} at { $institution }. Do you want that?
invitation-offer-means = { $role ->
    [admin] Admins look after the bot and its people.
   *[other] Advisors look at work that learners send in and decide if it meets the list. An approval signs a badge.
}
button-join = Yes, accept
button-decline = No, thanks
invitation-declined = All right, nothing was changed. The link stays valid for 24 hours after it was made.
staff-welcome = Welcome, you are now { $role ->
    [admin] an admin
   *[other] an advisor
}.
staff-welcome-means = { $role ->
    [admin] New advisors join with a link from "skillmark staff invite".
   *[other] /waiting shows people who would like to talk, /queue the work that waits. You mark each point as met or not yet; when all are met you approve, and the badge is signed and delivered at once. Your own work goes to somebody else.
}
button-queue = Open the queue
