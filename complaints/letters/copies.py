"""What goes with letters of a complaint, made from the case: the copy of the record, the copy of the complaint in full or
anonymised, and the record of the outcome (reg 31; papers.md, section 7)."""

from typing import Any

from complaints.keys import StepKey
from complaints.models import Complaint
from panel.files.paper import Block, Paper, heading, lines, plain, split, table, title
from panel.law.marks import REMOVED, Marks
from panel.law.period import day_words
from panel.letters.left_out import left_out

REGS = "Elected Local Policing Bodies (Complaints and Misconduct) Regulations 2012"
DONE = {  # steps that the complainant has seen, or been told of
    "log": "Received", "add_allegation": "An allegation added", "ask_for_information": "Asked for more",
    "resume": "More was received", "record": "Recorded", "refer_to_iopc": "Sent to the Independent Office for Police Conduct",
}  # fmt: skip
FACTS = [4.0, 12.0]  # widths of the tables, in centimetres
ALLEGATIONS = [1.2, 10.8, 4.0]
AS_IT_CAME = {
    Complaint.Channel.EMAIL: "By email", Complaint.Channel.LETTER: "By letter", Complaint.Channel.TELEPHONE: "By telephone",
    Complaint.Channel.IN_PERSON: "In person", Complaint.Channel.PASSED_ON: "Passed on by another body",
}  # fmt: skip


def paper(fields: Any, head: str, what: str, blocks: list[Block]) -> Paper:
    """A copy, with its running lines."""
    reference, panel = fields.reference, fields.panel
    foot = f"{panel}: {what} {reference}, made on {day_words(fields.look.today)}"
    return Paper(
        title=head, subject=reference, author=panel, running=head, day=reference, foot=foot,
        blocks=(split(panel, f"Our reference {reference}", space=6), title(head), *blocks),
    )  # fmt: skip


def allegations(fields: Any, shown: Any) -> list[Block]:
    """The allegations, numbered, with their days."""
    rows = [
        [str(p.number), shown(p.what), day_words(p.happened_on) if p.happened_on else "Not known"]
        for p in fields.look.parts
    ]
    found = table("What is complained of", ["No", "Allegation", "When"], rows, ALLEGATIONS)
    return [heading("What is complained of"), found]


def own_words(head: str, words: str) -> list[Block]:
    """What was said, paragraph by paragraph; nothing where no words are kept."""
    pieces = [" ".join(piece.split()) for piece in words.split("\n\n") if piece.strip()]
    return [heading(head), *(plain(piece) for piece in pieces)] if pieces else []


def copy_of_record(fields: Any) -> Paper:
    """What the complainant gets: always complete."""
    case, who = fields.case, fields.facts.complainant
    recorded = day_words(fields.recorded) if fields.recorded else ""
    address = ", ".join(line.strip() for line in (who.address if who else "").splitlines() if line.strip())
    acting = ", ".join(filter(None, (case.agent, case.agent_organisation))) if case.represented else ""
    made = f", made on {day_words(case.made_on)}" if case.made_on else ""
    rows = [
        ["Complaint about", fields.officeholder_full],
        ["Made by", ", ".join(filter(None, (who.name if who else "", address)))],
        ["Represented by", acting],
        ["How it came", f"{AS_IT_CAME.get(case.channel, 'Received')}{made}, received on {day_words(case.received_on)}"],
        ["Recorded", f"{recorded} (regulation 9)" if recorded else ""],
        ["Kind", dict(fields.look.procedure.themes).get(case.theme, "")],
    ]
    done = [[day_words(e.on), DONE[e.step]] for e in fields.look.in_force if e.step in DONE]
    facts = table("The complaint", ["What", "As recorded"], [row for row in rows if row[1]], FACTS)
    blocks = [
        plain(
            f"This is a copy of what the Panel recorded{f' on {recorded}' if recorded else ''}. You get it under regulation 31 "
            f"of the {REGS}. It is complete. Please tell us if anything is wrong."
        ),
        facts,
        *allegations(fields, str),
        *own_words("In your own words", case.words),
        heading("What has been done so far"),
        table("What has been done so far", ["Day", "Step"], done, FACTS),
    ]
    return paper(fields, "Copy of the record of your complaint", "copy of the record", blocks)


def note_taken(fields: Any) -> Paper:
    """What was written down of a complaint that somebody made by word of mouth."""
    told = f"You told us of your complaint {fields.how_told} on {day_words(fields.received)}."
    blocks = [
        plain(f"{told} This is what we wrote down. Please tell us if anything is wrong or missing."),
        *allegations(fields, str),
        *own_words("In your own words", fields.case.words),
    ]
    return paper(fields, "Note of what you told us", "note of the complaint", blocks)


def copy_of_complaint(fields: Any) -> Paper:
    """What the office holder gets: in full, or without what would show who complained."""
    case, who, hides = fields.case, fields.facts.complainant, fields.anonymised
    marks = Marks(left_out(case)) if hides else Marks(())
    kind = case.get_complainant_kind_display() or "A member of the public"
    made_by = f"{kind} {REMOVED}" if hides else who.name if who else "Nobody gave a name"
    head = "Copy of a complaint, anonymised" if hides else "Copy of a complaint"
    rows = [
        ["Complaint about", fields.addressee],
        ["Made by", made_by],
        ["Received", day_words(case.received_on)],
        ["Recorded", day_words(fields.recorded) if fields.recorded else ""],
    ]
    blocks = [
        plain(
            f"This is a copy of the complaint that the Panel recorded on {day_words(fields.recorded or case.received_on)}. It is "
            f"given to {fields.addressee} under regulation 31 of the {REGS}."
        ),
        *(
            [plain(
                "What would identify the complainant or somebody else has been taken out, and every such place is marked "
                f"{REMOVED}. Nothing else was changed."
            )] if hides else []
        ),
        table("The complaint", ["What", "As recorded"], [row for row in rows if row[1]], FACTS),
        *allegations(fields, marks.removed),
        *own_words("In the complainant’s words", marks.removed(case.words)),
        *([plain("Please do not pass this copy on, and do not try to establish who made the complaint.")] if hides else []),
    ]  # fmt: skip
    return paper(fields, head, "copy of the complaint", blocks)


def record_of_outcome(fields: Any) -> Paper | None:
    """What both sides get: how it ended, as it was recorded; None where no words are kept."""
    entry = fields.entry if fields.entry.step == StepKey.RECORD_OUTCOME else fields.look.last(StepKey.RECORD_OUTCOME)
    words = str(entry.answers.get("record", "")) if entry is not None else ""
    if not words.strip():
        return None
    rows = [
        ["Complaint about", fields.officeholder_full],
        ["Recorded", day_words(fields.recorded) if fields.recorded else ""],
        ["How it ended", fields.how[:1].upper() + fields.how[1:] if fields.how else ""],
        ["On", day_words(entry.on)],
    ]
    blocks = [
        table("The outcome", ["What", "As recorded"], [row for row in rows if row[1]], FACTS),
        *own_words("The record", words),
        lines(
            "The Panel has no power to investigate, to make findings or to apply sanctions (paragraph 13 of its procedure). "
            "An opinion in this record is an opinion."
        ),
    ]
    return paper(fields, "Record of the outcome", "record of the outcome", blocks)
