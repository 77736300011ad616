"""The test of regulation 15, which stands here and nowhere else.

No action is taken on a complaint, or it is handled otherwise than under Part 4, only when both parts of the test hold:
whoever decides considers that it should be (15(2)(a)), and one of six grounds fits (15(2)(b), 15(3)), each with its own
questions and reasons. Paragraph 9 of the procedure says "or"; the law says "and", and the law wins. Where the IOPC
directs it (reg 24), and for a conduct matter that came back (reg 14(2)), there is no test.

Forms ask the questions named here, checks refuse what does not fit, and page, list and report take their words from
here.
"""

from complaints.keys import StateKey
from complaints.models import Allegation
from panel.law import clock
from panel.law.period import day_words
from panel.law.provisions import GROUNDS, ground
from panel.procedure.vocabulary import Refusal, even_unfinished

# The routes that need the test. To disapply a complaint is to take one of them.
DISAPPLIES = (Allegation.Route.NO_ACTION.value, Allegation.Route.OTHER.value)

# The words of the test

BOTH_PARTS = "Regulation 15(2) asks for both. Give reasons for every ground you choose."
GROUND_WORDS = {g.key: f"({g.key}) {g.short}" for g in GROUNDS}
DELAY = {"no_reason": "No good reason for the delay", "injustice": "Injustice is likely from the delay"}
ABUSE = {"vexatious": "Vexatious", "oppressive": "Oppressive", "abuse": "Otherwise an abuse"}
REPETITIOUS = {
    "same": "Substantially the same as the earlier one",
    "no_fresh_allegation": "No fresh allegation that matters",
    "no_fresh_evidence": "No fresh evidence that was not available then",
    "ended": "The earlier one was resolved, withdrawn or disapplied",
}
EARLIER_ENDED = {
    "resolved": "It was resolved informally",
    "withdrawn": "It was withdrawn",
    "disapplied": "No action was taken, or it was handled in another way",
}
CONFIRM = {  # what to do about a part of ground (f) that is not ticked
    "same": "Confirm that it is substantially the same, or untick ground (f)",
    "no_fresh_allegation": "Confirm that there is no fresh allegation, or untick ground (f)",
    "no_fresh_evidence": "Confirm that no fresh evidence has come, or untick ground (f)",
    "ended": "Confirm how the earlier one ended, or untick ground (f)",
}

# The questions of the test: those of each ground, in the order of the page, then its reasons.

GROUND_QUESTIONS = {
    "a": ("staff_post",),
    "b": ("incident_on", "limb"),
    "c": ("same_matter",),
    "d": ("tried",),
    "e": ("abuse",),
    "f": ("earlier", "earlier_ended", "limbs"),
}


def reasons(letter: str) -> str:
    """The name of the question for the reasons of a ground."""
    return f"reasons_{letter}"


QUESTIONS = (
    "considered",
    "grounds",
    *(name for names in GROUND_QUESTIONS.values() for name in names),
    *(reasons(letter) for letter in GROUND_QUESTIONS),
)


def letters_chosen(attempt) -> str:
    """The grounds chosen, as an allegation keeps them: "bf"."""
    return "".join(sorted(attempt.answers.get("grounds") or []))


def grounds_in_words(part) -> str:
    """Why an allegation was disapplied, to be said after its route: ", ground (b)" or ", as the IOPC directed"."""
    if part.grounds:
        letters = ", ".join(f"({letter})" for letter in part.grounds)
        return f", ground{'s' if len(part.grounds) > 1 else ''} {letters}"
    if part.route in DISAPPLIES and part.direction == Allegation.Direction.DISAPPLY:
        return ", as the IOPC directed"
    return ""


# What the record shows on each ground, beside the question


def shows(facts, letter: str, parts) -> str:
    """What the record shows on a ground, then what the Monitoring Officer said of it."""
    if facts.advice is None:
        advised = "not advised"
    else:
        advised = "fits" if letter in facts.advice.answers.get("fits", []) else "does not fit"
    return f"{_on_record(facts, letter, parts)} Monitoring Officer: {advised}"


def _on_record(facts, letter: str, parts) -> str:
    if letter == "a":
        kind = facts.case.get_complainant_kind_display().lower() if facts.case.complainant_kind else "unknown"
        return f"The complainant: {kind}."
    if letter == "b":
        dated = [p for p in parts if p.happened_on]
        if not dated:
            return "No day of the incident is known."
        last = max(dated, key=lambda p: p.happened_on)
        made = facts.made_on(last)
        over = clock.more_than_twelve_months(last.happened_on, made).answer
        words = "more" if over else "not more"
        return f"{day_words(last.happened_on)} to {day_words(made)}, {words} than 12 months."
    if letter == "d":
        return _identity(facts)
    if facts.complainant is None:
        return "Nobody is named, so no earlier complaint is known."
    earlier = facts.earlier_by_the_same
    if letter == "c":
        still = [c for c in earlier if facts.look.procedure.state(c.status).open]
        if not still:
            return "No other open complaint by the same person."
        return f"Open: {', '.join(c.reference for c in still)}."
    if not earlier:
        return "No earlier complaint by the same person."
    return f"Earlier complaints: {'; '.join(f'{c.reference}, {stands(facts, c)}' for c in earlier)}."


def _identity(facts) -> str:
    """What was given of the two things that ground (d) asks for: a telephone number is no address."""
    if facts.name_and_address_given:
        return "Name and address given."
    if facts.complainant_can_be_told:
        return "A name and a telephone number given, but no address."
    return "No name and address given."


# How an earlier complaint ended (reg 15(4), from memory)


