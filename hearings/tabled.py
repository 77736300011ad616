"""What hearings have for a meeting of the Panel: those that have their place at a meeting of that day. And what the Panel
told the Commissioner on an appointment."""

from datetime import date
from typing import Any

from django.db.models import Q

from hearings.keys import StateKey
from hearings.models import Candidate, Hearing, Proposal, Resolution, Sitting
from hearings.paper_models import SentReport
from hearings.report.words import post_of
from panel.access import rules
from panel.procedure.register import ToldOnACase, ToTable

AWAITED = (StateKey.REPORTED, StateKey.RESERVE_REPORTED)  # the Commissioner's decision, for which no day is set


def to_table(who: Any, on: date) -> list[ToTable]:
    """The hearings of that day which the person sees. What is restricted is tabled without a name."""
    here = Sitting.objects.filter(item__meeting__on=on, ended="", entry__reversed_by=None).values("hearing")
    rows = Hearing.objects.filter(rules.visible(who), pk__in=here).select_related("panel").order_by("pk")
    return [
        ToTable(
            f"hearings:{case.pk}", f"Confirmation hearing: {case.title}" if not case.restricted else "Confirmation hearing",
            case.get_absolute_url(), "", case, "commissioner",
        )
        for case in rows
    ]  # fmt: skip


def told(who: Any) -> list[ToldOnACase]:
    """The reports on appointments that the person sees: one for each report, on whom it was, with what became of them."""
    seen = Hearing.objects.filter(rules.visible(who))
    rows = Proposal.objects.filter(hearing__in=seen, entry__reversed_by=None).exclude(sent_on=None)
    found = []
    for row in rows.select_related("hearing__panel").order_by("pk"):
        case = row.hearing
        reports = SentReport.objects.filter(proposal=row, entry__reversed_by=None).order_by("pk")
        by_report = {report.report: report for report in reports}  # the latest version of each
        decided = {r.candidate.number: r for r in resolutions_of(row)}
        groups = [(r.sent_on or row.sent_on, r.candidates) for r in by_report.values()] or [
            (row.sent_on, list(decided))
        ]
        reserve = case.proposals.filter(entry__reversed_by=None, pk__lt=row.pk).exists()
        found += [
            one_report(case, reserve, on, [decided[n] for n in numbers if n in decided]) for on, numbers in groups
        ]
    return found


def resolutions_of(proposal: Proposal) -> list[Resolution]:
    """What the Panel decided on each candidate of that notification, the latest last."""
    rows = Resolution.objects.filter(
        Q(sitting__proposal=proposal) | Q(meeting__proposal=proposal), entry__reversed_by=None
    )
    return list(rows.select_related("candidate", "motion").order_by("pk"))


def one_report(case: Hearing, reserve: bool, on: date, about: list[Resolution]) -> ToldOnACase:
    """One report: on whom, what it said, and what became of them."""
    under = "2012/2271 Part 3" if reserve else "Sch 8 para 4" if case.procedure == "schedule8" else "Sch 1 para 10"
    present = [r.candidate for r in about if same(r)]
    known = [(r.person, became_of(r)) for r in about if became_of(r)]
    return ToldOnACase(
        f"Appointment: {post_of(case)}", case.get_absolute_url(), on, (under,), "; ".join(map(said_of, about)) or "Reported",
        answered_on=max((c.announced_on for c in present if c.announced_on), default=None),
        became="; ".join(words if len(about) == 1 else f"{name}: {words}" for name, words in known),
        awaited=any(c.status in AWAITED for c in present),
    )  # fmt: skip


def same(resolution: Resolution) -> bool:
    """Whether the person whom it is about is the candidate still: a reserve candidate takes the place of another."""
    return bool(resolution.person == resolution.candidate.name)


def said_of(resolution: Resolution) -> str:
    """ "Arthur Noll, vetoed, 11 of 15", "Maud Ferris, recommended"."""
    if resolution.veto:
        count = resolution.count
        votes = f", {count.votes_for} of {count.in_office}" if count.votes_for is not None else ""
        return f"{resolution.person}, vetoed{votes}"
    refused = resolution.recommendation == Candidate.Recommendation.REFUSE
    words = "not recommended" if refused else "recommended"
    return f"{resolution.person}, {f'advice: {words}' if resolution.advisory else words}"


def became_of(resolution: Resolution) -> str:
    """What became of the person; of one in whose place a reserve candidate stands, that."""
    return str(resolution.candidate.became) if same(resolution) else "A reserve candidate was proposed"
