"""The bundles of a complaint: for the sub-panel, for the IOPC, for a councillor who reads paper."""

import re
from datetime import date

from complaints.keys import StepKey
from complaints.procedure.protected_names import marks_of
from panel.casework.entry_words import entry_words
from panel.files.paper import heading, plain, table
from panel.law.marks import Marks
from panel.law.period import day_words, listed
from panel.law.roles import Role
from panel.pages.timeline import answers_of, by_words
from panel.pages.words import sentence
from panel.procedure.bundles import Audience, Item, Readers, Section

ASKED_OF_THE_SUB_PANEL = (
    "Hear both accounts, and see whether the complaint can be settled: by an explanation, a meeting, an apology that is "
    "agreed, or in another way that both accept.",
    "Decide whether to give an opinion on the conduct, and whether to recommend anything.",
    "If an offence appears, stop: the complaint must go to the Independent Office for Police Conduct by the end of the "
    "next day (regulation 13).",
    "You do not investigate. You cannot find that a rule was broken, and you cannot order anything (paragraphs 12 and 13).",
)
CARE = "Do not copy or forward these papers. Hand them back at the end of the meeting, or delete them"
SUB_PANEL = Audience(
    "sub_panel", "the sub-panel", Readers.SEATS, "A numbered copy for each member who sits on it.",
    ASKED_OF_THE_SUB_PANEL, CARE,
)  # fmt: skip
IOPC = Audience(
    "iopc", "the IOPC", Readers.BODY, "Names the complainant, and says what evidence is kept.",
    marking="In confidence: for the Independent Office for Police Conduct",
)  # fmt: skip
READER = Audience(
    "reader", "a councillor who reads paper", Readers.ONE, "Holds only what that member may see on screen.", (), CARE
)  # fmt: skip

NOTES = (StepKey.BRIEF_CHAIRMAN, StepKey.ADVISE, StepKey.FILTER, StepKey.TAKE_NO_ACTION, "refer_to_full_panel")
SAID = (
    StepKey.NOTE_COMMENTS, StepKey.NOTE_EXPLANATION, StepKey.NOTE_APOLOGY, "note_meeting", StepKey.NOTE_OPINION,
    "record_outcome", "note_representations",
)  # fmt: skip
LETTERS = (StepKey.GIVE_NOTICE, StepKey.ASK_FOR_INFORMATION, "request_documents", "request_attendance")
EVIDENCE = ("record_evidence_step",)
TITLES = {
    StepKey.BRIEF_CHAIRMAN: "Officer’s note for the Chairman", StepKey.ADVISE: "Advice",
    StepKey.FILTER: "Decision on how it is handled",
}  # fmt: skip
OF_A_SIDE = {
    StepKey.NOTE_COMMENTS: "Comments", StepKey.NOTE_EXPLANATION: "Explanation", "note_representations": "Representations",
}  # fmt: skip
FROM = {StepKey.BRIEF_CHAIRMAN: "Officer", StepKey.ADVISE: "Monitoring Officer"}


class ComplaintBundles:
    """What a complaint's bundles hold."""

    def audiences(self, look) -> list[Audience]:
        """The sub-panel while somebody sits on it; the IOPC; a member who may see the complaint."""
        return [*([SUB_PANEL] if look.facts.sub_panel else []), IOPC, READER]

    def cover(self, look, audience) -> list[tuple[str, str]]:
        """Whom it is about, and who sits on it."""
        what = "Conduct matter about" if look.case.conduct_matter else "Complaint about"
        rows = [(what, look.facts.about)]
        seats = [r.member.name for r in look.facts.sub_panel if r.member]
        if audience is SUB_PANEL and seats:
            appointed = look.last(StepKey.APPOINT_SUB_PANEL)
            since = f"; appointed on {day_words(appointed.on)} (paragraph 11, regulation 28)" if appointed else ""
            rows.append(("Sub-panel", f"{', '.join(seats)}{since}"))
        meeting = look.last(StepKey.ARRANGE_MEETING)
        if audience is SUB_PANEL and meeting and (meets_on := meeting.answers.get("meets_on")):
            place = meeting.answers.get("place", "")
            rows.insert(
                0,
                (
                    "Meeting",
                    f"{day_words(date.fromisoformat(str(meets_on)))}{f', {place}' if place else ''}. In private",
                ),
            )
        references = sorted({p.iopc_reference for p in look.parts if p.iopc_reference})
        if audience is IOPC and references:
            rows.append(("IOPC reference", listed(references)))
        return rows

    def hidden(self, look) -> bool:
        """Whether the office holder's copy is anonymised: who complained is then not named further than need be."""
        return look.facts.complainant_hidden

    def marks(self, look) -> Marks:
        """Name, address and numbers of the complainant and of who acts for them."""
        return marks_of(look.facts.complainant, look.case)

    def left_out(self, look, audience) -> list[str]:
        """Legal advice to the Panel does not leave the Panel."""
        advised = any(e.step in look.register.privileged for e in look.in_force)
        return ["the Monitoring Officer’s advice to the Panel"] if advised and audience is IOPC else []

    def sections(self, look, audience, documents) -> list[Section]:
        """Complaint, note and decision, what each side says, documents, letters; for the IOPC, the evidence kept."""
        privileged = look.register.privileged if audience is IOPC else ()
        entries = [e for e in look.in_force if e.step not in privileged]
        wanted = {d.pk: d for d in documents}
        of: dict = {}
        for document in documents:
            of.setdefault(document.entry_id, []).append(document)

        def taken(e, source=""):
            return [Item(stem(d.name), e.on, source or made_by(e), document=d) for d in of.get(e.pk, ())
                    if wanted.pop(d.pk, None)]  # fmt: skip

        first = [e for e in entries if e.step in (StepKey.LOG, StepKey.ADD_ALLEGATION)]
        complaint = [complaint_item(look), *(item for e in first for item in taken(e, came_from(look)))]
        complaint.append(record_item(look))
        said = [[i for e in entries if e.step in steps for i in (entry_item(look, e), *taken(e))]
                for steps in (NOTES, SAID)]  # fmt: skip
        letters = [e for e in entries if e.step in LETTERS]
        sent = ([letters_item(look, letters)] if letters else []) + [i for e in letters for i in taken(e)]
        evidence = [i for e in entries if e.step in EVIDENCE for i in (entry_item(look, e), *taken(e))]
        on = {e.pk: e for e in look.entries}
        rest = [Item(stem(d.name), on[d.entry_id].on, made_by(on[d.entry_id]), document=d)
                for d in documents if d.pk in wanted]  # fmt: skip
        what = "The conduct matter" if look.case.conduct_matter else "The complaint"
        kept = "What evidence is kept"
        if audience is not IOPC:
            rest, evidence = evidence + rest, []
        found = [(what, complaint), ("Note, advice, decision", said[0]), ("What each side says", said[1]),
                 ("Documents", rest), ("Letters", sent), (kept, evidence)]  # fmt: skip
        return [Section(name, items) for name, items in found if items]


