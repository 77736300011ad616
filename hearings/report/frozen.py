"""The report as it is sent: made once, with the letter that goes with it, and kept byte for byte.

SentReport.objects.create(**made_to_send(look, parts, on=day, ...), entry=entry)     # the effect of a step does this
copies(look)                # every report of a hearing, as sent or as it would be now, the latest first
changes_since(look, row)    # what the record says otherwise by now
"""

import base64
import difflib
from dataclasses import dataclass
from functools import cached_property

from hearings.models import Proposal
from hearings.paper_models import SentReport
from hearings.report.content import Report
from hearings.report.words import named
from panel.files import pdf
from panel.files.paper import Paper, as_page, as_text, said_in
from panel.files.paper_word import as_word
from panel.law.period import day_words

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {"docx": WORD, "pdf": pdf.PDF, "html": "text/html; charset=utf-8"}


def made_to_send(look, parts, *, moment, sent_on, which=None, before=None, replaces="", why_late="") -> dict:
    """The columns of a `SentReport` but its entry. `before` is the version that it replaces, with what has changed; the
    day is None where the papers do not say. `moment` is when it was entered: it stands in the files' properties."""
    facts = look.facts
    proposal = which or facts.proposal
    revision = before.revision + 1 if before is not None else 1
    report = Report(
        look, proposal, parts, sent=True, sent_on=sent_on, version=revision, why_late=why_late,
        replaces=replaces and replaced_words(before, replaces),
    )  # fmt: skip
    paper, letter = report.paper(), report.letter()
    moment = moment.replace(tzinfo=None)
    return {
        "proposal": proposal, "report": before.report if before is not None else next_number(look), "revision": revision,
        "candidates": sorted(part.number for part in parts), "sent_on": sent_on, "title": paper.title[:400],
        "replaces": replaces, "text": as_text(paper), "content": paper.kept(), "letter": letter.kept(),
        "word": base64.b64encode(as_word(paper, moment)).decode(),
        "pdf": base64.b64encode(pdf.as_pdf(as_page(paper, whole=True))).decode() if pdf.can_be_made() else "",
        "letter_word": base64.b64encode(as_word(letter, moment)).decode(),
    }  # fmt: skip


def replaced_words(before: SentReport, what: str) -> str:
    """What stands at the head of a later version."""
    of = f" of {day_words(before.sent_on)}" if before.sent_on else ""
    return f"It replaces the report{of}. What changed: {what.strip()}"


def next_number(look) -> int:
    """The number of the next report of this hearing. One that was sent before such rows were kept has a number as well."""
    return 1 + len({row.report for row in look.facts.sent_reports}) + len(sent_before(look))


def sent_before(look) -> list[Proposal]:
    """Notifications whose report was sent before the product kept what it sends."""
    kept = {row.proposal_id for row in look.facts.sent_reports}
    return [p for p in look.facts.proposals if p.sent_on and p.pk not in kept]


@dataclass(frozen=True)
class Copy:
    """One report that can be had: as it was sent (`row`), or as the record has it now."""

    number: int
    report: Report
    row: SentReport | None = None
    earlier: tuple[SentReport, ...] = ()

    @cached_property
    def paper(self) -> Paper:
        """The report."""
        if self.row is not None:
            return Paper.of(self.row.content)
        return self.report.paper()

    @cached_property
    def letter(self) -> Paper:
        """The letter that goes with it."""
        return Paper.of(self.row.letter) if self.row is not None else self.report.letter()

    @property
    def ready(self) -> bool:
        """Whether there is something to report; an erased one has nothing left to show."""
        return bool(self.row.content) if self.row is not None else self.report.ready

    @property
    def short(self) -> str:
        """Which report it is, in words."""
        about = named(self.report.names)
        veto = ", vetoed" if self.report.veto else ""
        if self.row is None:
            return f"{about}{veto}, " + ("made from the record" if self.report.sent else "not sent yet")
        version = f", version {self.row.revision}" if self.row.revision > 1 else ""
        return f"{about}{veto}, sent{f' {day_words(self.row.sent_on)}' if self.row.sent_on else ''}{version}"

    def file(self, kind: str, letter: bool = False) -> bytes:
        """The report, or the letter, as a file of that kind. Raises panel.files.pdf.NoPdf."""
        paper = self.letter if letter else self.paper
        if self.row is not None:
            column = {"docx": "letter_word" if letter else "word", "pdf": "" if letter else "pdf"}.get(kind)
            if column and getattr(self.row, column):
                return base64.b64decode(getattr(self.row, column))
        if kind == "docx":
            entries = self.report.look.entries  # a draft: the record as it stands, not the moment of asking
            return as_word(
                paper, (self.row.entry if self.row is not None else entries[-1]).entered_at.replace(tzinfo=None)
            )
        page = as_page(paper, whole=kind == "pdf")
        return pdf.as_pdf(page) if kind == "pdf" else page.encode()


def of_row(look, row: SentReport, versions=()) -> Copy:
    """That report as it was sent."""
    parts = [part for part in look.parts if part.number in row.candidates]
    return Copy(row.report, Report(look, row.proposal, parts, sent=True, sent_on=row.sent_on), row, tuple(versions))


def copies(look) -> list[Copy]:
    """Every report of the hearing, the latest first: those sent, each in its latest version, and what is decided and not
    yet reported on."""
    facts, found, number = look.facts, [], 0
    for proposal in facts.proposals:
        rows = [row for row in facts.sent_reports if row.proposal_id == proposal.pk]
        reported: set[int] = set()
        for report in dict.fromkeys(row.report for row in rows):
            versions = [row for row in rows if row.report == report]
            number = report
            reported |= set(versions[-1].candidates)
            found.append(of_row(look, versions[-1], versions[:-1]))
        left = [part for part in look.parts if part.number not in reported]
        if not left or (rows and proposal != facts.proposal):
            continue
        old = bool(proposal.sent_on) and not rows  # sent before the product kept what it sends
        draft = Report(look, proposal, left, sent=old, sent_on=proposal.sent_on if old else None)
        decided = [part for part, _ in draft.decisions]
        if decided and len(decided) < len(left):
            draft = Report(look, proposal, decided, sent=draft.sent, sent_on=draft.sent_on)
        if draft.ready:
            number += 1
            found.append(Copy(number, draft))
    return found[::-1]


def changes_since(look, row: SentReport) -> list[tuple[str, str]]:
    """(as it was sent, as the record has it now) of each passage that differs."""
    if not row.content:
        return []
    then = Paper.of(row.content)
    parts = [part for part in look.parts if part.number in row.candidates]
    draft = Report(look, row.proposal, parts, sent=True, sent_on=row.sent_on, version=row.revision,
                   replaces=note_of(then), why_late=row.entry.answers.get("late_why", ""))  # fmt: skip
    old, new = flat(then), flat(draft.paper())
    found = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            found.append(("\n".join(old[a:b]), "\n".join(new[c:d])))
    return found


def note_of(paper: Paper) -> str:
    """What stands at the head of a later version, without its number."""
    for block in paper.blocks:
        if block["kind"] == "note" and len(block["pieces"]) > 1:
            return str(block["pieces"][1][0]).strip()
    return ""


def flat(paper: Paper) -> list[str]:
    """The paper's passages, a text each."""
    return [line for block in paper.blocks for line in said_in(block) if line]
