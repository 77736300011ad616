"""What follows in law from this report, true for this case; and when it is published."""

from hearings.procedure.law import FALLS
from hearings.report.words import REGULATIONS, named
from panel.files.paper import heading, numbered
from panel.law.period import day_words
from panel.law.provisions import cite


def section(report) -> list:
    """What follows."""
    if not report.ready:
        return []
    said = [" ".join(told(report, letter=False)), publication(report)]
    return [heading("What follows"), *(numbered(words) for words in said if words)]


def told(report, letter: bool = True) -> list[str]:
    """What the Commissioner does next; in the letter the Commissioner is spoken to."""
    who, may = ("You", "you") if letter else (f"The {report.pcc}", f"the {report.pcc}")
    your = "your" if letter else "the"
    people = named(report.called(part, d.resolution.person) for part, d in report.decisions)
    if report.advisory:
        return []
    if report.fell:
        last = day_words(report.facts.count.day)
        return [
            f"This report was not given by {last}. The veto has therefore fallen, and {may} may appoint {people} "
            "(paragraph 2 of Schedule 8)."
        ]
    if report.veto:
        return [
            f"{people} must not be appointed. The next step is for {may} to propose a reserve candidate, under Part 3 of "
            f"the {REGULATIONS}. The Panel will hear that candidate and report; it has no veto then."
        ]
    under = decision_under(report, letter)
    found = [f"{who} may accept or reject the recommendation, and must notify the Panel of {your} decision{under}."]
    if report.schedule == 8 and not report.facts.reserve:
        if report.late_by:
            found.append(
                f"The three weeks ended on {day_words(report.facts.count.day)} with no report, so the appointment need "
                "not wait for that (paragraph 2 of Schedule 8)."
            )
        else:
            found.append(f"{people} may not be appointed before that (paragraph 2 of Schedule 8).")
    return found


def decision_under(report, letter: bool) -> str:
    """Under what the Commissioner decides."""
    if report.of_practice:
        return ""
    if report.facts.reserve:
        return f" (Part 3 of the {REGULATIONS})"
    where = report.paragraph("decide").replace("of the Schedule", f"of Schedule {report.schedule}")
    return f" ({where if letter else report.paragraph('decide')})"


def publication(report) -> str:
    """That the Panel publishes the report, where and when, as far as that is settled."""
    text = report.text
    where = f" {text.publish_where.strip()}" if text and text.publish_where else ""
    if where and not where.strip().startswith(("on ", "at ", "in ")):
        where = f" at{where}"
    on = f" on {day_words(text.publish_on)}" if text and text.publish_on else ""
    what = "advice" if report.advisory else "report"
    return f"The Panel publishes this {what}{where}{on}."


def not_in_time(law, commissioner: str) -> str:
    """What follows without a report within the three weeks, as far as that Schedule says it: for the page of the clock."""
    if law.schedule == 8:
        return (
            f"If it gives no report by then, a veto falls and the {commissioner} may make the appointment "
            f"({cite(*law.of(FALLS))})."
        )
    return "What follows if it gives no report by then is not in Schedule 1."
