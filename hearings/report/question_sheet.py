"""The question sheet as a paper: the order of the hearing, each question with room for notes, and what the chair needs. A
working paper of the members, no part of the report; its page is templates/hearings/sheet.html.

    as_word(sheet_paper(look), moment)
"""

from typing import Any

from hearings.attendance import record_of
from hearings.models import Question
from hearings.report.words import post_of
from panel.casework.case_context import CaseContext
from panel.files.paper import Block, Paper, bold, heading, note, plain, split, table, title
from panel.law import clock
from panel.law.meetings import PARAGRAPHS, resolution, two_thirds
from panel.law.period import day_words

ASKING = (
    "For members at the hearing. Every question bears on the appointment: competence or independence. Ask as you think fit "
    "after the first answer. Do not ask about family, health, age or party."
)
NOTES = 2.2  # centimetres of a row in which somebody writes
WHY = 2.6


def themes_of(look: CaseContext) -> list[dict[str, Any]]:
    """The questions by theme, numbered through: {heading, rows}."""
    found: list[dict[str, Any]] = []
    number = 0
    for theme in Question.Theme:
        rows = []
        for question in [q for q in look.facts.questions if q.theme == theme]:
            number += 1
            rows.append({"number": number, "question": question})
        if rows:
            found.append({"heading": theme.label, "rows": rows})
    return found


def order_of(look: CaseContext) -> list[tuple[str, str]]:
    """The order of a hearing, and who leads each part of it."""
    names = look.names
    vote = "deliberation and vote" if look.facts.law.schedule == 1 else "deliberation; recommendation or veto"
    return [
        ("Welcome; substitutes, apologies and interests", names["chairman"]),
        ("The proposal, and how the candidate was chosen", names["commissioner"]),
        ("Opening words", "Candidate"),
        ("Questions on professional competence", "Members"),
        ("Questions on personal independence", "Members"),
        ("Anything to add or to put right", "Candidate"),
        (f"Motion to exclude the public, if moved; {vote}", "Panel"),
    ]


def when_words(look: CaseContext) -> str:
    """The day and the hour of the hearing, as far as they are known."""
    record = record_of(look.facts)
    return ", ".join(said for said in (day_words(record.on), record.at) if said) if record and record.on else ""


def members_on_the_day(look: CaseContext) -> int:
    """How many members hold office on the day of the hearing, or today where it has none."""
    record = record_of(look.facts)
    return len(look.facts.members_on(record.on if record else clock.today()))


def can_veto(look: CaseContext) -> bool:
    """Whether the Panel may veto: a Chief Constable, who is no reserve candidate."""
    return look.facts.law.schedule == 8 and not look.facts.reserve


def sheet_paper(look: CaseContext) -> Paper:
    """The sheet: two pages, or more where many questions are planned."""
    name, post = look.panel.names.name, post_of(look.case)
    who = " and ".join(look.facts.candidates)
    when = when_words(look)
    blocks = (
        split(name, when), title(f"Question sheet: {who}, {post}"), plain(ASKING),
        table("Order of the hearing", ["No", "What", "Who"], order_rows(look), [1, 10.5, 4.5]),
        *questions(look), *for_the_chair(look),
    )  # fmt: skip
    return Paper(
        f"Question sheet: {who}", look.case.reference, name, f"Question sheet: {post}", when.partition(",")[0],
        f"{name}: members’ working paper, not part of the report", blocks,
    )  # fmt: skip


def order_rows(look: CaseContext) -> list[list[str]]:
    """The order, numbered."""
    return [[str(n), what, who[:1].upper() + who[1:]] for n, (what, who) in enumerate(order_of(look), 1)]


def questions(look: CaseContext) -> list[Block]:
    """A table a theme, with room for notes. Who asks may be written in by hand."""
    found: list[Block] = []
    for theme in themes_of(look):
        asked = [(str(row["number"]), row["question"]) for row in theme["rows"]]
        heads, widths = ["No", "Question", "Asked by", "Notes: what was said"], [1, 5.4, 2.6, 7]
        rows = [[number, question.text, question.asked_by, ""] for number, question in asked]
        if any(question.criterion for _, question in asked):
            heads, widths = [*heads[:3], "Criterion", heads[3]], [1, 4.6, 2.4, 1.9, 6.1]
            rows = [[*row[:3], question.criterion, ""] for row, (_, question) in zip(rows, asked, strict=True)]
        found += [heading(theme["heading"]), table(theme["heading"], heads, rows, widths, room=NOTES)]
    return found or [plain("No questions are planned yet.")]


def for_the_chair(look: CaseContext) -> list[Block]:
    """The motion in full, what the Panel may decide, the count, and what the report needs."""
    facts, names, members = look.facts, look.names, members_on_the_day(look)
    country = facts.rules.country
    motion = resolution(country, [next(iter(PARAGRAPHS[country]))])
    rows = [["Recommend that the candidate be appointed"], ["Recommend that the candidate be not appointed"]]
    heads, figures = ["Members in office"], [str(members)]
    if can_veto(look):
        rows.append(["Veto"])
        heads, figures = [*heads, "Needed for a veto"], [*figures, str(two_thirds(members))]
    forecast = facts.forecast()
    room = str(forecast.can)
    if forecast.unsaid:
        room += f"; {forecast.unsaid} of them {'has' if forecast.unsaid == 1 else 'have'} not said yet"
    heads, figures = [*heads, "Expected in the room"], [*figures, room]
    return [
        heading(f"For the {names['chairman']}", new_page=True),
        plain(bold("To exclude the public."), "Read out, moved, seconded and voted on:"),
        note(f"“{motion}”"),
        plain(bold("What the Panel may decide."), may_decide(look)),
        table("Members and votes", heads, [figures], [16 / len(heads)] * len(heads)),
        table("The count", ["", "For", "Against", "Abstained"], [[*row, "", "", ""] for row in rows], [7, 3, 3, 3],
              shown=True, room=0.7),
        table("For the report", ["Satisfied of", "Yes or no", "Why"],
              [["Professional competence", "", ""], ["Personal independence", "", ""]], [4.4, 2.4, 9.2], shown=True, room=WHY),
        plain("When the public is back, say the decision and the votes."),
    ]  # fmt: skip


def may_decide(look: CaseContext) -> str:
    """What the Panel may decide, and by when it counts."""
    said = "It recommends that the candidate be appointed, or that the candidate be not appointed"
    count = look.facts.count
    if can_veto(look):
        by = (
            f" A veto counts only if it is reported to the {look.names['commissioner']} by {day_words(count.day)}."
            if count
            else ""
        )
        return f"{said}; or it vetoes. If it vetoes it makes no recommendation.{by}"
    return f"{said}." + (f" The report is due by {day_words(count.day)}." if count else "")
