# Reasons: why these steps, what is missing, where numbers come from.

reasons = <b>Why this path to { $job }</b>
reasons-step = • <b>{ $title }</b>: { $opens ->
    [yes] opens the next steps.
   *[no] closes { $share } % of the gap ({ $skills }).
}{ $follows ->
    [yes] {" "}It builds on { $after }.
   *[no] { "" }
}{ $declared ->
    [no] {" "}I inferred this from its description.
   *[yes] { "" }
}
reasons-uncovered = It leaves open: { $skills }.
reasons-part = It closes the smaller part of: { $skills }.

why-step = <b>{ $place }. Why { $title }?</b>
why-step-closes = It closes { $share } % of what is missing:
why-step-opens = It closes nothing by itself.
why-step-skill = • { $skill }: { $share } % of this gap, { $of_all } % of all{ $declared ->
    [no] {" "}(inferred from its description)
   *[yes] { "" }
}
why-step-more = • and { $count ->
    [one] 1 more skill
   *[other] { $count } more skills
}
why-place-prove = It comes first: from what you told me, you may be able to prove it with work you have.
why-place-after = It comes after { $after }, which it builds on.
why-place-opens = It comes before { $opens }, because it opens the way there.
why-place-rate = It stands here because it closes most for its hours of what was left.
why-length = About { $hours } h: { $weeks ->
    [one] 1 week
   *[other] { $weeks } weeks
} at { $weekly } h a week, { $free ->
    [yes] free
   *[no] { $cost }
}.
why-stack = It counts towards { $into }: with it you have { $have } of { $of } parts.
why-rival = Second came <b>{ $title }</b>. { $reason ->
    [hours] It would not fit into your time.
    [cost] It would not fit into what you want to spend.
    [first] { $first } would have to come first.
    [less] It would close { $theirs } % in its place, this closes { $mine } %.
    [longer] It closes as much, but takes { $hours } h longer.
    [dearer] It closes as much, but costs { $amount } more.
    [fit] It closes as much, but isn't made for this job.
   *[equal] It is as good; take whichever you like better.
}

gap = <b>What is missing for { $job }</b>
gap-line = { $number }. <b>{ $skill }</b>: the job asks for { $level ->
    [basic] the basics
    [working] solid working knowledge
   *[strong] strong skills
}; { $basis }
gap-basis = { $basis ->
    [badge] your badge shows some of it
    [reviewed] an advisor found some of it shown
    [said] { $source ->
        [job] you told me of some from a job
        [internship] you told me of some from an internship
        [course] you told me of some from a course
        [project] you told me of some from a project
       *[self] you told me of some
    }
   *[none] nothing from you yet
}
gap-none = Nothing that I know of. From what I know, you have what this job asks for.
gap-more = { $count ->
    [one] 1 smaller gap is left.
   *[other] { $count } smaller gaps are left.
}
gap-order = The largest come first. What every job asks for counts less.

gap-sources = <b>Numbers for { $job }</b>, from 0 to 100. Source: { $release }{ $lent ->
    [none] { "" }
   *[other] , completed by { $lent }
}.
gap-sources-how = Basics 35, working 65, strong 100. Badges count fully, reviewed work 95 %, words 80 to 90 %. Importance counts less, the more jobs ask for a skill.
skill-source = • { $skill }: asked { $need }, you { $have }{ $basis ->
    [badge] {" "}(badge)
    [reviewed] {" "}(reviewed)
    [said] {" "}(told: { $source ->
        [job] job
        [internship] internship
        [course] course
        [project] project
       *[self] no more
    })
   *[none] { "" }
}; importance { $importance }{ $demand ->
    [yes] , in demand
   *[no] { "" }
}; in { $common } % of jobs
release-starter = our starter catalogue, made from O*NET 30.3 and ESCO 1.1.1

step-sources = <b>Where the numbers about { $title } come from</b>
step-sources-offer = { $hours } h, { $free ->
    [yes] free
   *[no] { $cost }
}: { $origin ->
    [example] from our starter catalogue, which names { $provider } as the teacher
    [own] from our catalogue, which names { $provider } as the teacher
   *[other] as { $provider } publishes it ({ $origin }, file { $file })
}. Entry { $code }, version { $version }.
step-sources-rate = Prices in other currencies: European Central Bank, { $day }.
step-sources-skills = The job asks, from 0 to 100 ({ $release }):
step-sources-how = A share is the skill's weight times what is missing, divided by that of all gaps. Catalogue revision { $revision }.

sources-job = <b>{ $job }</b> (O*NET-SOC { $code })
sources-summary = { $text }
sources-pay = Typical pay: { $amount } { $period ->
    [hour] an hour
   *[year] a year
} ({ $region }, median; { $source }, { $date }).
sources-no-pay = I have no figure for the pay of this job.
sources = Skills come from O*NET and ESCO, shortened by us. I count what you told me; only a badge or reviewed work shows it.
sources-attribution = <blockquote expandable>{ $sentence }</blockquote>

button-onet = The job on O*NET
button-sources = Pay and sources
button-why-step = Why { $title }?
button-where-from = Where is this from?
button-back-to-why = Back to why
button-compare-rival = Compare with the second
