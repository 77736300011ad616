"""Whether anything alleged, if true, could be a criminal offence (para 3; regs 2, 13, 15(1) and 27).

It is asked when a complaint is recorded and when the Chairman decides, and may be asked of the Monitoring Officer at any
time. Yes: it goes to the IOPC first. Not sure: the Monitoring Officer looks, and no forward step is taken until then.
"""

from dataclasses import replace

from complaints.keys import DutyKey
from complaints.models import Allegation
from complaints.offence_words import mentioned
from complaints.procedure.duties import REFER
from panel.forms.fields import CheckboxesField, DateField, HintedChoice, LongTextField, RadiosField
from panel.law.period import day_words, listed
from panel.law.roles import Basis, Role
from panel.procedure.vocabulary import DutyKind, Refusal

UNDER = ("para 3", "reg 13")

# Whoever is not sure asks the Monitoring Officer. Regulation 13 says what must go to the IOPC, so it must be known.
LOOK_AT_OFFENCE = DutyKind(
    "look_at_offence", "Say whether it could be a criminal offence", Role.MONITORING_OFFICER, UNDER, Basis.READING,
    per_part=True, parts=lambda attempt: [p for p in attempt.parts if p.offence_asked_on == attempt.on],
    met_by="rule_out_offence",
    holds=lambda attempt, duty: any(p.pk == duty.part_id and p.offence_asked_on for p in attempt.look.parts),
)  # fmt: skip
REFER_WHAT_WAS_FOUND = replace(  # an offence that was found when the complaint was recorded
    REFER,
    when=lambda attempt: attempt.answers.get("offence") == "yes",
    parts=lambda attempt: chosen(attempt, "offence_in"),
)


# The question


class OffenceMixin:
    """Asks whether anything alleged could be an offence, with a quiet reminder of words that often mean one."""

    offence_label = "Could anything that is alleged, if true, be a criminal offence?"
    offence_labels = {  # noqa: RUF012
        "offence": "Could be a criminal offence", "offence_in": "Which could be one",
        "offence_asked_in": "Which are not clear", "offence_shown": "What shows it", "clear_on": "First became clear",
    }  # fmt: skip

    made_choices = {"offence": (("no", "No"), ("yes", "Yes"), ("unsure", "Not sure"))}  # noqa: RUF012

    def ask_offence(self, yes: str, unsure: str):
        """Add the question, with what follows from each answer."""
        self.fields["offence"] = RadiosField(
            label=self.offence_label,
            choices=[
                HintedChoice("no", "No"), HintedChoice("yes", "Yes", yes), HintedChoice("unsure", "Not sure", unsure),
            ],
            required_message="Select whether it could be a criminal offence",
            help_text=self.offence_reminder(),
        )  # fmt: skip

    def offence_reminder(self) -> str:
        """That it is not about proof; and which words on record often mean an offence."""
        case = self.attempt.case
        found = mentioned([case.title, case.words, *(p.what for p in self.attempt.parts)])
        plain = "Any offence counts, and whether it is true does not matter here."
        return f"{plain} Words of this complaint often mean {listed(found)}." if found else plain

    def ask_which(self, name: str, label: str, message: str):
        """Add the question which of several allegations it is about; with one there is nothing to ask."""
        choices = [(str(p.number), f"Allegation {p.number}: {p.what}") for p in self.attempt.parts]
        if len(choices) > 1:
            self.fields[name] = CheckboxesField(label=label, choices=choices, required_message=message)


class OffenceFoundMixin(OffenceMixin):
    """The same when a complaint is recorded: what is found, or not clear, is noted there and then."""

    def ask_what_was_found(self):
        """Which allegations, since when, and what shows it."""
        self.ask_offence(
            "It is recorded, and must go to the IOPC by the end of the day after this became clear.",
            "It is recorded, and the Monitoring Officer looks at it before anything is decided.",
        )
        self.ask_which("offence_in", "Which allegations could be one?", "Select which allegations could be an offence")
        self.ask_which("offence_asked_in", "Of which are you not sure?", "Select of which allegations you are not sure")
        self.fields["clear_on"] = DateField(
            label="On which day did this first become clear?", what="the day it first became clear", past=True,
            help_text="It must go to the IOPC by the end of the next day, weekends included.",
        )  # fmt: skip
        self.fields["offence_shown"] = LongTextField(
            label="What shows it?", rows=3, required_message="Enter what shows that it could be an offence"
        )


