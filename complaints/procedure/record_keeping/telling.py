"""Duties are met by telling somebody, or waived by name (paras 6 and 14; regs 10, 28, 31 and 37)."""

from complaints.keys import WRITTEN_TO, DutyKey
from complaints.procedure.copies import nobody_is_told_who_may_not_be
from complaints.procedure.duties import CHASE_ANSWER
from complaints.procedure.states import ANY
from panel.casework import shared_forms, shared_steps
from panel.casework.shared_steps import in_the_future
from panel.forms.fields import DateField, RadiosField
from panel.forms.layout import Question
from panel.law.roles import Role
from panel.procedure.vocabulary import Refusal

PUBLISHED = (DutyKey.PUBLISH, DutyKey.PUBLISH_REPORT)


class GiveNoticeForm(shared_forms.GiveNoticeForm):
    """Somebody was told; who is invited to comment is told by when (regs 10, 28, 31, 37)."""

    answer_by = DateField(
        label="By when may they comment?", what="the day by which they may comment", sometimes=True,
        help_text="Only for an invitation to comment.",
    )  # fmt: skip
    how = RadiosField(
        label="How was it sent?", choices=[*shared_forms.HOW, ("website", "On the Panel’s website")],
        required_message="Select how it was sent",
    )  # fmt: skip
    labels = {**shared_forms.GiveNoticeForm.labels, WRITTEN_TO: "Written to"}  # noqa: RUF012
    shape = ("duties", Question("how", inline=True), "answer_by", *shared_forms.GiveNoticeForm.copy_shape)

    def clean(self):
        """A page of the website tells nobody in particular."""
        cleaned = super().clean()
        if cleaned.get("how") == "website" and any(d.kind not in PUBLISHED for d in self.duties_chosen()):
            self.add_error("how", "Select how they were told: on the website only what is to be published is found")
        return cleaned

    def change_answers(self, answers):
        """With whom was written to, where somebody acts for the complainant."""
        case = self.attempt.case
        told = any(d.recipient == Role.COMPLAINANT for d in self.duties_chosen())
        return {**answers, WRITTEN_TO: case.written_to} if told and case.represented else answers

    def add_questions(self):
        """A day for comments only where somebody is invited; the website only where something is to be published."""
        super().add_questions()
        if not any(d.kind in PUBLISHED for d in self.notices):
            self.fields["how"].choices = shared_forms.HOW
        if not any(d.kind == DutyKey.INVITE_COMMENTS for d in self.notices):
            del self.fields["answer_by"]


def comments_have_a_day(attempt):
    """Who is invited to comment is told by when (reg 28)."""
    invited = [d for d in attempt.form.duties_chosen() if d.kind == DutyKey.INVITE_COMMENTS]
    if invited and not attempt.answers.get("answer_by"):
        return Refusal("Enter the day by which they may comment", ("para 12", "reg 28"), field="answer_by")
    return None


def give_notice(duties):
    """The step that meets every duty to tell somebody: it takes them from all chapters, so the procedure makes it."""
    return shared_steps.give_notice(
        ANY, ("para 6", "para 14", "reg 10", "reg 31", "reg 37"), duties, form=GiveNoticeForm, opens=(CHASE_ANSWER,),
        checks=(
            nobody_is_told_who_may_not_be, comments_have_a_day,
            in_the_future("answer_by", "The day by which they may comment"),
        ),
    )  # fmt: skip


STEPS = (shared_steps.waive_duty(ANY, ("para 5",)),)
