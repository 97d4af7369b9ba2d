# A pasted job advert.

advert = { $known ->
    [sure] <b>This advert: { $job }</b>
    [guess] <b>This advert, I think: { $job }</b>
   *[none] <b>This advert</b>
}
advert-asks = { $asked ->
    [0] It names no skill I know; I go by what this job usually asks for.
   *[other] It names { $asked } skills I know. From what you told me you have { $has }{ $partly ->
        [0] { "" }
       *[other] {" "}and part of { $partly }
    }; { $open } to learn.
}
advert-line = • <b>{ $skill }</b> ({ $must ->
    [yes] must
   *[no] wish
}): { $level ->
    [basic] basics
    [working] working knowledge
   *[strong] strong
}; { $basis }
advert-next = <b>Next badge: { $title }.</b> { $length }. It closes { $share } % of what is missing.
advert-prove = <b>Next badge: { $title }.</b> You may already be able to prove it.
advert-no-step = I know of no micro-credential here that closes what is missing.
advert-beyond = <i>No badge replaces what it also asks for: { $years ->
    [0] { "" }
    [one] 1 year of experience
   *[other] { $years } years of experience
}{ $quoted ->
    [yes] { $years ->
        [0] "{ $quotes }"
       *[other] ; "{ $quotes }"
    }
   *[no] { "" }
}.</i>
advert-tell = Tell me what you have done, and I count it.
advert-unread = That looks like a job advert, but I found no job and no skill I know in it. Paste the part with the tasks and requirements, or tap a field.

advert-sources = <b>Where I read this</b>
advert-sources-job = { $job }: from "{ $title }", a title like "{ $because }".
advert-quote = • { $skill } ({ $must ->
    [yes] must
   *[no] wish
}, { $level }): "{ $quote }"
advert-sources-more = { $count ->
    [one] 1 more skill is named.
   *[other] { $count } more skills are named.
}
advert-sources-usual = { $count ->
    [one] 1 more skill counts a little
   *[other] { $count } more skills count a little
}, because the job usually asks for it ({ $release }).

button-advert = Back to the advert
