"""The report's figures as plain data: lines, blocks of lines that add up to a total, and what was done in time."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One figure: `key` names it in `Report.behind`, `before` is the year before's, None where there is none to show.
    `legal` lines are shown though they are nil."""

    key: str
    label: str
    number: int
    cases: tuple[int, ...] = ()
    before: int | None = None
    note: str = ""
    legal: bool = False

    @property
    def nil(self) -> bool:
        """Whether it is nil in both years."""
        return not self.number and not self.before


@dataclass(frozen=True)
class Block:
    """Figures under a heading that add up to a total. `signs` are those of the lines, where they are not all added."""

    key: str
    heading: str
    total: Line
    lines: tuple[Line, ...]
    note: str = ""
    signs: tuple[int, ...] = ()
    overlap: int = 0  # how many times something is in more than one line
    overlap_words: str = ""

    @property
    def comes_to(self) -> int:
        """What the lines come to, by their signs."""
        signs = self.signs or (1,) * len(self.lines)
        return sum(sign * line.number for sign, line in zip(signs, self.lines, strict=True))

    @property
    def adds_up(self) -> bool:
        """Whether the lines come to the total, what is in two lines being said."""
        return self.comes_to - self.overlap == self.total.number and bool(self.overlap_words) == bool(self.overlap)

    @property
    def sum_words(self) -> str:
        """ "3 + 17 + 0 − 15 = 5": empty where nothing is taken away."""
        if not self.signs:
            return ""
        first, *rest = zip(self.signs, self.lines, strict=True)
        return " ".join(
            [
                str(first[1].number),
                *(f"{'+' if s > 0 else '−'} {line.number}" for s, line in rest),
                "=",
                str(self.total.number),
            ]
        )

    @property
    def shown(self) -> tuple[Line, ...]:
        """The lines that are not nil in both years, and the legal ones."""
        return tuple(line for line in self.lines if line.legal or not line.nil)

    @property
    def nil(self) -> bool:
        """Whether all of it is nil, in both years."""
        return self.total.nil and all(line.nil for line in self.lines)


@dataclass(frozen=True)
class InTime:
    """How often one thing was done in time, of how many times it fell due: the law's days first."""

    key: str
    label: str
    law: bool  # the day binds in law; otherwise it is the Panel's own
    provision: str
    due: int
    in_time: int
    done_late: int
    not_done: int
    before: "InTime | None" = None

    @property
    def words(self) -> str:
        """ "2 of 3"; "none due"."""
        return f"{self.in_time} of {self.due}" if self.due else "none due"
