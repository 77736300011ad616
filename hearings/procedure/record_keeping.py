"""Keeping the record of a hearing: its checklist, notices, notes and corrections, and what takes it up again."""

from hearings.keys import StepKey
from hearings.models import Check
from hearings.procedure import checklist
from hearings.procedure.conditions import panel_was_notified, poll_is_not_left_out
from hearings.procedure.duties import (
    CANCEL_MEETING,
    CONSIDER_REVERSAL,
    INVITE,
    KEEP_FREE,
    REPORT_KEYS,
    REVIEW_RESTRICTION,
    TELL_ADJOURNED,
    TELL_MOVED,
    TELL_PANEL,
    TELL_PUT_OFF,
    TELL_WITHDRAWN,
)
from hearings.procedure.effects import drop_cached_facts, title_anew
from hearings.procedure.law import DECISION, EXEMPT, GUIDANCE, HEARING, NOTIFICATION, REVIEW, WHOLE_PANEL
from hearings.procedure.posts import (
    FLAGS,
    FLAGS_IN_TITLES,
    posts_of,
)
from hearings.procedure.states import (
    EVERY,
    OPEN,
)
from panel.casework import challenge_steps, shared_forms, shared_steps
from panel.casework.agenda import take_back_together
from panel.casework.shared_steps import STAFF, count_anew
from panel.casework.step_form import StepForm
from panel.forms.fields import CheckboxesField, DateField, HintedChoice, RadiosField, SelectField, TextField
from panel.law import clock
from panel.law.period import day_words
from panel.law.roles import Role
from panel.procedure.vocabulary import Refusal, Step, Target

CORRECTED = [choice for choice in FLAGS if choice[0] != "job_share"]  # two candidates: not a slip of the pen

# The checklist


class ItemForm(StepForm):
    """One item of the checklist."""

    choose = "Which item?"
    item = SelectField(
        label="Item",
        choices=[(i.key, i.words) for i in checklist.ITEMS],
        blank="Choose",
        required_message="Select the item",
    )

    def add_questions(self):
        """The items that somebody may mark."""
        look = self.attempt.look
        self._items = {i.key: i for i in checklist.items(look)} if not look.new else {}
        choices = [HintedChoice(i.key, i.words, i.provision) for i in self._items.values() if self.offered(i)]
        self.fields["item"].label, self.fields["item"].choices = self.choose, choices
        self.order_fields(["item"])

    def offered(self, item) -> bool:
        """Whether it can be marked so."""
        raise NotImplementedError

    def chosen(self):
        """The item chosen, or None."""
        return self._items.get(self.cleaned_data.get("item"))


class CompleteItemForm(ItemForm):
    """An item that no other step settles is done."""

    on_label = "When was it done?"
    evidence = TextField(
        label="What shows it?",
        max_length=300,
        required_message="Enter what shows it",
        help_text="For example: letter of 9 November 2026.",
    )
    columns = ("evidence",)

    def offered(self, item):
        """Others are done by their step, but for what is typed up after the hearing and has no step of its own."""
        if item.reads is None:
            return True
        stands = checklist.standing(self.attempt.look, item)
        return stands.state == checklist.UNKNOWN and not stands.step


class SkipItemForm(ItemForm):
    """Guidance is skipped, with the reason."""

    on_label = "When was this decided?"
    why_label = "Why is it skipped?"

    def offered(self, item):
        """All: what the law requires is refused with the reason."""
        return item.basis == "guidance" or bool(self.data)


class NotDoneForm(ItemForm):
    """Something that the law requires did not happen: recorded, with the reason, and the report says so."""

    on_label = "When was this noted?"
    why_label = "Why did it not happen?"

    def offered(self, item):
        """What the law requires."""
        return item.basis == "law"


def law_is_not_skipped(attempt):
    """Guidance is skipped with a reason; what the law requires is done, or recorded as not done."""
    item = attempt.form.chosen()
    if item is not None and attempt.step.key == StepKey.SKIP_ITEM and item.basis == "law":
        return Refusal(
            "What the law requires cannot be skipped. If it did not happen, record that it was not done",
            item.under,
            field="item",
        )
    return None


def mark_item(attempt, state):
    """Keep how an item of the checklist stands."""
    Check.objects.create(
        proposal=attempt.facts.proposal,
        entry=attempt.entry,
        item=attempt.answers["item"],
        state=state,
        on=attempt.on,
        evidence=attempt.answers.get("evidence") or "",
        why=attempt.form.cleaned_data.get("why") or "",
    )
    drop_cached_facts(attempt)


