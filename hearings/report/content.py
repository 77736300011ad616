"""The Panel's report to the Commissioner as a paper: what it says of one notification, put together from the record and
from what the officer wrote for it. Once it is sent it is kept as it went (`hearings.report.frozen`).

    report = Report(look, proposal, parts)
    report.paper()          # panel.files.paper.Paper: Word file, PDF file and page are made from it
    report.letter()         # the letter that goes with it
"""

from functools import cached_property

from hearings.attendance import record_of
from hearings.facts import look_at
from hearings.models import Resolution
from hearings.report import addressee, meeting, members, proposal, reasons, what_follows
from hearings.report.words import ACT, PARAGRAPHS, REGULATIONS, counted, named, number_words, post_of, sentence
from panel.files.paper import Paper, bold, heading, letterhead, lines, note, numbered, signature, title
from panel.law.period import day_words
from panel.record.heads import head, printed


class Report:
    """One report: on the candidates `parts` of one notification. `sent_on` is the day on its face, None for a draft and
    where the papers do not say; `replaces` says what the version before was and what has changed."""

    def __init__(self, look, which=None, parts=None, *, sent=False, sent_on=None, version=1, replaces="", why_late=""):
        facts = look.facts
        chosen = which or facts.proposal
        self.look = look_at(look, chosen) if chosen is not None and chosen != facts.proposal else look
        self.facts, self.case, self.panel = self.look.facts, look.case, look.panel
        self.proposal = chosen
        self.parts = list(parts) if parts is not None else list(self.look.parts)
        self.sent, self.sent_on, self.version, self.replaces, self.why_late = sent, sent_on, version, replaces, why_late
        self.pcc = look.names["commissioner"]

    # What it is about

    @cached_property
    def house(self):
        """What the panel, its host and its area are called on the day of the paper."""
        return self.panel.names_on(addressee.day_of(self))

    @cached_property
    def record(self):
        """The hearing as its meeting has it."""
        return record_of(self.facts)

    @cached_property
    def text(self):
        """What the officer wrote for it, or None."""
        return self.facts.report_text

    @cached_property
    def decisions(self) -> list:
        """(candidate, decision) of each candidate whom it is about, as far as the Panel has decided."""
        found = [(part, self.record.decision(part) if self.record else None) for part in self.parts]
        return [(part, decision) for part, decision in found if decision is not None]

    @property
    def ready(self) -> bool:
        """Whether the Panel has decided, so that there is something to report."""
        return bool(self.decisions)

    @property
    def resolutions(self) -> list[Resolution]:
        """What was decided on its candidates."""
        return [decision.resolution for _, decision in self.decisions]

    @property
    def veto(self) -> bool:
        """Whether it reports a veto."""
        return any(r.veto for r in self.resolutions)

    @property
    def advisory(self) -> bool:
        """Whether the meeting had no quorum, so that it is advice and no recommendation of the Panel."""
        return any(r.advisory for r in self.resolutions)

    @property
    def late_by(self) -> int:
        """How many days after the last of the three weeks it was sent; 0 where it was not, or that cannot be told."""
        count = self.facts.count
        if count is None or self.facts.reserve or self.sent_on is None:
            return 0
        return max(0, (self.sent_on - count.day).days)

    @property
    def fell(self) -> bool:
        """Whether it reports a veto that fell, as the report was not given in time (Sch 8 para 2(2)(b))."""
        return self.veto and self.late_by > 0

    @property
    def names(self) -> list[str]:
        """The candidates by name, as decided on."""
        return [d.resolution.person for _, d in self.decisions] or [part.name for part in self.parts]

    def called(self, part, name: str) -> str:
        """How the report speaks of a candidate after the first time: "Ms Vale", or the whole name."""
        return (self.text.on(part).get("called") if self.text else "") or name

    @property
    def post(self) -> str:
        """The post."""
        return post_of(self.case)

    @property
    def title(self) -> str:
        """The title."""
        about = f"the proposed appointment of {named(self.names)} as {self.post}"
        if self.advisory:
            return f"Advice of the members present on {about}"
        end = (
            ": veto, which has fallen"
            if self.fell
            else ": veto"
            if self.veto
            else ": reserve candidate"
            if self.facts.reserve
            else ""
        )
        return f"Report on {about}{end}"

    @property
    def running(self) -> str:
        """The short title at the head of later pages."""
        return f"Proposed appointment of {'an' if self.post[0] in 'AEIOUaeiou' else 'a'} {self.post}"

    # Under what it is made

    @property
    def schedule(self) -> int:
        """1 or 8."""
        return self.facts.law.schedule

    def paragraph(self, what: str) -> str:
        """ "paragraph 12 of the Schedule"."""
        return f"paragraph {PARAGRAPHS[self.schedule][what]} of the Schedule"

    @property
    def of_practice(self) -> bool:
        """Whether nothing that was read puts the post under the Schedule (docs/law.md): the chief fire officer's."""
        return self.case.post == "chief_fire_officer"

    def made_under(self) -> str:
        """Under what the report is made, with the Act by its name."""
        what = "This advice is given" if self.advisory else "This report is made"
        if self.of_practice:
            return f"{what} as a matter of practice."
        if self.facts.reserve:
            return f"{what} under Part 3 of the {REGULATIONS}."
        if self.veto and not self.fell:
            return (
                f"{what} under the {ACT}, Schedule 8, paragraph 4, and states, as paragraph 5 requires, that the Panel "
                "has vetoed the appointment."
            )
        return f"{what} under the {ACT}, Schedule {self.schedule}, paragraph {PARAGRAPHS[self.schedule]['report']}."

    def last_day(self) -> str:
        """By when it has to be given, and whether it is late; "" where that cannot be told."""
        count = self.facts.count
        if count is None or self.facts.reserve:  # the period of Part 3 was not read: nothing is said of it
            return ""
        if self.late_by:
            why = f" {sentence(self.why_late)}" if self.why_late else ""
            days = counted(self.late_by, "day")
            return f"The last day for it was {day_words(count.day)}: it is given {days} late.{why}"
        passed = (self.sent_on or self.look.today) > count.day
        return f"The last day for it {'was' if passed else 'is'} {day_words(count.day)}."

    # The paper

    def paper(self) -> Paper:
        """The report."""
        reference = self.case.reference
        day = day_words(self.sent_on) if self.sent_on else ""
        return Paper(
            title=self.title, subject=reference, author=self.house.name, running=self.running, day=day,
            foot=f"{self.house.name}, our reference {reference}", head=printed(head(self.panel)),
            blocks=tuple(block for block in self.blocks(day) if block),
        )  # fmt: skip

    def blocks(self, day: str) -> list:
        """Every block in order."""
        return [
            letterhead(self.house.name, *addressee.host_lines(self)),
            *([note(bold(f"Version {self.version}."), self.replaces)] if self.version > 1 else []),
            *([] if self.sent else [note(bold("Draft."), "It has not been sent.")]),
            lines(*addressee.address(self), space=8),
            lines(day, f"Our reference: {self.case.reference}", space=8),
            title(self.title),
            heading("Decision" if self.veto else "Advice" if self.advisory else "Recommendation"),
            *self.decided(),
            numbered(self.made_under(), self.last_day()),
            *proposal.section(self),
            *meeting.section(self),
            *reasons.findings(self),
            *reasons.section(self),
            *what_follows.section(self),
            signature("Signed" if self.advisory else "Signed for the Panel", *addressee.signed_by(self), day),
            *members.tables_of(self),
        ]

    def decided(self) -> list:
        """What the Panel decided on each candidate, with the vote in a sentence."""
        found = []
        for _, decision in self.decisions:
            r = decision.resolution
            if r.veto:
                said = f"The Panel has vetoed the appointment of {r.person} as {self.post}."
                if self.fell:
                    said = f"The Panel voted to veto the appointment of {r.person} as {self.post}. The veto has fallen."
                votes = (
                    f"{number_words(decision.votes_for, capital=True)} of its {decision.in_office} members voted for the veto; "
                    f"{number_words(decision.needed, capital=True).lower()} were needed."
                )
                found.append(numbered(bold(said), votes))
                continue
            be = f"be {'' if r.recommendation == 'appoint' else 'not '}appointed as {self.post}"
            if r.advisory:
                found.append(numbered(bold(f"The members present advise that {r.person} {be}."), reasons.no_quorum(r)))
            else:
                found.append(numbered(bold(f"The Panel recommends that {r.person} {be}."), reasons.vote_line(decision)))
        return found or [numbered("The Panel has not decided yet.")]

    def letter(self) -> Paper:
        """The letter that goes with the report."""
        return addressee.covering_letter(self)
