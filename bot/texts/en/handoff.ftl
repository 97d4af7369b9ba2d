# Talking to a person: the wish for it, the conversation, its end.

your-advisor = Your advisor
a-learner = A learner

handoff-told = { $count ->
    [one] I have told an advisor.
   *[other] I have told { $count } advisors.
} As soon as one is free, they join us here.
handoff-away = Nobody is there just now. An advisor looks in from { $time }.
handoff-away-urgent = I have told the advisors at once. It is outside their hours, which begin { $time }, so please don't wait for them if you are in danger.
handoff-no-hours = I have told the advisors, but I can't say when one looks in.
handoff-no-advisor = There is no advisor yet. The first one to join hears of it; I can't say when that will be.
handoff-write = What you write or send now goes to them as it is. They see your name and where we are, not your Telegram account.
handoff-appeal = { $known ->
    [yes] The decision about { $title } seems wrong to you. Please say why; somebody else looks at it where there is a second advisor.
   *[no] A decision seems wrong to you. Please say which one and why; somebody else looks at it where there is a second advisor.
}
handoff-last-words = Shall I pass on what you wrote last?
handoff-quote = <blockquote>{ $words }</blockquote>
handoff-standing = { $there ->
    [now] The advisors know that you wait; the first one who is free joins us here.
    [later] Nobody is there just now. An advisor looks in from { $time }.
   *[unknown] The advisors know that you wait, but I can't say when one looks in.
} What you wrote for them is saved. Meanwhile you can carry on here, or write more for the advisor.
handoff-standing-appeal = There is no deadline for saying why; the advisor reads it when they come.
handoff-kept = Kept for the advisor.
handoff-kept-until = Kept for the advisor, who looks in from { $time }.
handoff-kept-appeal = Where there is a second advisor, somebody else looks at the decision.
handoff-given-back = Your advisor had to leave. I have asked another one to take over.
handoff-resting = All right, let's carry on. I tell you when an advisor is here.
handoff-withdrawn = All right, nobody is asked. What you wrote for them is not passed on.
handoff-joined = An advisor is here now. What you write or send goes to them, and I keep quiet until one of you ends the conversation.
handoff-held = You are talking to your advisor, so I keep quiet; what you write goes to them.
handoff-sender = <b>{ $name }</b>{ $changed ->
    [yes] {" "}(changed)
   *[no] {""}
}
handoff-cannot-pass = I can't pass that kind of message on. Words, photos, files and voice notes work.
handoff-ended = { $ending ->
    [learner] You have ended the conversation. I'm back.
    [advisor] Your advisor has ended the conversation. I'm back.
    [silence] Nobody has written for four hours, so I have closed the conversation. I'm back.
    [nobody] I'm sorry: nobody has answered your wish for a person in two weeks, so I have taken it off the list. You can ask again.
   *[other] The conversation has ended. I'm back.
}

handoff-wanted = { $learner } would like to talk to a person.
handoff-reason = { $reason ->
    [urgent] Please look in as soon as you can.
    [appeal] They find a decision wrong.
    [misses] I did not understand them.
   *[asked] They asked for a person.
}
handoff-taken = You are talking to <b>{ $learner }</b>, who has waited since { $time }.
handoff-goal = Goal: { $goal }.
handoff-no-goal = No goal yet.
handoff-doing = { $doing ->
    [evidence] In the middle of showing { $title }.
    [appeal] The decision is about { $title }.
    [intake] In the middle of saying what they look for.
    [reminder] In the middle of setting a reminder.
   *[other] In the middle of something else.
}
handoff-work = Work under review: { $waiting }, come back: { $returned }.
handoff-badges = Badges: { $count }.
handoff-how = Just write here. When you talk to several people, reply to a message to say whom you mean. { $learner } reads "your advisor", not your name.
handoff-whom = You talk to several people. Whom is that for?
handoff-addressed = Sent to { $learner }.
handoff-dropped = All right, it went to nobody.
handoff-closed = { $ending ->
    [learner] { $learner } has ended the conversation.
    [advisor] You have ended the conversation with { $learner }.
    [silence] Nobody has written for four hours, so the conversation with { $learner } is closed.
    [gone] { $learner } has left the chat, so the conversation is closed.
   *[other] The conversation with { $learner } has ended.
}

people-none = Nobody waits to talk. I'll write when somebody does.
people-waiting = { $count ->
    [one] 1 person waits to talk.
   *[other] { $count } people wait to talk.
}
people-talking = { $count ->
    [one] You are talking to 1 person now.
   *[other] You are talking to { $count } people now.
}
people-line = { $learner }, { $age }
people-line-urgent = Soon: { $learner }, { $age }
people-line-talking = With { $learner } now

button-pass-words-on = Pass that on
button-carry-on = Carry on here
button-never-mind = Never mind
button-write-more = Write to the advisor
button-end-talk = End the conversation
button-take = Talk to them
button-people = Who waits
button-nobody = Nobody

problem-handoff_taken = A colleague is talking to them already.
problem-handoff_over = That conversation is over.
problem-own_handoff = That is you. A colleague will look in.
problem-own_decision = You decided that one, so a colleague looks at it.
problem-too_much_kept = That is enough for now: the advisor reads the first { $limit } messages when they come.
problem-too_many_files = That is enough for one conversation: { $limit } files. Words still go through.
