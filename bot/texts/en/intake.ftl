# The intake: goal, skills, hours, changing one's answers.

welcome = { $named ->
    [yes] Hi { $name }, I'm { $institution }'s automated advisor. I find the shortest way to a job through small certificates you can prove.
   *[no] Hi, I'm { $institution }'s automated advisor. I find the shortest way to a job through small certificates you can prove.
}
welcome-privacy = I keep your answers to advise you; employers see nothing unless you share it. For people aged 16 or over. /privacy
ask-goal = What work would you like to do? Write it your way, with what you can already do, or tap a field.
ask-goal-unclear = I couldn't find a job in that. Try a job title, such as "data analyst" or "pharmacy technician", or tap a field.
ask-goal-unsure = That's fine. Write what you enjoy or do well, such as "numbers", "helping patients" or "fixing computers", or look around a field.
goal-held = <b>{ $job }</b>: that counts, whatever comes next.
ask-goal-next = What work would you like to do now? Write it your way, or tap a field.
choose-job = Which of these comes closest?
choose-job-far = Which of these comes closest? I may not have just that work; "None of these" asks again.
choose-job-unclear = That didn't tell me which. Tap the closest, or say the work another way.
choose-job-line = • <b>{ $job }</b>, because of "{ $because }"
jobs-of-field = { $field ->
    [technology] Jobs in technology I know well. You can also write your own.
    [healthcare] Jobs in healthcare I know well. You can also write your own.
    [education] Jobs in education I know well. You can also write your own.
    [business] Jobs in business I know well. You can also write your own.
    [trades] Jobs in trades and energy I know well. You can also write your own.
   *[finance] Jobs in finance I know well. You can also write your own.
}
goal-known = <b>{ $job }</b>{ $setting ->
    [technology] , in technology.
    [healthcare] , in healthcare.
    [finance] , in finance.
    [education] , in education.
    [business] , in business.
    [trades] , in trades and energy.
   *[none] .
}
ask-have = What have you done so far that could help? Write about a course, a job, an internship or your own projects, or tap what you can do.
ask-have-more = What else? Tap it or write it; "That's all" goes on.
ask-have-unclear = I didn't find a skill in that. Name tools or tasks you have used, for instance { $examples }, or say "nothing yet".
skills-noted = Noted: { $skills }.
heard = Noted: { $facts }.
heard-hours = { $hours } h a week
heard-budget = { $free ->
    [yes] free only
   *[no] { $amount } at most
}
heard-any-budget = any price
heard-deadline = done by { $day }
heard-language = courses in { $languages }
heard-level = { $level ->
    [foundation] for beginners
    [intermediate] up to intermediate
   *[advanced] up to advanced
}
ask-likely = { $years ->
    [0] { $job }: that counts. You probably know:
    [one] { $job }, one year: that counts. You probably know:
   *[other] { $job }, { $years } years: that counts. You probably know:
}
ask-likely-skill = • { $skill }
ask-likely-so = Is that so?
ask-likely-unclear = Tap one, or write it: "yes", "no", "all but the last", "only the first".
ask-hours = How many hours a week can you give it?
ask-hours-unclear = How many hours a week? A number is enough, such as 5.
ask-limit = { $limit ->
    [budget] How much may the whole path cost? Tap it or write it, such as "80 euros".
    [deadline] By when should it be done? Tap it or write it, such as "by June" or "8 weeks".
    [language] In which language should courses be?
   *[level] How hard may courses be?
}
ask-limit-unclear = { $limit ->
    [budget] How much? An amount is enough, such as "100" or "80 euros".
    [deadline] By when? A month, a date or a number of weeks is enough.
    [language] Which language? One or two names are enough.
   *[level] How hard? "Beginner", "intermediate" or "any" is enough.
}
answers = <b>What you told me</b>
answers-goal = Goal: { $job }
answers-skills = You can: { $skills }
answers-held = { $years ->
    [0] Work so far: { $job }
    [one] Work so far: { $job }, one year
   *[other] Work so far: { $job }, { $years } years
}
answers-hours = Hours a week: { $hours }
answers-budget = Cost: { $amount } at most
answers-deadline = Done by: { $day }
answers-languages = Courses in: { $languages }
answers-level = { $level ->
    [foundation] Level: for beginners
    [intermediate] Level: up to intermediate
   *[advanced] Level: up to advanced
}
answers-change = What should I change? You can also just write it, such as "make it 8 hours".

button-technology = Technology
button-healthcare = Healthcare
button-finance = Finance
button-education = Education
button-business = Business
button-trades = Trades
button-not-sure = Not sure yet
button-none-of-these = None of these
button-compare = Compare them
button-earlier = Earlier
button-more-jobs = More
button-other-field = Another field
button-nothing-yet = Nothing yet
button-that-is-all = That's all
button-change-goal = Another goal
button-likely-yes = Yes, all of them
button-likely-some = Some of them
button-likely-no = No
button-hours = { $hours } h
button-goal = Goal
button-skills = What I can do
button-limit-hours = Hours a week
button-limit-budget = Cost
button-limit-deadline = By when
button-limit-language = Language
button-limit-level = Level
button-budget-0 = Free only
button-budget-50 = Up to $50
button-budget-100 = Up to $100
button-budget-300 = Up to $300
button-deadline-1 = In 1 month
button-deadline-3 = In 3 months
button-deadline-6 = In 6 months
button-deadline-12 = In a year
button-level-foundation = For beginners
button-level-intermediate = Up to intermediate
button-any = Any
