"""The first page of a panel: what needs doing, by role."""

from datetime import timedelta
from types import SimpleNamespace

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from panel.access import rules
from panel.casework import retention_periods
from panel.casework.case_context import CaseContext
from panel.casework.offers import offer
from panel.law import clock
from panel.law.period import day_words, long_date, plural
from panel.law.roles import Role
from panel.law.spoken import say
from panel.models import Case, Duty, Entry, Panel, User
from panel.pages import set_up
from panel.pages.base import in_panel
from panel.pages.case_list import other_new, start_url
from panel.pages.drafts import drafts_kept
from panel.pages.home_closed import closed
from panel.pages.incoming import waiting
from panel.pages.letter_links import to_check
from panel.pages.own_drafts import drafts_covered
from panel.pages.owned import kinds_owned, open_duties
from panel.pages.panel_duties import owed
from panel.pages.people_names import People
from panel.pages.seats import seats_left
from panel.pages.set_aside import set_aside
from panel.pages.words import case_url, gone_by, step_url
from panel.pages.worklist import Worklist, without_keeper
from panel.procedure.register import REGISTERS, main_decisions, main_register, of_procedure

MOST_DECISIONS = 25


@require_safe
@in_panel("home.view")
def home(request, panel, who):
    """Staff and auditor: duties. Chairman and Vice-Chairman: decisions. Members: their cases. Administrator: people."""
    today = clock.today()
    if who.closed:
        return closed(request, panel, who)
    if who.roles & {Role.OFFICER, Role.MONITORING_OFFICER, Role.AUDITOR}:
        return duties(request, panel, who, today)
    if who.roles & {Role.CHAIRMAN, Role.VICE_CHAIRMAN}:
        return decisions(request, panel, who, today)
    if who.roles & {Role.MEMBER, Role.COMMISSIONERS_OFFICE}:
        return own_cases(request, panel, who)
    context = {
        "drafts": drafts_kept(request, panel),
        "unfilled": unfilled(panel, today),
        "list": set_up.wanted(panel, who),
    }
    return render(request, "panel/home_administrator.html", context)


def unfilled(panel, today) -> list[str]:
    """The roles that nobody holds, or nobody can act in, while duties wait for them: a sentence each."""
    found = []
    for role in sorted(People(panel, today).unfilled()):
        number = Duty.objects.filter(kinds_owned({role}, panel), closed_by=None, case__panel=panel).count()
        if number:
            waits = "a duty waits" if number == 1 else f"{number} duties wait"
            found.append(f"Nobody can act as {role.words}, and {waits}.")
    return found


def duties(request, panel, who, today):
    """The officer's, Monitoring Officer's or auditor's page."""
    work = Worklist(who, request.user, today, People(panel, today), panel)
    counts, sections = work.sections(after="after" in request.GET)
    register = main_register()
    others = other_new(panel, register, who) + [
        {"words": r.log_words, "url": reverse("panel:new-case", args=[panel.slug, r.slug, r.log_step])}
        for r in REGISTERS.values()
        if r is not register
    ]
    this_week = any(s["id"] in ("overdue", "today", "week", "undated", "advice") for s in sections)
    left, over = notices(panel, who, today)
    context = {
        "left": f"{plural(left, 'open case')} {'is' if left == 1 else 'are'} kept by somebody who has left."
        if left
        else "",
        "hand_over_url": reverse("panel:hand-over", args=[panel.slug]),
        "seats": seats_left(panel, who, today),
        "over": over,
        "retention_url": reverse("panel:retention", args=[panel.slug]),
        "heading": "Open duties" if who.roles == {Role.AUDITOR} else "Your work",
        "today": long_date(today),
        "counts": counts,
        "sections": sections,
        "others": others if rules.may(who, "case.log") else [],
        "button": {
            "words": register.log_words,
            "url": start_url(panel, register),
        }
        if rules.may(who, "case.log")
        else None,
        "empty": "" if this_week else ("Nothing is due this week." if any_open(who) else "No case is open."),
        "drafts": drafts_kept(request, panel),
        "waiting": waiting(panel, who),
        "covered": drafts_covered(request, panel, today),
        "owed": to_check(panel, who, request.user) + (owed(panel) if rules.may(who, "case.hand_over") else []),
    }
    return render(request, "panel/home_duties.html", context)


