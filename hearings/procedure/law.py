"""The provisions of each Schedule, so that steps, duties, checklist and report cite the right one."""

from dataclasses import dataclass

WHOLE_PANEL = "Sch 6 para 27"
AGENDA = ("LGA 1972 s 100B", "LGA 1972 s 100B(4)(b)")
EXEMPT = "LGA 1972 Sch 12A para 1"
GUIDANCE = ("G hearings",)
RESERVE = ("2012/2271 Part 3", "2012/2271 reg 10")


@dataclass(frozen=True)
class Law:
    """Where one Schedule says what."""

    schedule: int
    key: str
    words: str
    notify: tuple[str, ...]
    supply: tuple[str, ...]
    review: tuple[str, ...]
    period: tuple[str, ...]
    hearing: tuple[str, ...]
    publish: tuple[str, ...]
    decision: tuple[str, ...]
    falls: tuple[str, ...]


SCHEDULE_1 = Law(
    1, "schedule1", "Appointments under Schedule 1", ("Sch 1 para 9",), ("Sch 1 para 9(2)",), ("Sch 1 para 10",),
    ("Sch 1 para 10",), ("Sch 1 para 11",), ("Sch 1 para 10",), ("Sch 1 para 12",), ("Sch 1 para 10",),
)  # fmt: skip
SCHEDULE_8 = Law(
    8, "schedule8", "Appointment of a Chief Constable under Schedule 8", ("Sch 8 para 3",), ("Sch 8 para 3(2)",),
    ("Sch 8 para 4", "Sch 8 para 4(5)"), ("Sch 8 para 4(6)",), ("Sch 8 para 6",), ("Sch 8 para 4(7)", "Sch 8 para 4(8)"),
    ("Sch 8 para 7",), ("Sch 8 para 2",),
)  # fmt: skip
LAWS = {law.key: law for law in (SCHEDULE_1, SCHEDULE_8)}


def two_thirds(members: int) -> int:
    """The votes that a veto needs: two thirds of all members in office that day, rounded up (Sch 8 para 5)."""
    return -(-2 * members // 3)
