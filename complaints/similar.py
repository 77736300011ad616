"""Complaints that look like the one being logged: what is the same is said in words, never as a percentage."""

import re

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from complaints.keys import StateKey
from complaints.models import Allegation, Complaint, Subject
from complaints.presenter import complainant_words
from panel.law.folding import name_key, number_of, to_find
from panel.law.period import day_words

COMMON = """about after again because been before being complaint commissioner could deputy does from have into office
panel said should that their them there they this was were what when where which with would your"""
MOST_CASES_SHOWN = 5


def words_of(text: str) -> set[str]:
    """The telling words of a text, in lower case."""
    return {w for w in re.findall(r"[a-z]{4,}", text.lower()) if w not in COMMON.split()}


def holds(words: str) -> Q:
    """The cases that hold these words, folded: who it is, is compared afterwards."""
    found = Q()
    for word in to_find(words):
        found &= Q(folded__people__contains=word)
    return found if found else Q(pk__in=[])


def similar(attempt) -> list[dict]:
    """Up to five visible complaints with the same person, or the same day and office holder, with what is the same."""
    answers, look = attempt.answers, attempt.look
    name, email, phone, agent = ((answers.get(key) or "").strip() for key in ("name", "email", "phone", "agent"))
    days = {row["happened_on"] for _, row in attempt.form.allegation_rows() if row["happened_on"]}
    holders = {h.pk: h for h in attempt.form.holders()}
    test = Q(pk__in=[])
    for words in (name, email, phone, agent):
        if words:
            test |= holds(words)
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
        found.append(_row(case, look, (name, email, phone, agent), days, holders, typed))
    return found


def _row(case, look, sent, days, holders, typed) -> dict:
    name, email, phone, agent = sent
    parts = list(Allegation.objects.filter(case=case))
    same = []
    who = case.complainant
    person = bool(who and name and name_key(who.name) == name_key(name))
    address = bool(who and email and who.email.casefold() == email.casefold())
    number = bool(who and number_of(phone) and number_of(who.phone) == number_of(phone))
    if person or address or number:
        shared = [w for w, yes in (("name", person), ("email address", address), ("telephone", number)) if yes]
        same.append(f"Complainant’s {' and '.join(shared)}")
    if agent and name_key(agent) in (name_key(case.agent), name_key(who.name) if who else ""):
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
        "same_person": person or address or number,
        "tag": {"words": state.label, "colour": state.colour},
    }
