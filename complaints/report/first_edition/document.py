"""A report of the first edition as blocks, in the order that it had, and as plain text."""

import textwrap
from dataclasses import dataclass

from complaints.report.first_edition.words import Chart, Words
from panel.law.provisions import PROVISIONS
from panel.record.heads import printed

LINE_CHARACTERS = 72
PARAGRAPHS = [f"para {n}" for n in range(1, 18)]


@dataclass(frozen=True)
class Title:
    """The title, and under it the panel and the day."""

    words: str
    under: str


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 or 2; an appendix begins a page."""

    words: str
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True)
class Numbered:
    """A numbered paragraph; the numbers go on through the report, and begin anew in the appendix."""

    words: str
    number: int
    appendix: bool = False


@dataclass(frozen=True)
class Plain:
    """A paragraph without a number."""

    words: str


@dataclass(frozen=True)
class Closing:
    """The last line, small, and never broken in plain text: it is read by machine."""

    words: str


@dataclass(frozen=True)
class Table:
    """Figures: (label, note, number)."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Texts:
    """What people write: paragraphs of the recommendation, on the figures, on background papers, on cases closed."""

    recommendation: str
    shows: str
    papers: str
    cases: str = ""
    head: str = ""  # of the record when the report was issued: nobody writes it


def paragraphs(text: str) -> list[str]:
    """A text's paragraphs."""
    return [" ".join(p.split()) for p in text.replace("\r\n", "\n").split("\n\n") if p.strip()]


def document(words: Words, texts: Texts) -> list:
    """The blocks of the report, in order."""
    panel, names = words.report.panel, words.names
    blocks: list = [Title(words.title, f"{panel.name}. {words.period}.")]
    number = 0

    def say(*lines):
        nonlocal number
        for line in lines:
            number += 1
            blocks.append(Numbered(line, number))

    blocks.append(Heading("Recommendation"))
    say(*paragraphs(texts.recommendation))
    blocks.append(Heading("Background"))
    say(*background(words))
    blocks.append(Heading("Figures"))
    say(words.recorded)
    if not words.report.nil:
        say(" ".join((*words.balance,)) + ".", words.counting)
        blocks += [
            Table(s.heading, ("Figure", "Number"), tuple((r.label, r.note, str(r.number)) for r in s.rows))
            for s in words.sections()
        ]
        blocks += words.charts()
        if texts.shows.strip():
            blocks.append(Heading("What the figures show"))
            say(*paragraphs(texts.shows))
        if texts.cases.strip():
            blocks.append(Heading("Complaints that were closed"))
            say(*paragraphs(texts.cases))
    blocks.append(Heading("Supporting information"))
    blocks.append(Plain("Appendix 1: how the Panel deals with complaints, in summary"))
    blocks.append(Heading("Contact for this report"))
    blocks.append(Plain(f"The Monitoring Officer, {panel.host_authority}, acting for the {panel.name}"))
    blocks.append(Heading("Background papers"))
    blocks += [Plain(p) for p in paragraphs(texts.papers)]
    blocks.append(Heading("Appendix 1: how the Panel deals with complaints, in summary", new_page=True))
    blocks.append(
        Plain("Each number is that of the paragraph of the procedure. This is a summary; the procedure itself counts.")
    )
    blocks += [
        Numbered(PROVISIONS[key].words.replace("Chairman", names["chairman"]).replace("sub-panel", names["sub_panel"]),
                 n, appendix=True)
        for n, key in enumerate(PARAGRAPHS, 1)
    ]  # fmt: skip
    if texts.head:
        blocks.append(Closing(printed(texts.head)))
    return blocks


def background(words: Words) -> list[str]:
    """The numbered paragraphs that every report has."""
    panel, names = words.report.panel, words.names
    commissioner, chairman, body = names["commissioner"], names["chairman"], names["sub_panel"]
    when = names.get("procedure_approved")  # a report issued before there was such a setting has none
    approved = f"that it approved in {when}, " if when else ""
    return [
        f"Under the Elected Local Policing Bodies (Complaints and Misconduct) Regulations 2012 the Panel deals with "
        f"complaints about the conduct of the {commissioner} for {panel.police_area} and the Deputy that do not "
        "concern a crime.",
        "A complaint that points to a criminal offence goes to the Independent Office for Police Conduct (IOPC), which "
        "may refer it back to the Panel.",
        f"The Panel follows the procedure {approved}summarised in Appendix 1. The {chairman} considers every recorded complaint "
        f"first, with the help of the Monitoring Officer of {panel.host_authority}, the host authority.",
        "The procedure is about conduct, not about policies. Complaints about operational policing and the Chief "
        "Constable are dealt with elsewhere.",
        f"The {chairman} may appoint a {body} of three members, either to consider whether to take any action or to "
        f"resolve the complaint informally. {chairman} or {body} may refer a complaint to the full Panel. None of them "
        "can make formal findings or apply sanctions.",
    ]


def wrapped(words: str, first: str, rest: str) -> list[str]:
    """Lines of at most 72 characters."""
    return textwrap.wrap(words, LINE_CHARACTERS, initial_indent=first, subsequent_indent=rest)


def as_text(blocks) -> str:
    """The report as plain text."""
    out: list[str] = []
    for b in blocks:
        match b:
            case Title():
                out += [b.words.upper(), *wrapped(b.under, "", ""), ""]
            case Heading():
                out += [b.words, "-" * len(b.words), ""]
            case Numbered():
                out += [*wrapped(b.words, f"{b.number:>3}. ", "     "), ""]
            case Plain():
                out += [*wrapped(b.words, "", ""), ""]
            case Closing():
                out += [b.words, ""]
            case Table():
                out += [b.caption, *(line_of(label, note, number) for label, note, number in b.rows), ""]
            case Chart():
                out += [b.title, *(line_of(label, "", str(n)) for label, n in b.rows), ""]
    return "\n".join(out).rstrip() + "\n"


def line_of(label: str, note: str, number: str) -> str:
    """A label, dots, and the number at the right."""
    words = f"  {label} "
    line = words + "." * max(2, LINE_CHARACTERS - len(words) - len(number) - 1) + f" {number}"
    return line + (f"\n      {note}" if note else "")