def complete_item(attempt):
    """The item is done."""
    mark_item(attempt, Check.State.DONE)


def skip_item(attempt):
    """The item is skipped."""
    mark_item(attempt, Check.State.SKIPPED)


def note_not_done(attempt):
    """The item was not done."""
    mark_item(attempt, Check.State.NOT_DONE)


# Corrections


class CorrectForm(shared_forms.CorrectForm):
    """Put a fact right that was typed wrongly: the post, a name, the day of the notification or of what came with it.
    Never a status, never a decision, never a vote. Days counted from the notification are counted again."""

    post = RadiosField(label="Post", choices=(), required_message="Select the post")
    flags = CheckboxesField(label="Special in some way", required=False, choices=CORRECTED)
    received_on = DateField(label="When the notification was received", what="the day of the notification", past=True)

    def initial_answers(self):
        """Everything as it is on record, for the notification that is being dealt with."""
        case, facts = self.attempt.case, self.attempt.facts
        found = {"post": case.post, "flags": [key for key, *_ in CORRECTED if getattr(case, key)]}
        found["received_on"] = facts.proposal.received_on if facts.proposal else case.received_on
        found |= {f"name_{p.number}": p.name for p in self.attempt.look.parts}
        return found | {f"came_{kind}": item.came_on for kind, item in facts.items.items()}

    def add_questions(self):
        """Each candidate, and each thing that has come."""
        look, facts = self.attempt.look, self.attempt.facts
        self.fields["post"].choices = posts = posts_of(facts.law.schedule)
        if len(posts) == 1:
            del self.fields["post"]
        if facts.proposal is None:
            self.fields["received_on"].label = "When the Panel learnt of it"
            del self.fields["flags"]
        elif facts.proposal.received_on is None:
            self.fields["received_on"].required = False
        for p in look.parts:
            self.fields[f"name_{p.number}"] = TextField(
                label="Candidate’s name" if len(look.parts) == 1 else f"Name of candidate {p.number}",
                max_length=120,
                required_message="Enter the candidate’s name",
                what="The name",
            )
        for kind, item in facts.items.items():
            words = str(item)
            self.fields[f"came_{kind}"] = DateField(
                label=f"{words}: when it came", what="the day it came", past=True, required=item.came_on is not None
            )
        self.order_fields(["post", "flags", *(f"name_{p.number}" for p in look.parts), "received_on"])
        self.initial = self.initial_answers()

    def recounted(self):
        """The report, where the three weeks count from the day that is put right."""
        return duty_to_report_anew(self.attempt, new_start(self.attempt, self.changed()))


def the_poll_is_noted(attempt) -> Refusal | None:
    """An ordinary election that falls into the three weeks as they then begin is noted first."""
    p = attempt.facts.proposal
    start = new_start(attempt, attempt.form.changed())
    return poll_is_not_left_out(attempt, start, "received_on", known=p.poll_on) if p else None


def corrections_in_order(attempt) -> Refusal | None:
    """First the notification, then what came later and every other step."""
    received, under = attempt.answers.get("received_on"), attempt.facts.law.of(NOTIFICATION)
    if received is None:
        return None
    if "received_on" in attempt.form.changed():
        made = attempt.facts.proposal.entry_id if attempt.facts.proposal else attempt.look.entries[0].pk
        number = next(e.number for e in attempt.look.entries if e.pk == made)
        later = [e.on for e in attempt.look.in_force if e.number > number]
        if later and received > min(later):
            return Refusal(
                f"The day of the notification must be on or before {day_words(min(later))}, the day of the next step",
                under,
                field="received_on",
            )
        before = [e.on for e in attempt.look.in_force if e.number < number]
        if before and received < max(before):
            return Refusal(
                f"The day of the notification must be on or after {day_words(max(before))}, the day of the step before",
                under,
                field="received_on",
            )
        if found := the_poll_is_noted(attempt):
            return found
    for kind in attempt.facts.items:
        day = attempt.answers.get(f"came_{kind}")
        if day and day < received and f"came_{kind}" in attempt.form.changed():
            return Refusal("It cannot have come before the notification", under, field=f"came_{kind}")
    return None


def new_start(attempt, changed):
    """The day from which the three weeks count once these facts are right; None where they do not run."""
    p = attempt.facts.proposal
    if p is None or p.counted_from is None:
        return None
    received = changed.get("received_on")
    return received if received and p.counted_from == p.received_on else p.counted_from


