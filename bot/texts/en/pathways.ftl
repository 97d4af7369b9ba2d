# Advice: the way, its reasons, a credential, where one stands.

free = free
length = { $weeks ->
    [one] 1 week
   *[other] { $weeks } weeks
} ({ $hours } h), { $cost }
length-prove = from work you already have
pathway-goal = <b>{ $job }</b>{ $setting ->
    [technology] , in technology
    [healthcare] , in healthcare
    [finance] , in finance
    [education] , in education
    [business] , in business
    [trades] , in trades and energy
   *[none] { "" }
}
pathway-gap = This job asks for { $asked } main skills. From what you told me you have { $has }{ $partly ->
    [0] { "" }
   *[other] {" "}and part of { $partly }
}; { $open } to learn.
pathway-prove = <b>Start here: { $title }.</b> You may already be able to prove it, with work you have.
pathway-first = <b>Start here: { $title }.</b> { $length }.{ $adds ->
    [none] { "" } Opens the next steps.
   *[other] { "" } Adds { $adds }.
}
pathway-then = <b>Then: { $title }.</b> { $length }.{ $adds ->
    [none] { "" } Opens the next steps.
   *[other] { "" } Adds { $adds }.
}
pathway-later = <b>Later: { $title }.</b> { $length }.
pathway-none = I know of no micro-credential here that closes what is missing. An advisor may know more.
pathway-no-needs = I don't know yet what this job asks for, so I can't lay out a path. An advisor may know more.
pathway-tight = Nothing I know fits into your limits. A first step would fit with one of these:
pathway-lent = <i>Nobody rated this job by itself; I took what { $titles } asks for.</i>
looser-nothing = • { $what }: <b>{ $title }</b>
looser-more = Not everything fits. With { $what } you could also take { $titles }{ $more ->
    [0] { "" }
    [one] {" "}and 1 more
   *[other] {" "}and { $more } more
}: { $share } % more of what is missing.
looser-hours = { $weeks ->
    [one] 1 more week
   *[other] { $weeks } more weeks
}{ $is_choice ->
    [yes] {" "}(or { $weekly } h a week more)
   *[no] { "" }
}
looser-budget = { $amount } more
looser-languages = courses in { $languages }
looser-level = { $level ->
    [advanced] advanced courses
    [intermediate] intermediate courses
   *[other] courses of any level
}
licensed = <i>{ $sentence }</i>
degree = <i>{ $sentence }</i>

whole = <b>The whole path to { $job }</b>
whole-step = { $number }. { $title }: { $length }
whole-sum = { $free ->
    [yes] Together { $hours } h, free.
   *[no] Together { $hours } h and { $cost }.
}
whole-gaps = The largest gaps, from 0 to 100:
whole-gap = • { $skill }: you { $have }, the job { $need }

credential = <b>{ $title }</b>
credential-what = { $text }
credential-shows = You show that you can:
credential-can = • { $text }
credential-elsewhere = It is judged where it is taught; our advisors don't judge it.
credential-learn = To learn it: { $provider }.{ $told ->
    [yes] { " " }Starts: { $start }.
   *[no] {""}
} You sign up there yourself.
credential-cost = About { $hours } h, { $free ->
    [yes] { $noted ->
        [yes] { $note }
       *[no] free
    }
   *[no] { $cost }
}.
credential-lasts = The badge lasts { $months } months.
credential-since = Under way since { $day }.
credential-chosen = <b>{ $title }</b> is under way: /progress shows it. You sign up there yourself; tell me when it's done.
credential-example = <i>A starter example; your institution may replace it.</i>
credential-declined = I'll leave { $title } out from now on. This is the path without it:
credential-finished = Well done. { $title } is judged where it is taught, so I count it as told, not as shown. The path from here:

cost-general = Sending work in, the badge itself and checking badges cost nothing here. Courses have their own price; { $free } of { $total } that I know are free.
cost-path = On your path:
cost-line = • { $title }: { $cost }

progress = <b>{ $job }</b>: of { $asked } main skills you told me of { $has }, and your badges show { $shown }.
progress-no-goal = You have no goal yet. Tell me what work you would like to do.
progress-badges = { $count ->
    [one] Your badge: { $titles }.
   *[other] Your badges: { $titles }.
}
progress-waiting = With an advisor: { $titles }.
progress-studying = Under way since { $day }: <b>{ $title }</b>.
progress-begun = Next: go on with <b>{ $title }</b>.
progress-returned = Next: <b>{ $title }</b> came back to you; something is missing.
progress-prove = Next: prove <b>{ $title }</b> with work you already have.
progress-next = Next: <b>{ $title }</b>. { $length }.
progress-done = You have done every step I know of. /badges shows what you can share.

button-prove-now = Prove it now
button-what-provable = { $count ->
    [one] Why can I prove it?
   *[other] What can I prove? ({ $count })
}
button-choose = Choose: { $title }
button-why = Why these?
button-gap = What is missing
button-what-if = What if…
button-whole-path = Whole path ({ $count })
button-change = Change something
button-my-path = My path
button-open-course = Open the course
button-started = I've started it
button-finished = I've finished it
button-not-for-me = Not for me
button-go-on = Go on