def chosen(attempt, name: str) -> list[Allegation]:
    """The allegations of the step that were chosen there; the only one where nothing was asked."""
    numbers = attempt.answers.get(name)
    return attempt.parts if numbers is None else [p for p in attempt.parts if str(p.number) in numbers]


# What is noted


def identify(attempt, parts, basis: str, clear_on):
    """Store why, and since when, the IOPC must have them. An earlier return from the IOPC no longer counts, and nobody
    is asked any more whether it could be an offence."""
    for p in parts:
        p.serious, p.serious_on, p.iopc_back_on, p.direction, p.offence_asked_on = basis, clear_on, None, "", None
        attempt.add_report_slugs(p, serious=p.serious)


def note_offence(attempt):
    """Store what was answered when the complaint was recorded."""
    answer = attempt.answers.get("offence")
    if answer == "yes":
        identify(attempt, chosen(attempt, "offence_in"), Allegation.Serious.OFFENCE, attempt.answers["clear_on"])
    elif answer == "unsure":
        ask_monitoring_officer(attempt, chosen(attempt, "offence_asked_in"))


def ask_monitoring_officer(attempt, parts):
    """From now on these wait for the Monitoring Officer."""
    for p in parts:
        p.offence_asked_on = attempt.on


# Conditions


def is_asked(attempt, part) -> bool:
    """Whether the Monitoring Officer has been asked of that allegation, and has neither answered nor waived it."""
    if part.offence_asked_on is None:
        return False
    return any(d.kind == DutyKey.LOOK_AT_OFFENCE and d.part_id == part.pk for d in attempt.look.open_duties)


def offence_is_settled(attempt, part):
    """No forward step while the Monitoring Officer has still to say whether it could be an offence (regs 13, 15, 27)."""
    if not is_asked(attempt, part):
        return None
    return Refusal(
        f"The Monitoring Officer has still to say whether allegation {part.number} could be a criminal offence. It was "
        f"asked on {day_words(part.offence_asked_on)}.",
        (*UNDER, "reg 15", "reg 27"),
        "the Monitoring Officer says whether it could be one.",
        first="rule_out_offence",
    )


def offence_is_of_what_is_recorded(attempt):
    """What could be an offence, or is not clear, is among the allegations that the step covers, and became clear by
    then."""
    covered = {str(p.number) for p in attempt.parts}
    for name in ("offence_in", "offence_asked_in"):
        if outside := [n for n in attempt.answers.get(name) or () if n not in covered]:
            words = f"Allegation {outside[0]} is not covered by this step: tick it above, or untick it here"
            return Refusal(words, UNDER, field=name)
    clear = attempt.answers.get("clear_on")
    if clear and clear > attempt.on:
        words = "The day it first became clear must be on or before the day of this step"
        return Refusal(words, UNDER, field="clear_on")
    return None


def nothing_decided_on_an_offence(attempt):
    """What could be an offence goes to the IOPC before anything is decided on it, and what is not clear to the
    Monitoring Officer (regs 13, 15(1), 27)."""
    words = {
        "yes": "What could be an offence goes to the IOPC before anything is decided on it (regulations 13, 15 and 27). "
        "First: say that a criminal offence appears. To decide on the other allegations, untick that one",
        "unsure": "The Monitoring Officer looks at it before anything is decided. First: ask whether it could be an "
        "offence. To decide on the other allegations, untick that one",
    }.get(attempt.answers.get("offence") or "")
    return Refusal(words, (*UNDER, "reg 15(1)", "reg 27"), field="offence") if words else None


def referral_runs() -> str:
    """The warning for a body that looks at a complaint first."""
    return (
        "If an offence appears while they look at it, the day of referral runs: it goes to the IOPC by the end of the "
        "day after this first became clear, and does not wait for a meeting (regulation 13)."
    )