def allegations_of(case) -> list[Allegation]:
    """The allegations of another complaint: as they were loaded with it, or asked for now."""
    loaded = getattr(case, "in_order", None)
    return list(Allegation.objects.filter(case=case.pk)) if loaded is None else [p.allegation for p in loaded]


def ways_it_ended(case) -> set[str]:
    """In which of the ways that ground (f) knows the complaint ended, as the register has it."""
    found = set()
    for p in allegations_of(case):
        if p.status == StateKey.WITHDRAWN:
            found.add("withdrawn")
        elif p.status == StateKey.CLOSED and p.outcome:
            found |= {"resolved"} if p.outcome != Allegation.Outcome.NOT_RESOLVED else set()
        elif p.status == StateKey.CLOSED and p.route in DISAPPLIES:
            found.add("disapplied")
    return found


def stands(facts, case) -> str:
    """Where a complaint stands and what was decided on it, in words: "closed: explained"."""
    decided = dict.fromkeys(p.get_outcome_display() or p.get_route_display() for p in allegations_of(case))
    words = ", ".join(w.lower() for w in decided if w)
    state = facts.look.procedure.state(case.status).label.lower()
    return f"{state}: {words}" if words else state


# The test itself


def disapplied_freely(facts, part) -> bool:
    """Whether an allegation may be disapplied without the test: the IOPC directs it (reg 24), or it is a conduct matter
    that came back (reg 14(2))."""
    return part.direction == Allegation.Direction.DISAPPLY or facts.is_conduct_matter(part)


def why_untested(parts) -> str:
    """Why these allegations, which may be disapplied freely, need no test."""
    directed = any(p.direction == Allegation.Direction.DISAPPLY for p in parts)
    return "as the IOPC directs (regulation 24)" if directed else "a conduct matter (regulation 14)"


@even_unfinished
def both_parts_of_the_test(attempt):
    """Disapplying needs reg 15(2)(a) and a ground of reg 15(3), each with its own answers and reasons. Every other
    route needs reasons too."""
    return tuple(_missing(attempt))


def _missing(attempt):
    """What is missing in the test, each beside the question it answers."""
    route = attempt.answers.get("route", "") if "route" in attempt.form.fields else Allegation.Route.NO_ACTION.value
    grounds = attempt.answers.get("grounds") or []
    tested = route in DISAPPLIES and not all(disapplied_freely(attempt.facts, p) for p in attempt.parts)
    if not tested:
        if not attempt.answers.get("why") and not (grounds and route in DISAPPLIES):
            yield Refusal("Enter your reasons", ("reg 15",), field="why")
        return
    if not attempt.answers.get("considered"):
        what = (
            "no action should be taken"
            if route == Allegation.Route.NO_ACTION
            else "it should be handled in another way"
        )
        yield Refusal(f"Tick that {what}, or choose another route", ("reg 15(2)(a)",), field="considered")
    if not grounds:
        yield Refusal("Select at least one ground", ("reg 15(2)(b)",), field="grounds")
    for letter in grounds:
        yield from _unfit(attempt, letter)


def _unfit(attempt, letter: str):
    """Ground (d) needs somebody of whom name and address were not both given; ground (f) an earlier case that has ended
    as is said, and all four of its parts, each confirmed (reg 15(3)(d), 15(4))."""
    under = (ground(letter).provision,)
    if letter == "d" and attempt.facts.name_and_address_given:
        words = "Ground (d) does not fit: the complainant’s name and address are on record"
        yield Refusal(words, under, field="grounds")
    if letter == "f":
        yield from _not_so_ended(attempt, under)
        for part in REPETITIOUS:
            if part not in (attempt.answers.get("limbs") or ()):
                yield Refusal(CONFIRM[part], ("reg 15(4)",), field="limbs")


def _not_so_ended(attempt, under):
    """What is wrong with the earlier case of ground (f): it is open, or did not end as is said."""
    case = attempt.facts.other_case(attempt.answers.get("earlier"))
    if case is None:
        return
    ways, words = ways_it_ended(case), stands(attempt.facts, case)
    if attempt.look.procedure.state(case.status).open:
        yield Refusal(
            f"Ground (f) does not fit: {case.reference} has not ended. It stands at {words}", under, field="earlier"
        )
    elif not ways:
        words = f"Ground (f) does not fit: {case.reference} was neither resolved nor withdrawn nor disapplied. It is {words}"
        yield Refusal(words, under, field="earlier")
    elif attempt.answers.get("earlier_ended") and attempt.answers["earlier_ended"] not in ways:
        words = f"Select how it really ended: the register has {case.reference} as {words}"
        yield Refusal(words, ("reg 15(4)",), field="earlier_ended")


def twelve_months_have_passed(attempt):
    """Ground (b) fits only where more than twelve months lie between the latest incident and the complaint."""
    if "b" not in (attempt.answers.get("grounds") or []):
        return None
    if any(refusal.field == "grounds" for refusal in _missing(attempt)):
        return None  # another ground does not fit: that is put right first
    for part in attempt.parts:
        day, made = part.happened_on or attempt.answers.get("incident_on"), attempt.facts.made_on(part)
        if day is None:
            return Refusal(
                f"Enter the day on which allegation {part.number} last happened: it is not on record",
                ("reg 15(3)(b)",),
                field="incident_on",
            )
        if day > made:
            return Refusal(
                f"The day it happened must be on or before {day_words(made)}, when allegation {part.number} was made",
                ("reg 15(3)(b)",),
                field="incident_on",
            )
        passed = clock.more_than_twelve_months(day, made)
        if not passed.answer:
            return Refusal(
                f"Ground (b) does not fit allegation {part.number}: {passed.explanation}",
                ("reg 15(3)(b)",),
                field="grounds",
            )
    return None