def notices(panel, who, today) -> tuple[int, bool]:
    """How many open cases somebody keeps who has left, and whether the time of any ended case is over: asked together."""
    left, over = without_keeper(panel, who), Case.objects.none()
    if not rules.may(who, "case.hand_over"):
        left = left.none()
    if rules.may(who, "retention.view") and panel.now:
        rows = retention_periods.with_end(Case.objects.filter(rules.visible(who), held_on=None))
        yesterday = today - timedelta(days=1)  # over is what had its last day before this one
        over = rows.filter(retention_periods.time_is_over(panel, SimpleNamespace(**panel.now), yesterday))
    number = left.order_by().values("panel").annotate(number=Count("pk")).values("number")
    asked = Panel.objects.filter(pk=panel.pk).annotate(left=Coalesce(Subquery(number), 0), over=Exists(over))
    return asked.values_list("left", "over").get()


def any_open(who) -> bool:
    """Whether the person sees any case that is still open."""
    return any(
        r.case_model.objects.filter(rules.visible(who), procedure=p.key, status__in=p.open_states).exists()
        for r in REGISTERS.values()
        for p in r.procedures
    )


def decisions_waiting(who, user, panel, **columns) -> list[tuple]:
    """(duty, the look at its case) of each decision that the person can take now, the earliest first; `columns` come along
    with the duties, rather than by questions of their own."""
    found: dict = {}
    rows = open_duties(who, {Role.CHAIRMAN}, panel).select_related("case").defer("count").annotate(**columns)
    for d in rows:
        found.setdefault((d.case_id, d.kind), d)
    looks = {k.case.pk: k for k in CaseContext.many(cases_of(found.values()), user, who)}
    return [(d, looks[d.case_id]) for d in found.values() if can_decide(d, looks[d.case_id])]


def decisions(request, panel, who, today):
    """The Chairman's page: decisions waiting and nothing else; the Vice-Chairman's the same, while acting."""
    otherwise = rules.who_acts(who.offices, frozenset({request.user.pk}))
    name = User.objects.filter(pk__in=otherwise.users).values("name")[:1]
    undone = Entry.objects.filter(case=OuterRef("case"), step__in=main_decisions()).exclude(reversed_by=None)
    mine = decisions_waiting(who, request.user, panel, otherwise=Subquery(name), undone=Exists(undone))
    shown = mine[:MOST_DECISIONS]
    said = set_aside([look for d, look in shown if d.undone])
    found = [decision(d, look, who, today) | {"undone": said.get(d.case_id)} for d, look in shown]
    last = (
        Entry.objects.in_force().filter(panel=panel, step__in=main_decisions(), by=request.user).order_by("-on")
        if not found
        else []
    )
    context = {
        "decisions": found,
        "heading": heading(len(mine)),
        "last": f"Your last decision was on {day_words(last[0].on)}." if last else "",
        "otherwise": otherwise_words(otherwise, mine[0][0].otherwise) if found and Role.CHAIRMAN in who.roles else "",
        "drafts": drafts_kept(request, panel),
        "coming": coming(who, request.user),
        "panel_link": rules.may(who, "interests.view"),
    }
    return render(request, "panel/home_decisions.html", context)


def coming(who, user) -> list[dict]:
    """What is to come that concerns the whole Panel, of every register, each under its own heading."""
    found = [
        {"heading": f"{register.words} to come", "rows": register.list_page.coming(who, user)}
        for register in REGISTERS.values()
    ]
    return [group for group in found if group["rows"]]


def otherwise_words(acting, name) -> str:
    """Who decides where the Chairman declares an interest, or that nobody then does."""
    if not acting.users:
        return f"Nobody can then decide: {acting.why}. Ask the Monitoring Officer."
    return f"{name}{'' if acting.office is Role.CHAIRMAN else ' (Vice-Chairman)'} then decides."


