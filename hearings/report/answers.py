"""What was asked and answered, by theme; never what was only planned."""

from hearings.keys import StepKey
from hearings.report.words import paragraphs

TOLD = (StepKey.HOLD_HEARING, StepKey.HEAR_RESERVE, StepKey.NOTE_ANSWERS)


def noted(look, part) -> list[str]:
    """Questions to that candidate and answers, as the hearing was recorded and as was added afterwards; a text for each
    time that something was noted."""
    return [
        entry.answers[f"answers_{part.number}"]
        for entry in look.in_force
        if entry.step in TOLD and look.facts.during(entry.pk) and entry.answers.get(f"answers_{part.number}")
    ]


def asked_and_answered(report, part) -> dict[str, list[str]]:
    """{theme: paragraphs}, as the officer wrote them for the report; under "" as they were noted, where the officer has
    written none."""
    own = report.text.on(part) if report.text else {}
    found = {theme: paragraphs(own.get(theme, "")) for theme in ("competence", "independence", "other")}
    if not any(found.values()):
        found[""] = [line for text in noted(report.look, part) for line in paragraphs(text)]
    if not any(found.values()):  # which of the planned questions were asked, where nobody noted what was answered
        for question in report.facts.questions:
            if question.asked:
                found[question.theme].append(f"Asked: {question.text}")
    return found


def by_candidate(look) -> list[dict]:
    """Questions and answers of each candidate, as noted: for the page of the questions."""
    found = []
    for part in look.parts:
        texts = noted(look, part)
        if texts:
            name = part.name if look.facts.next_proposal is None else " and ".join(look.facts.candidates)
            found.append({"heading": name, "texts": texts})
    return found
