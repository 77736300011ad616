"""Complaints that look like the one being logged: what is the same is said in words, never as a percentage."""

import re

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from complaints.keys import StateKey
from complaints.models import Allegation, Complaint, Subject
from complaints.presenter import complainant_words
from panel.law.period import day_words

COMMON = """about after again because been before being complaint commissioner could deputy does from have into office
panel said should that their them there they this was were what when where which with would your"""
MOST_CASES_SHOWN = 5


def words_of(text: str) -> set[str]:
    """The telling words of a text, in lower case."""
    return {w for w in re.findall(r"[a-z]{4,}", text.lower()) if w not in COMMON.split()}


def similar(attempt) -> list[dict]:
    """Up to five visible complaints with the same person, or the same day and office holder, with what is the same."""
    answers, look = attempt.answers, attempt.look
    name, email, agent = ((answers.get(key) or "").strip() for key in ("name", "email", "agent"))
    days = {row["happened_on"] for _, row in attempt.form.allegation_rows() if row["happened_on"]}
    holders = {h.pk: h for h in attempt.form.holders()}
    test = Q(pk__in=[])
    if name:
        test |= Q(complainant__name__iexact=name)
    if email:
        test |= Q(complainant__email__iexact=email)
    if agent:
        test |= Q(agent__iexact=agent) | Q(complainant__name__iexact=agent)
    if days and holders:
        about = Exists(Subject.objects.filter(complaint=OuterRef("pk"), office_holder__in=list(holders)))
        test |= Q(about) & Q(Exists(Allegation.objects.filter(case=OuterRef("pk"), happened_on__in=days)))
    rows = (
        Complaint.objects.visible_to(look.who)
        .filter(test)
        .exclude(status=StateKey.VOID)
        .select_related("complainant", "panel")
    )
    typed = words_of(" ".join([answers["title"], *(row["what"] for _, row in attempt.form.allegation_rows())]))
    found = []
    for case in rows.prefetch_related("subjects__office_holder").order_by("-received_on")[:MOST_CASES_SHOWN]:
        found.append(_row(case, look, (name, email, agent), days, holders, typed))
    return found


def _row(case, look, sent, days, holders, typed) -> dict:
    name, email, agent = sent
    parts = list(Allegation.objects.filter(case=case))
    same = []
    who = case.complainant
    person = bool(who and name and who.name.lower() == name.lower())
    address = bool(who and email and who.email.lower() == email.lower())
    if person or address:
        shared = [w for w, yes in (("name", person), ("email address", address)) if yes]
        same.append(f"Complainant’s {' and '.join(shared)}")
    if agent and agent.lower() in (case.agent.lower(), who.name.lower() if who else ""):
        same.append(f"from {agent}, who acts for the complainant here")
    shared_days = sorted({p.happened_on for p in parts} & days)
    if shared_days:
        same.append(f"incident on {day_words(shared_days[0])}")
    shared_holders = [s.office_holder.short_name for s in case.subjects.all() if s.office_holder_id in holders]
    if shared_holders:
        same.append(f"about {' and '.join(shared_holders)}")
    shared_words = sorted(typed & words_of(" ".join([case.title, *(p.what for p in parts)])))[:5]
    if shared_words:
        same.append(f"words: {', '.join(shared_words)}")
    state = look.procedure.state(case.status)
    text = ", ".join(same)
    return {
        "reference": case.reference,
        "title": case.title,
        "url": reverse("panel:case", args=[look.panel.slug, "complaints", case.reference]),
        "complainant": complainant_words(case, sees=True),
        "same": text[:1].upper() + text[1:],
        "same_person": person or address,
        "tag": {"words": state.label, "colour": state.colour},
    }