def cases_of(duties) -> list:
    """The cases of these duties, each with what names its people."""
    by_register: dict = {}
    for d in duties:
        by_register.setdefault(of_procedure(d.case.procedure).slug, set()).add(d.case_id)
    found = []
    for slug, pks in by_register.items():
        register = REGISTERS[slug]
        found += register.list_page.with_names(register.case_model.objects.filter(pk__in=pks))
    return found


def can_decide(duty, look) -> bool:
    """Whether the person is the one who decides, and can now: not while it must first go to the IOPC, say."""
    key = look.procedure.duty(duty.kind).met_by
    if Role.CHAIRMAN not in look.roles or not look.procedure.has_step(key):
        return False
    return offer(look, look.procedure.step(key)).refusal is None


def decision(duty, look, who, today) -> dict:
    """One decision that waits, as the component shows it."""
    case, register = look.case, look.register
    kind = look.procedure.duty(duty.kind)
    step, over = look.procedure.step(kind.met_by), duty.is_over(today)
    by = "No date set"
    if duty.stopped_on:
        by = f"Its clock stands since {day_words(duty.stopped_on)}"
    elif duty.due:
        day = day_words(duty.due)
        by = f"Today, {day}" if duty.due == today else long_date(duty.due)
        by = f"{day}, {gone_by(duty.due, today, kind)}" if over else by
    advice = look.facts.advice
    return {
        "title": case.title,
        "caption": f"{step.label}, {case.reference}",
        "sentence": register.presenter(look).says() + acting_words(look, who),
        "by": by,
        "late": over and kind.late_in_law,
        "advice": advice.answers.get("conclusion") if advice else "",
        "url": step_url(case, register, step.key),
        "interest": step_url(case, register, "declare_interest"),
    }


def acting_words(look, who) -> str:
    """Why the Vice-Chairman decides, in a sentence; nothing for the Chairman."""
    if Role.CHAIRMAN in who.roles:
        return ""
    here = {o.user_id for o in who.offices if o.role is Role.CHAIRMAN and not o.away}
    interested = [r.user for r in look.case_roles if r.kind == "interested" and r.user_id in here]
    if interested:
        return f" You decide because {interested[0].name} has an interest."
    return say(" You decide because no Chairman is here to act.")


def heading(number: int) -> str:
    """ "3 decisions are waiting for you"."""
    if number == 0:
        return "No decisions are waiting for you"
    return "1 decision is waiting for you" if number == 1 else f"{number} decisions are waiting for you"


def own_cases(request, panel, who):
    """A member's page: the cases on whose sub-panel they sit, and those before the full Panel, register by register."""
    groups = []
    for register in REGISTERS.values():
        rows = register.case_model.objects.filter(rules.visible(who)).order_by("-received_on")
        ended = rows.exclude(status__in={key for p in register.procedures for key in p.open_states})
        found = [
            register.list_page.row_of(c, who, register.follows(c.procedure), case_url(c, register))
            for c in register.list_page.with_rows(rows.exclude(pk__in=ended.values("pk")))[:50]
        ]
        number = ended.count()
        if found or number:
            columns = [
                {"words": words, "quiet": n in (0, 1, 3), "nowrap": n in (0, 2, 4)}
                for n, words in enumerate(register.list_page.columns)
            ]
            url = reverse("panel:cases", args=[panel.slug, register.slug])
            more = {"words": f"See {plural(number, f'ended {register.case_word}')}", "url": f"{url}?show=ended"}
            groups.append(
                {"heading": register.words, "columns": columns, "rows": found, "ended": more if number else None}
            )
    register, context = (
        main_register(),
        {"groups": groups, "coming": coming(who, request.user), "drafts": drafts_kept(request, panel)},
    )
    context["panel_link"] = rules.may(who, "interests.view")
    if Role.COMMISSIONERS_OFFICE in who.roles:
        url = reverse("panel:new-case", args=[panel.slug, register.slug, register.log_step])
        context |= {"coming": [], "button": {"words": register.log_words, "url": url}}
    return render(request, "panel/home_cases.html", context)
