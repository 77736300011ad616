"""What stands beside a step that decides on a complaint: the complaint and its evidence; of publishing, the outcome and what
both sides think of it."""

from django.urls import reverse

from complaints.keys import DutyKey, StateKey, StepKey
from complaints.procedure.conditions import FORWARD
from complaints.procedure.regulation_15 import grounds_in_words
from complaints.public_models import PublicVersion
from panel.access import rules
from panel.casework.case_context import Attempt
from panel.law.period import day_words
from panel.law.roles import Role

# Steps that note what was said, and the answers that hold it.
SAID = {
    StepKey.NOTE_COMMENTS: ("comments",), StepKey.NOTE_EXPLANATION: ("explanation",),
    StepKey.NOTE_APOLOGY: ("apology",), StepKey.NOTE_OPINION: ("opinion",),
}  # fmt: skip


PUBLICATION = (DutyKey.AWAIT_REPRESENTATIONS, DutyKey.DECIDE_PUBLICATION, DutyKey.PUBLISH)


def never_first(own) -> set[str]:
    """Steps that are never the main button: what follows from outside, and closing while publication is open."""
    publication = any(d.kind in PUBLICATION for d in own.look.open_duties)
    seldom = {"record_evidence_step", "iopc_lifts_suspension", "unrestrict", "lift_hold"}
    return seldom | ({"close"} if publication else set())


def reading(own) -> dict:
    """The allegations that the step covers, those that it does not and why, the officer's note, the documents, the
    Monitoring Officer's advice. `own` is the ComplaintPresenter."""
    look = own.look
    here = own.covered if own.covered is not None else [p for p in look.parts if p.status == StateKey.RECORDED]
    covered = {p.pk for p in here}
    heading = "Allegation {}, {}"
    parts = [
        {
            "heading": heading.format(p.number, day_words(p.happened_on) if p.happened_on else "day not known"),
            "text": p.what,
        }
        for p in here
    ]
    note = look.facts.briefing
    documents = [
        {"words": d.name, "url": own.url("download", d.key)}
        for d in own.case.documents.all()
        if rules.sees_document(look.who, look.case_roles, d.classification)
    ]
    return {
        "parts": parts,
        "elsewhere": [not_covered(own, p) for p in look.parts if p.pk not in covered],
        "note": {"who_when": f"{note.by_words}, {day_words(note.on)}", "text": note.answers.get("note", "")}
        if note
        else None,
        "documents": documents,
        "advice": advice_words(own, look.facts.advice),
    }


def not_covered(own, part) -> str:
    """An allegation that the step does not cover, and why."""
    look = own.look
    attempt = Attempt(look, look.procedure.step(StepKey.FILTER), look.today, [part])
    barred = next((r for guard in FORWARD if (r := guard(attempt, part))), None)
    why = barred.reason if barred and look.procedure.state(part.status).open else f"{own.decision(part)}."
    said = f"{part.what[0].lower()}{part.what[1:].rstrip('.')}"
    return f"Allegation {part.number}, {said}: {why} It is not covered here."


def advice_words(own, advice) -> dict:
    """The Monitoring Officer's advice, or that there is none yet."""
    if advice is None:
        return {"conclusion": f"{own.people.who(Role.MONITORING_OFFICER)} has not advised yet"}
    return {
        "who_when": f"{advice.by_words}, {day_words(advice.on)}",
        "conclusion": advice.answers.get("conclusion", ""),
        "text": advice.answers.get("advice", ""),
    }


VIEWS = {"agrees": "agrees to publication", "objects": "objects", "silent": "said nothing to it"}


def publishing(own) -> dict:
    """The outcome as recorded, what each side thinks of publishing it, and the advice given since."""
    look, facts = own.look, own.look.facts
    outcomes = [e for e in look.in_force if e.step == "record_outcome" and facts.still_counts(e, look.parts)]
    since = min((e.number for e in outcomes), default=0)
    said = [e for e in look.in_force if e.step == "note_representations" and e.number > since]
    advice = [e for e in look.in_force if e.step == StepKey.ADVISE and e.number > since]
    return {
        "outcomes": [
            {"heading": f"Recorded on {day_words(e.on)}", "text": e.answers.get("record", "")} for e in outcomes
        ],
        "public_version_url": public_version_url(own),
        "sides": [side_words(own, side, said) for side in facts.sides()],
        "advice": advice_words(own, advice[-1] if advice else None),
    }


def public_version_url(own) -> str:
    """Where the public version of the outcome is made, for whoever may; else nothing."""
    if (
        not rules.may(own.look.who, "public.make")
        or own.look.last(StepKey.RECORD_OUTCOME) is None
        or own.case.erased_on
    ):
        return ""
    return reverse("panel:public-version", args=[own.case.panel.slug, own.case.reference])


def public_row(own) -> list[dict]:
    """The row of the summary that leads to the public version, and says how far it is."""
    url = public_version_url(own)
    if not url:
        return []
    row = PublicVersion.objects.filter(original=own.look.last(StepKey.RECORD_OUTCOME)).first()
    said = (
        "Not made yet"
        if row is None
        else "Each place confirmed"
        if row.confirmed
        else "Begun, not all places confirmed"
    )
    return [{"label": "Public version", "value": said, "change": {"url": url}}]


def side_words(own, side, said) -> dict:
    """What one side thinks of publishing, or that it has not answered."""
    name = own.look.facts.recipient_name(side)
    mine = [e for e in said if e.answers.get("side") == side]
    if not mine:
        return {"heading": name, "text": "Has not answered yet."}
    last = mine[-1]
    view = VIEWS.get(last.answers.get("view", ""), "answered")
    return {"heading": f"{name} {view}, {day_words(last.on)}", "text": last.answers.get("note") or "Gave no reasons."}


def said(own) -> list[dict]:
    """What both sides said of the complaint, an apology and an opinion, since it was last reopened."""
    look, facts = own.look, own.look.facts
    found = []
    for e in (e for e in look.in_force if e.step in SAID and e.number > facts.taken_up):
        text = next((e.answers[name] for name in SAID[e.step] if e.answers.get(name)), "Chose not to comment.")
        who = facts.recipient_name(e.answers["side"]) if "side" in e.answers else ""
        words = (
            f"{who}, {day_words(e.on)}" if who else f"{look.procedure.past_step(e.step).past_words}, {day_words(e.on)}"
        )
        found.append({"heading": f"{words[0].upper()}{words[1:]}", "text": text})
    return found


def mid(name: str) -> str:
    """A body's name in the middle of a sentence: "the Chief Constable"."""
    return f"the {name[4:]}" if name.startswith("The ") else name


def as_it_was_entered(page, allegation, day: str) -> str:
    """What the old register says was decided on an allegation, while it stands as it was entered; else nothing."""
    last = page.look.last(StepKey.ENTER_FROM_REGISTER, StepKey.REOPEN)
    if last is None or last.step == StepKey.REOPEN:
        return ""
    words = {
        StateKey.NOT_RECORDED: allegation.get_not_recorded_display(),
        StateKey.REDIRECTED: f"sent to {mid(allegation.redirected_to)}" if allegation.redirected_to else "",
    }.get(allegation.status, allegation.get_outcome_display() or allegation.get_route_display())
    ended = f"{page.look.procedure.state(allegation.status).label} {day}".strip()
    if not words:
        return ended
    return f"{words[:1].upper()}{words[1:]}{grounds_in_words(allegation)}; {ended[:1].lower()}{ended[1:]}"
