"""Draws what answers questions about the last card, or beside everything else."""

from markupsafe import Markup

from actions.screens.asides import (
    AgeLimit,
    AllRight,
    AskHolder,
    BadgeMisspelt,
    CodeMeansNothing,
    Congratulations,
    CoursesInLanguage,
    DistressMore,
    EvidenceQuestion,
    GroupWork,
    JobPay,
    LanguageSpoken,
    NameNotNeeded,
    NeedNotWrite,
    NothingNeeded,
    PasteAdvert,
    PayLine,
    PeopleNotSearchable,
    ReminderWhat,
    ShareFacts,
    StillTold,
    WhatIsKept,
)
from bot.telegram.screens.drawing import Drawn, button, draws, lines, paragraphs
from bot.telegram.screens.intake import capital
from bot.telegram.screens.words import ask_person, meant, menu_button
from bot.texts import Say


@draws(DistressMore)
def draw_distress_more(screen: DistressMore, say: Say) -> Drawn:
    text = say("distress-later" if screen.is_later else "distress-more")
    return Drawn(text, ((ask_person(say, "urgent"),),))


@draws(AllRight)
def draw_all_right(screen: AllRight, say: Say) -> Drawn:
    return Drawn(say("all-right"), ((menu_button(say),),))


@draws(Congratulations)
def draw_congratulations(screen: Congratulations, say: Say) -> Drawn:
    text = say("congratulations", badges=screen.badges)
    return Drawn(text, ((meant(say, "ask_badges"), meant(say, "stop_reminders")),))


@draws(WhatIsKept)
def draw_what_is_kept(screen: WhatIsKept, say: Say) -> Drawn:
    listed = {
        "kept-badges": screen.badges,
        "kept-waiting": screen.waiting,
        "kept-begun": screen.begun,
    }
    found = [
        say(key, titles=say.listed([say.words(title) for title in titles]))
        for key, titles in listed.items()
        if titles
    ]
    goal = say("kept-goal", job=capital(say.words(screen.job))) if screen.job else None
    text = lines(say("kept"), goal, *found)
    return Drawn(text, ((meant(say, "ask_progress"), meant(say, "ask_privacy")),))


@draws(NameNotNeeded)
def draw_name_not_needed(screen: NameNotNeeded, say: Say) -> Drawn:
    return Drawn(say("name-not-needed"), ((meant(say, "ask_privacy"),),))


@draws(PasteAdvert)
def draw_paste_advert(screen: PasteAdvert, say: Say) -> Drawn:
    return Drawn(say("paste-advert"), ((menu_button(say),),))


@draws(LanguageSpoken)
def draw_language_spoken(screen: LanguageSpoken, say: Say) -> Drawn:
    return Drawn(say("language-spoken"), ((ask_person(say), menu_button(say)),))


@draws(CoursesInLanguage)
def draw_courses_in_language(screen: CoursesInLanguage, say: Say) -> Drawn:
    text = say(
        "courses-in-language",
        language=say.language_name(screen.language),
        count=screen.count,
        total=screen.total,
    )
    return Drawn(text, ((meant(say, "ask_recommendation"), menu_button(say)),))


@draws(PeopleNotSearchable)
def draw_people_not_searchable(screen: PeopleNotSearchable, say: Say) -> Drawn:
    return Drawn(say("people-not-searchable"), ((meant(say, "verify_badge"), ask_person(say)),))


@draws(StillTold)
def draw_still_told(screen: StillTold, say: Say) -> Drawn:
    return Drawn(say("still-told"), ((menu_button(say),),))


@draws(ShareFacts)
def draw_share_facts(screen: ShareFacts, say: Say) -> Drawn:
    text = paragraphs(
        say("share-facts", named="yes" if screen.holder else "no", holder=screen.holder or ""),
        say("share-until", date=say.date(screen.until)) if screen.until else say("share-always"),
        say("share-end"),
    )
    row = (button(say.plain("button-share"), "badge_share", screen.badge_id), ask_person(say))
    return Drawn(text, (row,))


@draws(BadgeMisspelt)
def draw_badge_misspelt(screen: BadgeMisspelt, say: Say) -> Drawn:
    return Drawn(say("badge-misspelt", title=screen.title), ((ask_person(say),),))


@draws(AskHolder)
def draw_ask_holder(screen: AskHolder, say: Say) -> Drawn:
    return Drawn(say("ask-holder"), ((meant(say, "verify_badge"),),))


@draws(CodeMeansNothing)
def draw_code_means_nothing(screen: CodeMeansNothing, say: Say) -> Drawn:
    return Drawn(say("code-means-nothing"), ((meant(say, "verify_badge"),),))


@draws(EvidenceQuestion)
def draw_evidence_question(screen: EvidenceQuestion, say: Say) -> Drawn:
    return Drawn(say("evidence-question", letter=screen.letter))


@draws(NeedNotWrite)
def draw_need_not_write(screen: NeedNotWrite, say: Say) -> Drawn:
    return Drawn(say("need-not-write"))


@draws(GroupWork)
def draw_group_work(screen: GroupWork, say: Say) -> Drawn:
    return Drawn(say("group-work"))


@draws(ReminderWhat)
def draw_reminder_what(screen: ReminderWhat, say: Say) -> Drawn:
    return Drawn(say("reminder-what"))


@draws(JobPay)
def draw_job_pay(screen: JobPay, say: Say) -> Drawn:
    known = [one.pay for one in screen.jobs if one.pay is not None]
    sources = dict.fromkeys((pay.region, pay.source, pay.date) for pay in known)
    text = paragraphs(
        lines(*(_pay_line(one, say) for one in screen.jobs)) or say("job-pay-which"),
        *(
            say("job-pay-source", region=region, source=source, date=date)
            for region, source, date in sources
        ),
    )
    choose = button(say.plain("button-make-goal"), "job", screen.offered or "")
    return Drawn(text, ((choose,),) if screen.offered else ())


def _pay_line(line: PayLine, say: Say) -> Markup:
    job = capital(say.words(line.job))
    if line.pay is None:
        return say("job-pay-unknown", job=job)
    amount = say.money(line.pay.median, line.pay.currency)
    return say("job-pay", job=job, amount=amount, period=line.pay.period)


@draws(NothingNeeded)
def draw_nothing_needed(screen: NothingNeeded, say: Say) -> Drawn:
    return Drawn(say("nothing-needed", count=screen.free_standing, total=screen.total))


@draws(AgeLimit)
def draw_age_limit(screen: AgeLimit, say: Say) -> Drawn:
    return Drawn(say("age-limit"), ((meant(say, "ask_privacy"),),))