def duty_to_report_anew(attempt, start) -> list:
    """(duty, Count) of the open duty to report, where its day moves with that start of the three weeks."""
    p = attempt.facts.proposal
    if start is None:
        return []
    try:
        count = clock.three_weeks(start, p.poll_on, p.accepted_on)
    except ValueError:  # it reaches a poll whose end is not known
        return []
    return [(d, count) for d in attempt.look.open_duties if d.kind in REPORT_KEYS and d.due != count.day]


def correct_facts(attempt):
    """Put the facts right. What came with the notification moves with its day; so does the report."""
    case, form, p = attempt.case, attempt.form, attempt.facts.proposal
    changed = form.changed()
    found = form.recounted()
    start = new_start(attempt, changed)
    received = changed.get("received_on")
    for kind, item in attempt.facts.items.items():
        with_it = received and item.came_on == p.received_on and f"came_{kind}" not in changed
        day = received if with_it else changed.get(f"came_{kind}", item.came_on)
        if day != item.came_on:
            item.came_on = day
            item.save()
    if received:
        if p is not None:
            p.received_on, p.counted_from = received, start
            p.save()
        if len(attempt.facts.proposals) < 2:
            case.received_on = received
    for part in attempt.look.parts:
        name = changed.get(f"name_{part.number}")
        if name:
            for r in attempt.facts.resolutions:
                if r.candidate_id == part.pk and r.person == part.name:
                    r.person = name
                    r.save()
            part.name = name
            part.save()
    case.post = changed.get("post", case.post)
    for flag in [f for f in FLAGS_IN_TITLES if f != "job_share"] if "flags" in changed else ():
        setattr(case, flag, flag in (changed["flags"] or ()))
    title_anew(attempt)
    count_anew(found)
    drop_cached_facts(attempt)


CHALLENGES = challenge_steps.challenges(EVERY, GUIDANCE)

STEPS = (
    Step(
        "complete_item", "Mark a checklist item as done", EVERY, Target.STAYS, entered_by=STAFF,
        provisions=(REVIEW, *GUIDANCE),
        past_label="Checklist item done", button="Mark it as done", scope="case", folded=True, guards=(panel_was_notified,),
        form=CompleteItemForm,
        effect=complete_item,
    ),
    Step(
        "skip_item", "Skip a checklist item", EVERY, Target.STAYS, entered_by=STAFF, provisions=GUIDANCE,
        past_label="Checklist item skipped",
        button="Skip it", scope="case", folded=True, hint="Guidance only, with a reason.", guards=(panel_was_notified,),
        form=SkipItemForm,
        checks=(law_is_not_skipped,), effect=skip_item,
    ),
    Step(
        "note_not_done", "Record that something required was not done", EVERY, Target.STAYS, entered_by=STAFF,
        provisions=(REVIEW,),
        past_label="Recorded as not done", button="Record it", scope="case", folded=True, hint="The report says so.",
        guards=(panel_was_notified,),
        form=NotDoneForm, effect=note_not_done,
    ),
    shared_steps.give_notice(EVERY, (HEARING, DECISION), (
        INVITE, TELL_PANEL, CANCEL_MEETING, TELL_MOVED, TELL_PUT_OFF, TELL_ADJOURNED, TELL_WITHDRAWN, KEEP_FREE,
    )),
    shared_steps.waive_duty(EVERY, (NOTIFICATION,)),
    shared_steps.add_documents(EVERY, (NOTIFICATION,)),
    shared_steps.note_contact(EVERY, (NOTIFICATION,), by=(*STAFF, Role.CHAIRMAN)),
    shared_steps.declare_an_interest(EVERY, (WHOLE_PANEL,)),
    shared_steps.assign_to(OPEN, (NOTIFICATION,)),
    shared_steps.correct(
        EVERY, (NOTIFICATION,), CorrectForm, does=correct_facts, checks=(corrections_in_order,)
    ),
    shared_steps.restrict(EVERY, (EXEMPT,), REVIEW_RESTRICTION),
    shared_steps.unrestrict(EVERY, (EXEMPT,), REVIEW_RESTRICTION),
    *CHALLENGES,
    shared_steps.ask_for_reversal(EVERY, (NOTIFICATION,), CONSIDER_REVERSAL, by=(Role.OFFICER, Role.CHAIRMAN)),
    shared_steps.reverse(EVERY, (NOTIFICATION,), CONSIDER_REVERSAL, effect=take_back_together),
)  # fmt: skip
