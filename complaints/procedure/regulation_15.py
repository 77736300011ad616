"""The test of regulation 15, in one place: when no action is taken on a complaint, or it is handled in another way."""

from panel.law import clock
from panel.law.period import day_words
from panel.law.provisions import GROUNDS
from panel.procedure.vocabulary import Refusal, even_unfinished

DISAPPLIES = ("no_action", "other_handling")
BOTH_PARTS = "Regulation 15(2) asks for both. Give reasons for every ground you choose."
DELAY = (("no_reason", "No good reason for the delay"), ("injustice", "Injustice is likely from the delay"))
ABUSE = (("vexatious", "Vexatious"), ("oppressive", "Oppressive"), ("abuse", "Otherwise an abuse"))
REPETITIOUS = (
    ("same", "Substantially the same as the earlier one"),
    ("no_fresh_allegation", "No fresh allegation that matters"),
    ("no_fresh_evidence", "No fresh evidence that was not available then"),
    ("ended", "The earlier one was resolved, withdrawn or disapplied"),
)
LIMB_ERRORS = {
    "same": "Confirm that it is substantially the same, or untick ground (f)",
    "no_fresh_allegation": "Confirm that there is no fresh allegation, or untick ground (f)",
    "no_fresh_evidence": "Confirm that no fresh evidence has come, or untick ground (f)",
    "ended": "Confirm how the earlier one ended, or untick ground (f)",
}
TEST_ANSWERS = (
    "staff_post", "incident_on", "limb", "same_matter", "tried", "abuse", "earlier", "limbs",
    *(f"reasons_{g.key}" for g in GROUNDS),
)  # fmt: skip


@even_unfinished
def both_parts_of_the_test(a):
    """Disapplying needs reg 15(2)(a) and a ground of reg 15(3), each with its own answers and reasons. Para 9 of the
    procedure says "or"; the law says "and", and the law wins. The IOPC's direction or a conduct matter needs none."""
    route = a.answers.get("route", "") if "route" in a.form.fields else "no_action"
    if route not in DISAPPLIES:
        if not a.form.cleaned_data.get("why"):
            a.form.add_error("why", "Enter your reasons")
        return None
    form = a.form
    if all(a.facts.disapplied_freely(p) for p in a.parts):
        if not a.form.cleaned_data.get("why") and not a.answers.get("grounds"):
            form.add_error("why", "Enter your reasons")
        return None
    if not a.answers.get("considered"):
        what = "no action should be taken" if route == "no_action" else "it should be handled in another way"
        form.add_error("considered", f"Tick that {what}, or choose another route")
    grounds = a.answers.get("grounds") or []
    if not grounds:
        form.add_error("grounds", "Select at least one ground")
    for letter in grounds:
        form.clean_ground(letter)
    return None


def twelve_months_have_passed(a):
    """Ground (b) fits only where more than twelve months lie between the latest incident and the complaint."""
    if "b" not in (a.answers.get("grounds") or []):
        return None
    for part in a.parts:
        day, made = part.happened_on or a.answers.get("incident_on"), a.facts.made_on(part)
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
        if not clock.more_than_twelve_months(day, made).answer:
            return Refusal(
                f"Ground (b) does not fit allegation {part.number}: "
                f"{clock.more_than_twelve_months(day, made).explanation}",
                ("reg 15(3)(b)",),
                field="grounds",
            )
    return None
