# Weighing what there is, and dates.

compare = Side by side:
compare-facts = About { $hours } h, { $free ->
    [yes] free
   *[no] { $cost }
}.{ $told ->
    [yes] { " " }Starts: { $start }.
   *[no] {""}
}

dates-promised = • <b>{ $title }</b>: an advisor answers by { $date }.
dates-returned = • <b>{ $title }</b> came back to you. Send the missing part when you are ready; what was met stays met.
dates-ending = • Your badge <b>{ $title }</b> is valid until { $date }.
dates-none = Nothing of yours has a date just now.
dates-start = <b>{ $title }</b> starts: { $start }.
dates-no-deadline = Here you can send your work whenever you are ready. Courses set their own closing dates; they stand on the course's page.

ask-appeal = { $known ->
    [yes] You think the decision on <b>{ $title }</b> is wrong. Please write in a sentence or two what was overlooked.
   *[no] There is no decision on your work that I know of. If something else was judged wrongly, please write in a sentence or two what.
}

    { $days ->
    [one] Advisors read your words as you write them and answer within a day.
   *[other] Advisors read your words as you write them and usually answer within { $days } days. You can ask that another person looks at your work.
}
nothing-to-undo = There is nothing I could take back. Tell me what to change, or pick from here.
