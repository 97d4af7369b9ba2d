# Weighing what there is, and dates.

compare = Side by side:
compare-for = Side by side, for { $job }:
compare-closes = Closes { $share } % of what is missing: { $skills }.
compare-closes-nothing = Closes nothing that is missing.
compare-facts = About { $hours } h{ $weeks ->
    [0] { "" }
    [one] {" "}(1 week for you)
   *[other] {" "}({ $weeks } weeks for you)
}, { $free ->
    [yes] free
   *[no] { $cost }
}.{ $told ->
    [yes] { " " }Starts: { $start }.
   *[no] {""}
}
compare-more = { $level ->
    [foundation] For beginners, in { $language }
    [intermediate] Intermediate, in { $language }
    [advanced] Advanced, in { $language }
   *[none] In { $language }
}; { $here ->
    [yes] judged here{ $months ->
        [0] { "" }
       *[other] , lasts { $months } months
    }
   *[no] judged where it is taught
}.
compare-first = { $title } has to come first.

what-if = <b>What if?</b> With what you can do, your time and your money:
what-if-job = <b>{ $job }</b>{ $goal ->
    [yes] {" "}(your goal)
   *[no] { "" }
}
what-if-reach = You have { $has } of { $asked } skills, after the path { $after }.
what-if-way = { $steps ->
    [0] I know of no step there.
    [one] 1 step, { $weeks } weeks ({ $hours } h), { $free ->
        [yes] free
       *[no] { $cost }
    }.
   *[other] { $steps } steps, { $weeks } weeks ({ $hours } h), { $free ->
        [yes] free
       *[no] { $cost }
    }.
}{ $provable ->
    [0] { "" }
   *[other] {" "}One you may prove now.
}
what-if-pay = Pay: { $amount } { $period ->
    [hour] an hour
   *[year] a year
}{ $group ->
    [none] { "" }
   *[other] {" "}(of { $group })
}
what-if-source = { $source }, { $date }
what-if-sources = Pay: { $sources }.
what-if-bar = { $bar ->
    [licence] Needs a licence; badges alone don't give it.
   *[degree] A degree is usual.
}
what-if-shared = { $titles } helps with all of them.

dates-promised = • <b>{ $title }</b>: an advisor answers by { $date }.
dates-returned = • <b>{ $title }</b> came back to you. Send the missing part when you are ready; what was met stays met.
dates-ending = • Your badge <b>{ $title }</b> is valid until { $date }.
dates-none = Nothing of yours has a date just now.
dates-start = <b>{ $title }</b> starts: { $start }.
dates-no-deadline = Here you can send your work whenever you are ready; an advisor answers within 7 days. Courses set their own closing dates; they stand on the course's page.

ask-appeal = { $known ->
    [yes] You think the decision on <b>{ $title }</b> is wrong. Please write in a sentence or two what was overlooked.
   *[no] There is no decision on your work that I know of. If something else was judged wrongly, please write in a sentence or two what.
}

    { $days ->
    [one] Advisors read your words as you write them and answer within a day.
   *[other] Advisors read your words as you write them and usually answer within { $days } days. You can ask that another person looks at your work.
}
nothing-to-undo = There is nothing I could take back. Tell me what to change, or pick from here.

path-time = { $what_if ->
    [yes] With { $weekly } h a week
   *[no] At { $weekly } h a week
} your path to { $job } takes about { $weeks ->
    [one] 1 week
   *[other] { $weeks } weeks
} ({ $hours } h, { $steps ->
    [one] 1 step
   *[other] { $steps } steps
}): until { $day }.
path-time-late = That is after { $day }, the day you named.
path-time-fits = That fits before { $day }, the day you named.
path-time-unchanged = So far I plan with { $hours } h a week; nothing was changed.
not-on-path = <b>{ $title }</b> is not on your path to { $job }. { $reason ->
    [declined] You said it is not for you.
    [cost] It would cost more than you want to spend.
    [time] With { $hours } h it doesn't fit into your time.
    [language] It is in another language than you asked for.
   *[less] It fits your limits, but closes only { $closes } % of what is missing; others close more for their hours.
}
button-take-hours = Take { $hours } h a week
button-aim = Aim at: { $job }
button-other-goal = Other goal
