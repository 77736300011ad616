"""The checklist of a hearing: what the law requires and what guidance advises, with provision, who, when and evidence.

Most items are settled by a step of the procedure, and read from it. The others are marked: done, skipped with a reason
(guidance only), or not done with a reason, which the report then says.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from hearings.keys import DutyKey, StateKey
from hearings.procedure.law import (
    AGENDA,
    DECISION,
    EXEMPT,
    GUIDANCE,
    HEARING,
    PUBLICATION,
    RESERVE_RULES,
    REVIEW,
    SUPPLY,
    WELSH_AGENDA,
    WHOLE_PANEL,
    Cited,
    number_words,
)
from panel.law.clock import clear_days, working_days
from panel.law.period import day_words, listed
from panel.law.provisions import cite

STAGES = ("Notification", "Before the hearing", "At the hearing", "Report and decision")
DONE, PROGRESS, OPEN, LATER, LATE, TODAY, UNKNOWN = "done", "progress", "open", "later", "late", "today", "unknown"


@dataclass(frozen=True)
class ItemStanding:
    """How an item stands: a key above, one line saying why, and the step that settles it."""

    state: str
    note: str = ""
    step: str = ""


@dataclass(frozen=True)
class Item:
    """One item. `reads` finds out from the record how it stands; without it, somebody marks it."""

    key: str
    stage: int
    basis: str  # "law" or "guidance"
    words: str
    under: tuple[Cited | str, ...]
    who: str = "scrutiny officer"
    reads: Callable[[Any], ItemStanding] | None = None
    opens_at: str = "notified"  # the furthest it may stand before the item can start: see `reached`
    schedule: int = 0  # where only one Schedule has it
    post: str = ""  # where only hearings for one post have it

    @property
    def provision(self) -> str:
        """The provisions in words."""
        return cite(*self.under, capital=True)


ORDER = (
    "notified", "information_awaited", "under_review", "hearing_arranged", "heard", "reported", "vetoed",
    "reserve_notified", "reserve_under_review", "reserve_heard", "reserve_reported",
)  # fmt: skip
RESERVE_IS = {
    "reserve_notified": "notified",
    "reserve_under_review": "under_review",
    "reserve_heard": "heard",
    "reserve_reported": "reported",
    "vetoed": "heard",
}


def reached(look, state: str) -> bool:
    """Whether the present proposal has come as far as that state."""
    at = look.case.status
    f = look.facts
    if not look.procedure.state(at).open or f.next_proposal is not None:
        at = (
            "reported"
            if f.proposal and f.proposal.sent_on
            else "heard"
            if f.meeting and f.meeting.held
            else "under_review"
        )
        at = "hearing_arranged" if at == "under_review" and f.meeting else at
    at = RESERVE_IS.get(at, at)
    if at == "under_review" and look.facts.meeting is not None:
        at = "hearing_arranged"
    return at in ORDER and ORDER.index(at) >= ORDER.index(state)


def read_supply(look) -> ItemStanding:
    """Whether all four things have come."""
    f = look.facts
    if f.complete:
        days = [i.came_on for i in f.items.values() if i.came_on]
        if not days:
            return ItemStanding(DONE, "All four received; the papers do not say when")
        return ItemStanding(DONE, f"All four received by {day_words(max(days))}")
    waiting = ", ".join(k.label.lower() for k in f.missing)
    step = "receive_reserve_information" if look.case.status.startswith("reserve") else "receive_information"
    return ItemStanding(PROGRESS, f"Still to come: {waiting}", step)


def read_invitations(look) -> ItemStanding:
    """Whether every candidate was asked to appear."""
    f = look.facts
    rows = [d for d in look.duties if d.kind == DutyKey.INVITE and f.during(d.opened_by_id)]
    met = [d for d in rows if d.closed_how == "met"]
    if f.meeting and f.meeting.candidate_came:
        return ItemStanding(DONE, "The candidate appeared")
    if rows and len(met) == len(rows):
        return ItemStanding(DONE, f"Invited {day_words(max(d.closed_by.on for d in met))}")
    if f.meeting and f.meeting.held:
        return ItemStanding(UNKNOWN, "The record does not say whether the candidate was asked")
    return ItemStanding(OPEN, "", "give_notice") if rows else ItemStanding(LATER)


def read_agenda(look) -> ItemStanding:
    """Whether the agenda was published, and in time."""
    m = look.facts.meeting
    if m is None:
        return ItemStanding(LATER)
    notice = look.facts.notice_on(m.on)
    latest = clear_days(m.on, notice.days).day if notice.days else None
    words = f"{number_words(notice.days)} clear days before" if notice.days else ""
    if m.agenda_on:
        note = f"Published {day_words(m.agenda_on)}"
        return ItemStanding(DONE, note + (f", later than {words}" if latest and m.agenda_on > latest else ""))
    if m.held:
        return ItemStanding(UNKNOWN, "The record does not say when it was published", "publish_agenda")
    if latest is None:
        return ItemStanding(OPEN, "The Panel has entered no notice in its settings", "publish_agenda")
    words = words[:1].upper() + words[1:]
    if look.today > latest:
        return ItemStanding(LATE, f"{words}: {day_words(latest)}", "publish_agenda")
    if look.today == latest:
        return ItemStanding(TODAY, f"{words}: today", "publish_agenda")
    return ItemStanding(OPEN, f"{words}: by {day_words(latest)}", "publish_agenda")


def read_questions(look) -> ItemStanding:
    """Whether questions are planned."""
    number = len(look.facts.questions)
    if number:
        plural = "s" if number > 1 else ""
        held = look.facts.meeting is not None and look.facts.meeting.held
        return ItemStanding(
            DONE if held else PROGRESS,
            f"{number} question{plural}. Professional competence, personal independence",
            "plan_questions",
        )
    return ItemStanding(OPEN, "Professional competence, personal independence", "plan_questions")


def read_apologies(look) -> ItemStanding:
    """How many members have said whether they can come."""
    f = look.facts
    if f.meeting is None:
        return ItemStanding(LATER)
    if f.meeting.held or len(f.expected) >= len(f.members_on(f.meeting.on)):
        return ItemStanding(DONE, f"{len(f.expected or f.attended)} members have said")
    return ItemStanding(
        PROGRESS if f.expected else OPEN,
        f"{len(f.expected)} of {len(f.members_on(f.meeting.on))} members have said" if f.expected else "",
        "note_apologies",
    )


def meeting_says(name, yes, no):
    """A reader of what the record of the meeting says under that name, with the words for yes and for no."""

    def reads(look) -> ItemStanding:
        m = look.facts.meeting
        if m is None or not m.held:
            return ItemStanding(LATER)
        value = getattr(m, name)
        if value in (None, "", "unknown"):
            return ItemStanding(UNKNOWN, "The record does not say")
        return ItemStanding(DONE, yes) if value in (True, "yes") else ItemStanding("not_done", no)

    return reads


def read_exempt_session(look) -> ItemStanding:
    """Whether the Panel resolved to exclude the public."""
    m = look.facts.meeting
    if m is None or not m.held:
        return ItemStanding(LATER)
    if m.exempt == "carried":
        numbers = look.facts.exempt_paragraphs
        return ItemStanding(
            DONE,
            f"Resolution carried. Schedule 12A, {'paragraph' if len(numbers) == 1 else 'paragraphs'} {listed(numbers)}",
        )
    words = (
        "The motion was lost, so the item stayed open" if m.exempt == "lost" else "No motion: it deliberated in public"
    )
    return ItemStanding("skipped", words)


def read_recommendations(look) -> ItemStanding:
    """Whether something is decided on every candidate."""
    f = look.facts
    if f.meeting is None or not f.meeting.held:
        return ItemStanding(LATER)
    parts = [p for p in look.parts if f.decided(p) is not None]
    if parts and len(parts) == len(
        [p for p in look.parts if p.status not in (StateKey.CANDIDATE_WITHDRAWN, StateKey.VOID)]
    ):
        return ItemStanding(DONE, "; ".join(str(f.decided(p)) for p in parts))
    return ItemStanding(OPEN, "", "record_recommendation")


def read_report(look) -> ItemStanding:
    """Whether the report was sent, and by when it must be."""
    f = look.facts
    step = "report_reserve" if look.case.status.startswith("reserve") else "send_report"
    if f.proposal and f.proposal.sent_on and not f.unreported:
        day = f.day_sent(f.proposal)
        if day is None:
            return ItemStanding(DONE, f"Sent, by {day_words(f.proposal.sent_on)}")
        late = f.count is not None and day > f.count.day
        return ItemStanding(DONE, f"Sent {day_words(day)}" + (", late" if late else ""))
    if f.count and f.over(look.today):
        return ItemStanding(LATE, f"By {day_words(f.count.day)}", step)
    by = f"By {day_words(f.count.day)}" if f.count else "The last day is not known"
    if not reached(look, "heard"):
        return ItemStanding(LATER, by)
    return ItemStanding(TODAY if f.count and f.count.day == look.today else OPEN, by, step)


def read_next_day(look) -> ItemStanding:
    """Whether the report was sent by the working day after the hearing."""
    f = look.facts
    if f.proposal is None or not f.proposal.sent_on:
        return ItemStanding(LATER)
    if f.day_sent(f.proposal) is None:
        return ItemStanding(UNKNOWN, "The papers do not say when it was sent")
    held = f.meeting.on if f.meeting and f.meeting.held else None
    if held and f.proposal.sent_on <= working_days(held, 1).day:
        return ItemStanding(DONE, f"Sent {day_words(f.proposal.sent_on)}")
    return ItemStanding("skipped", f"Sent {day_words(f.proposal.sent_on)}")


def read_publication(look) -> ItemStanding:
    """Whether the report was published."""
    f = look.facts
    if f.proposal and f.proposal.published_on:
        if f.to_publish:
            waits = f"Not published yet: on {listed([part.name for part in f.to_publish])}"
            return ItemStanding(OPEN, waits, "publish_report")
        return ItemStanding(DONE, f"Published {day_words(f.proposal.published_on)}")
    if f.proposal and f.proposal.sent_on:
        first = day_words(working_days(f.proposal.sent_on, 5).day)
        return ItemStanding(
            OPEN, f"Guidance: not before {first}, five working days after it was sent", "publish_report"
        )
    return ItemStanding(LATER, "Guidance: not before five working days after it is sent")


def read_decision(look) -> ItemStanding:
    """Whether the Commissioner has decided."""
    if look.case.status in (StateKey.ACCEPTED, StateKey.REJECTED):
        return ItemStanding(DONE, look.procedure.state(look.case.status).label)
    if look.case.status in (StateKey.REPORTED, StateKey.RESERVE_REPORTED):
        return ItemStanding(OPEN, "", "pcc_accepts")
    return ItemStanding(LATER)


ITEMS = (
    Item("supplied", 0, "law", "Name, criteria, reasons, terms and conditions", (SUPPLY,), who="Commissioner",
         reads=read_supply),
    Item("eligible", 0, "law", "Eligibility and barred list, checked by the Commissioner",
         ("Sch 8 para 1", "Sch 8 para 2"), who="Commissioner", schedule=8),
    Item("term_ends", 0, "law",
         "The terms end the post by the sixth day after the next ordinary poll, or a by-election",
         ("Sch 1 para 8(3)", "Sch 1 para 8(3A)"), who="Commissioner", post="deputy"),
    Item("disqualified", 0, "guidance", "Nothing disqualifies the candidate", ("Sch 1 para 8",), post="deputy"),
    Item("qualified", 0, "law", "The candidate has the qualification of a finance officer",
         ("Sch 1 para 6(4)", "LGFA 1988 s 113"), who="Commissioner", post="chief_finance_officer"),
    Item("invited", 1, "law", "Ask the candidate to attend", (HEARING,), reads=read_invitations,
         opens_at="hearing_arranged"),
    Item("agenda", 1, "law", "Publish the agenda", AGENDA, reads=read_agenda, opens_at="hearing_arranged"),
    Item("questions", 1, "guidance", "Plan questions by theme", GUIDANCE, who="Panel", reads=read_questions),
    Item("publication", 1, "guidance", "Agree publication with the Commissioner", GUIDANCE),
    Item("pre_meeting", 1, "guidance", "Hold a pre-meeting", GUIDANCE, who="Panel"),
    Item("apologies", 1, "guidance", "Ask for apologies and interests", GUIDANCE, reads=read_apologies,
         opens_at="hearing_arranged"),
    Item("public", 2, "law", "Hold it in public", (HEARING,), who="Panel",
         reads=meeting_says("in_public", "In public", "Not in public")),
    Item("quorum", 2, "law", "The whole Panel, with a quorum", (WHOLE_PANEL,), who="Panel",
         reads=meeting_says("quorate", "With a quorum", "No quorum: it could only advise")),
    Item("clarify", 2, "guidance", "Candidate’s chance to ask and clarify", GUIDANCE, who="Panel", opens_at="heard"),
    Item("exempt", 2, "guidance", "Deliberate in exempt session", (EXEMPT,), who="Panel", reads=read_exempt_session),
    Item("recommend", 2, "law", "Recommend", (REVIEW,), who="Panel", reads=read_recommendations, schedule=1),
    Item("recommend", 2, "law", "Recommend, or veto", (REVIEW, "Sch 8 para 5"), who="Panel",
         reads=read_recommendations, schedule=8),
    Item("report", 3, "law", "Report to the Commissioner", (REVIEW,), reads=read_report),
    Item("next_day", 3, "guidance", "Send it on the next working day", GUIDANCE, reads=read_next_day),
    Item("publish", 3, "law", "Publish the report", (PUBLICATION,), reads=read_publication),
    Item("decision", 3, "law", "Commissioner’s decision notified", (DECISION,), who="Commissioner",
         reads=read_decision),
)  # fmt: skip


def of_a_reserve(look, item: Item) -> Item:
    """The item as it is for a reserve candidate: reported on, published and decided under SI 2012/2271, without a veto."""
    if not look.facts.reserve or item.key not in ("recommend", "report", "publish", "decision"):
        return item
    return replace(item, words="Recommend" if item.key == "recommend" else item.words, under=RESERVE_RULES)


def in_wales(look, item: Item) -> Item:
    """The item as it is there: that an agenda is open so many days before was not read for a panel."""
    day = look.facts.meeting.on if look.facts.meeting else look.today
    if item.key != "agenda" or look.facts.notice_on(day).by_law:
        return item
    return replace(item, basis="guidance", under=WELSH_AGENDA)


def items(look) -> tuple[Item, ...]:
    """The items for the Schedule and the post of that hearing, in order, each with its own paragraphs."""
    law = look.facts.law
    return tuple(
        in_wales(look, of_a_reserve(look, replace(item, under=law.of(*item.under))))
        for item in ITEMS
        if item.schedule in (0, law.schedule) and item.post in ("", look.case.post)
    )


def standing(look, item: Item) -> ItemStanding:
    """How an item stands: as somebody marked it, else as the record shows."""
    check = look.facts.checks.get(item.key)
    if check is not None:
        note = check.why or check.evidence
        said = f"{note}, {day_words(check.on)}" if note and check.state == "done" else note or day_words(check.on)
        return ItemStanding(check.state, said)
    if item.reads is not None:
        return item.reads(look)
    return ItemStanding(OPEN if reached(look, item.opens_at) else LATER, "", "complete_item")
