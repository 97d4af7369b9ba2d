# What a person may prove now, criterion by criterion.

prove-now = <b>{ $title }: what you may prove now</b>
    What you told me speaks for { $likely } of { $of } criteria.
prove-criterion-likely = • <b>{ $text }</b>: likely, because of { $skills } ({ $basis ->
    [badge] your badge
    [reviewed] reviewed work
   *[said] { $source ->
        [job] your job
        [internship] your internship
        [course] your course
        [project] your project
       *[self] you told me
    }
})
prove-criterion-open = • <b>{ $text }</b>: { $partly ->
    [yes] open; { $skills } alone is not enough
   *[no] open; nothing you told me speaks for it
}
prove-criterion-evidence = { "   " }Would count: { $text }
prove-now-judged = An advisor judges your work, not your words. You may send part now and the rest later.
prove-nothing = Nothing you told me covers half of a certificate for { $job } yet. Tell me more of what you have done, if there is more.

button-provable = Also: { $title }