def stem(name: str) -> str:
    """A document's name without its extension, as words."""
    words = re.sub(r"[-_ ]+", " ", name.rpartition(".")[0] or name).strip()
    return sentence(words) or name


def came_from(look) -> str:
    """From whom the complaint came."""
    if look.case.conduct_matter:
        return "Officer"
    return "Representative" if look.case.represented else "Complainant"


def made_by(e) -> str:
    """Who says what an entry says."""
    if e.answers.get("side") == Role.COMPLAINANT:
        return "Complainant"
    if str(e.answers.get("side", "")).startswith(Role.OFFICE_HOLDER):
        return "Office holder"
    if e.decided_by_id or e.decided_as:
        return sentence(Role(e.decided_as).words) if e.decided_as else e.decided_by.name
    return FROM.get(e.step) or (e.by_words or "Officer")


def complaint_item(look) -> Item:
    """The complaint as it was made: who, how, and in whose words."""
    case, facts = look.case, look.facts
    rows = [["About", facts.about]]
    if case.conduct_matter:
        rows.append(["How it came to light", case.came_to_light])
    else:
        rows += [
            ["Made by", case.written_to or "Nobody gave a name"], ["How it arrived", case.get_channel_display()],
            ["Received", day_words(case.received_on)],
        ]  # fmt: skip
    words = [plain(piece) for piece in case.words.splitlines() if piece.strip()]
    said = [heading("In their own words"), *words] if words else [plain("There is no account in their own words.")]
    blocks = (
        table("The complaint", ["About the complaint", "As it came in"], [r for r in rows if r[1]], [4, 12]),
        *([] if case.conduct_matter else said),
    )
    title = "Conduct matter" if case.conduct_matter else "Complaint"
    return Item(title, case.made_on or case.received_on, came_from(look), tuple(blocks))


def record_item(look) -> Item:
    """The allegations as they stand on the record."""
    recorded = look.last(StepKey.RECORD)
    rows = [
        [str(p.number), p.what, day_words(p.happened_on) if p.happened_on else "not known",
         look.procedure.state(p.status).label] for p in look.parts
    ]  # fmt: skip
    heads = ["No", "What is said to have happened", "When", "Stands"]
    return Item("Record of the complaint", recorded.on if recorded else look.case.received_on, "Officer",
                (table("Allegations", heads, rows, [1, 8.5, 3.2, 3.3]),))  # fmt: skip


def said_blocks(look, e) -> list[dict]:
    """What an entry says: each answer under its question."""
    found: list[dict] = []
    for row in answers_of(look, e):
        text = [piece for piece in str(row["value"]).splitlines() if piece.strip()]
        found += [heading(row["label"]), *(plain(piece) for piece in text)] if text else []
    return found


def entry_item(look, e) -> Item:
    """An entry as a paper: who, when, and each answer under its question."""
    title = TITLES.get(e.step) or entry_words(look, e)
    if e.step in OF_A_SIDE and e.answers.get("side"):
        title = f"{OF_A_SIDE[e.step]} of {look.facts.recipient_name(e.answers['side'])}"
    lead = plain(f"{sentence(entry_words(look, e))}, {day_words(e.on)}. {by_words(e)}.")
    return Item(title, e.on, made_by(e), (lead, *said_blocks(look, e)))


def letters_item(look, entries) -> Item:
    """Letters and notices in order, each with its day and how it went."""
    rows = []
    for e in entries:
        more = [f"{r['label']}: {r['value']}" for r in answers_of(look, e) if r["label"] != "What"]
        rows.append([day_words(e.on), "\n".join([sentence(entry_words(look, e)), *more])])
    blocks = (table("Letters and notices, in order", ["Day", "What went out"], rows, [3.5, 12.5]),)
    return Item("Letters and notices, in order", entries[-1].on, "Officer", blocks)
