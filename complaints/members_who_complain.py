"""A member of the Panel who complains, or whose name is the complainant's, here or in another complaint about the same
matter: a warning wherever somebody is appointed, decides or votes. It warns and bars nobody: two people may share a name.

Two complaints are about the same matter where one was merged into the other, or where they are about the same office
holder and the same day.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q

from complaints.keys import StepKey
from complaints.models import Allegation, Complaint, Subject
from panel.law.names_in_text import same_person
from panel.law.roles import CasePart
from panel.models import CaseRole, Member, OfficeHolder

MOST_CASES = 200  # about one matter; panels have had 121


def about_the_same(
    who, holders: Iterable[OfficeHolder], days: Iterable[date], merged: Q | None = None
) -> list[Complaint]:
    """Complaints that this person sees about one of these office holders on one of these days."""
    same_day = Exists(Allegation.objects.filter(case=OuterRef("pk"), happened_on__in=list(days)))
    same_holder = Exists(Subject.objects.filter(complaint=OuterRef("pk"), office_holder__in=[h.pk for h in holders]))
    rows = Complaint.objects.visible_to(who).filter(Q(same_day) & Q(same_holder) | (merged or Q(pk__in=[])))
    return list(rows.select_related("complainant").order_by("year", "serial")[:MOST_CASES])


def same_matter(facts) -> list[Complaint]:
    """The other complaints about the matter of this one, of those that the person sees."""
    if facts.look.new:
        return []
    days = {p.happened_on for p in facts.look.parts if p.happened_on}
    merged = Q(merged_into=facts.case.pk)
    if facts.case.merged_into_id:
        merged |= Q(pk=facts.case.merged_into_id)
    found = about_the_same(facts.look.who, [s.office_holder for s in facts.subjects], days, merged)
    return [c for c in found if c.pk != facts.case.pk]


def members_who_complain(facts) -> dict[int, str]:
    """{member: why to be warned} for this complaint and those about the same matter; nothing for whoever may not know
    who complained."""
    if not facts.sees_complainant:
        return {}
    cases = [*same_matter(facts), facts.case]
    logged: dict[int, set[int | None]] = {}
    rows = CaseRole.objects.filter(
        case__in=cases, kind=CasePart.INTERESTED, to_entry=None, from_entry__step=StepKey.LOG, member__isnull=False
    )
    for case_id, member_id in rows.values_list("case", "member"):
        logged.setdefault(case_id, set()).add(member_id)
    found: dict[int, str] = {}
    for case in cases:
        where = "" if case.pk == facts.case.pk else f" of {case.reference}, about the same matter"
        name = case.complainant.name if case.complainant_id else ""
        for m in facts.members:
            if m.pk in logged.get(case.pk, ()):
                found[m.pk] = f"is the complainant{where or ' of this complaint'}"
            elif same_person(m.name, name):
                found[m.pk] = f"has the name of the complainant{where}"
            elif same_person(m.name, case.agent):
                found[m.pk] = f"has the name of who acts for the complainant{where}"
    return found


def warned(facts, members: Iterable[Member]) -> list[str]:
    """A sentence for each of these members of whom somebody should be warned."""
    return [f"{m.name} {facts.complaining[m.pk]}." for m in members if m.pk in facts.complaining]


def warnings_at_logging(form) -> list[str]:
    """Of the complaint that is being logged: what becomes of a member who complains, who of the Panel has the
    complainant's name, and which complaints are about the same matter."""
    attempt, answers = form.attempt, form.cleaned_data
    members = attempt.facts.members
    chosen = next((m for m in members if str(m.pk) == answers.get("member")), None)
    found = []
    if chosen:
        found.append(f"{chosen.name} complains, so will not see this case, sit on it or vote.")
    for m in members:
        if m != chosen and same_person(m.name, answers.get("name") or ""):
            found.append(
                f"{m.name}, a member of the Panel, has the complainant’s name. If they complain, change the kind of "
                "complainant to a member of the Panel, so that they neither see the case nor decide."
            )
        elif m != chosen and same_person(m.name, answers.get("agent") or ""):
            found.append(
                f"{m.name}, a member of the Panel, has the name of who acts for the complainant. If they act, they should "
                "declare an interest, and neither sit nor decide."
            )
    if found:
        days = {row["happened_on"] for _, row in form.allegation_rows() if row["happened_on"]}
        others = about_the_same(attempt.look.who, form.holders(), days)
        if others:
            named = ", ".join(c.reference for c in others)
            found.append(f"About the same matter: {named}. The same person should not sit or decide there, either.")
    return found
