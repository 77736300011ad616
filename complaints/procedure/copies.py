"""The decision on the office holder's copy is reopened by a later fact that could be a reason to withhold it (reg 31): an
offence appears, it is referred, the office holder is not to be told, the case is restricted."""

from dataclasses import replace

from complaints.models import Subject
from complaints.procedure.duties import DECIDE_COPIES
from complaints.procedure.states import FROM_RECORDED
from panel.models import office_holder_slug
from panel.procedure.vocabulary import Refusal

TO_BE_SENT = (Subject.Copy.FULL, Subject.Copy.ANONYMISED)


def reopen_copies(attempt):
    """Set aside each decision to send a copy that has not been carried out. What was sent cannot be called back."""
    for subject in attempt.facts.subjects:
        slug = office_holder_slug(subject.office_holder)
        if subject.copy in TO_BE_SENT and slug not in attempt.facts.sent_a_copy:
            subject.copy = Subject.Copy.UNDECIDED
            subject.save()


def is_on_the_record(attempt):
    """Whether a copy is to be decided on, of what stands on the record."""
    return bool(DECIDE_COPIES.when(attempt)) and any(p.status in FROM_RECORDED for p in attempt.look.parts)


DECIDE_COPIES_ANEW = replace(DECIDE_COPIES, when=is_on_the_record)


def nobody_is_tipped_off(attempt):
    """While the office holder is not to be told, no copy goes out: only withholding it can be decided (regs 13, 31)."""
    if attempt.answers["copy"] == Subject.Copy.WITHHELD or not attempt.facts.kept_from():
        return None
    return Refusal(
        "The office holder is not to be told while the IOPC has it, since that might prejudice an investigation: choose "
        "“No copy for now”",
        ("para 3", "para 6", "reg 13", "reg 31"),
        field="copy",
    )


def nobody_is_told_who_may_not_be(attempt):
    """Nobody is told who is not to be told while the IOPC has it (reg 13)."""
    for duty in attempt.form.duties_chosen():
        if attempt.facts.not_to_be_told(duty.recipient):
            who = attempt.facts.recipient_words(duty.recipient)
            return Refusal(
                f"{who} is not to be told while the IOPC has it, since that might prejudice an investigation",
                ("para 3", "reg 13"),
                field="duties",
            )
    return None
