"""Where each Schedule says what, so that steps, duties, checklist and report are written once and cite their own."""

from dataclasses import dataclass

from panel.law.meetings import AGENDA as AGENDA
from panel.law.meetings import WELSH_AGENDA as WELSH_AGENDA

# What both Schedules say, each in paragraphs of its own


@dataclass(frozen=True)
class Cited:
    """Something that both Schedules say. A table cites it by name; `Law.of` gives the paragraphs of one Schedule."""

    what: str


NOTIFICATION = Cited("the Commissioner notifies the Panel")
SUPPLY = Cited("the four things that the Commissioner supplies")
REVIEW = Cited("the Panel reviews the appointment and reports")
PERIOD = Cited("the three weeks")
HEARING = Cited("the confirmation hearing")
PUBLICATION = Cited("the Panel publishes its report")
DECISION = Cited("the Commissioner decides and notifies the Panel")
FALLS = Cited("no report is given within the three weeks")

# What is the same under both, or is of one Schedule only

WHOLE_PANEL = "Sch 6 para 27"
EXEMPT = "LGA 1972 s 100A(4)"
GUIDANCE = ("G hearings",)
RESERVE_RULES = ("2012/2271 Part 3",)  # Part 3 was not read: no regulation is cited by its number


@dataclass(frozen=True)
class Law:
    """One Schedule: its number, the key and the name of its procedure, and its paragraphs."""

    schedule: int
    key: str
    words: str
    paragraphs: dict[Cited, tuple[str, ...]]

    def of(self, *under: Cited | str) -> tuple[str, ...]:
        """These provisions, with the paragraphs of this Schedule for what both Schedules say."""
        found: list[str] = []
        for provision in under:
            found += self.paragraphs[provision] if isinstance(provision, Cited) else (provision,)
        return tuple(found)


SCHEDULE_1 = Law(
    1,
    "schedule1",
    "Appointments under Schedule 1",
    {
        NOTIFICATION: ("Sch 1 para 9",),
        SUPPLY: ("Sch 1 para 9(2)",),
        REVIEW: ("Sch 1 para 10",),
        PERIOD: ("Sch 1 para 10",),
        HEARING: ("Sch 1 para 11",),
        PUBLICATION: ("Sch 1 para 10",),
        DECISION: ("Sch 1 para 12",),
        FALLS: ("Sch 1 para 10",),
    },
)
SCHEDULE_8 = Law(
    8,
    "schedule8",
    "Appointment of a Chief Constable under Schedule 8",
    {
        NOTIFICATION: ("Sch 8 para 3",),
        SUPPLY: ("Sch 8 para 3(2)",),
        REVIEW: ("Sch 8 para 4", "Sch 8 para 4(5)"),
        PERIOD: ("Sch 8 para 4(6)",),
        HEARING: ("Sch 8 para 6",),
        PUBLICATION: ("Sch 8 para 4(7)", "Sch 8 para 4(8)"),
        DECISION: ("Sch 8 para 7",),
        FALLS: ("Sch 8 para 2",),
    },
)
LAWS = {law.key: law for law in (SCHEDULE_1, SCHEDULE_8)}


NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def number_words(number: int) -> str:
    """ "five", and from ten on in figures."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)
