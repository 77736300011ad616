"""What pages show of a complaint beyond the common: its facts, badges, allegations and summary."""

from functools import cached_property

from django.urls import reverse

from complaints.beside import as_it_was_entered, mid, never_first, public_row, publishing, reading, said
from complaints.keys import WITH_THE_IOPC, DutyKey, StateKey, StepKey
from complaints.models import Allegation, Complaint
from complaints.procedure.old_register import NOT_KNOWN
from complaints.procedure.regulation_15 import grounds_in_words
from complaints.who_acts import acting_words, written_to_words
from panel.access import rules
from panel.casework.challenge_steps import is_challenged
from panel.casework.offers import offers
from panel.law.period import day_words
from panel.law.provisions import cite
from panel.law.roles import DECLARATIONS, Role
from panel.law.spoken import say
from panel.pages.people_names import People
from panel.pages.set_aside import set_aside

WITHHELD = "Name withheld"
FROM_REGISTER = "From the old register"


class ComplaintPresenter:
    """One complaint for one person."""

    parts_words = "Allegations"
    # Taken when something comes in.
    never_first = property(never_first)
    own_dates = False  # the identity bar says when it was received
    stage_hints = {2: "by the Chairman", 3: "sub-panel, full Panel or informally"}
    onward = {
        "record", "filter", "appoint_sub_panel", "resolve_informally", "record_outcome", "close", "refer_to_iopc",
        "resume", "iopc_refers_back", "iopc_concludes", "proceedings_end",
    }  # fmt: skip

    def __init__(self, look):
        self.look = look
        self.case: Complaint = look.case
        self.sees = rules.sees_complainant(look.who, look.case_roles)
        self.covered: list | None = None  # the parts that the step at hand covers, where a step is at hand

    @property
    def asked(self) -> tuple[str, ...]:
        """Steps that this person is asked for without a duty: the Monitoring Officer for advice (para 7)."""
        mo, facts = Role.MONITORING_OFFICER in self.look.roles, self.look.facts
        waiting = [p for p in self.look.parts if p.status == StateKey.RECORDED and not facts.advised(p)]
        return ("advise",) if mo and waiting else ()

    @property
    def waiting(self) -> dict[str, str]:
        """What the present stage waits for, where it is no side state."""
        still = [p for p in self.look.parts if p.status == self.case.status]
        if still and all(p.due_to_iopc for p in still):
            return dict.fromkeys(("received", "recorded", "filtered"), "must first go to the IOPC")
        if still and all(p.suspended_on for p in still):
            return dict.fromkeys(self.look.procedure.open_states, "suspended by the IOPC")
        return {"recorded": "waiting for the Chairman", "received": "waiting for the decision on recording"}

    @property
    def ways_out(self) -> str:
        """Which other ways lead out of where it stands."""
        ways = []
        if not self.case.conduct_matter:
            ways.append("end by withdrawal (paragraph 15)")
        if self.case.status not in WITH_THE_IOPC:
            ways.append("go to the IOPC (paragraph 3)")
        what = "conduct matter" if self.case.conduct_matter else "complaint"
        return f"The {what} can also {' or '.join(ways)} from here." if ways else ""

    @property
    def complainant(self) -> str:
        """The complainant's name for this person."""
        return complainant_words(self.case, self.sees)

    def badges(self) -> list[dict]:
        """What marks the case."""
        found = []
        subjects = self.look.facts.subjects
        still = [p for p in self.look.parts if self.look.procedure.state(p.status).open]
        if self.case.conduct_matter:
            found.append({"kind": "plain", "words": "Conduct matter"})
        if self.case.from_register:
            found.append({"kind": "plain", "words": FROM_REGISTER})
        if self.case.restricted:
            found.append({"kind": "plain", "words": "Restricted"})
        if any(d.stopped_on for d in self.look.open_duties):
            found.append({"kind": "plain", "words": "Clock stopped"})
        if any(p.suspended_on for p in still):
            found.append({"kind": "plain", "words": "Suspended by the IOPC"})
        if is_challenged(self.look):
            found.append({"kind": "plain", "words": "Challenged from outside"})
        if any(s.copy == "anonymised" for s in subjects):
            names = {s.office_holder.get_office_display() for s in subjects if s.copy == "anonymised"}
            found.append({"kind": "plain", "words": f"Not to be named to the {' or '.join(sorted(names))}"})
        if any(s.copy == "withheld" for s in subjects):
            found.append({"kind": "plain", "words": "Copy withheld"})
        if any(d.kind == DutyKey.LOOK_AT_OFFENCE for d in self.look.open_duties):
            found.append({"kind": "plain", "words": "Asked whether it is an offence"})
        if any(p.due_to_iopc for p in still):
            found.append({"kind": "plain", "words": "Must go to the IOPC"})
        if any(p.due_to_iopc or p.status in WITH_THE_IOPC for p in still):
            found += [
                {"kind": "plain", "words": f"{name} was sent a copy", "late": True}
                for name in map(self.look.facts.recipient_words, sorted(self.look.facts.sent_a_copy))
            ]
        if self.look.facts.kept_from():
            found.append({"kind": "plain", "words": "The office holder is not to be told", "late": True})
        if any(r.kind in DECLARATIONS for r in self.look.case_roles):
            found.append({"kind": "plain", "words": "Interest declared"})
        return found

    def facts(self) -> list[dict]:
        """Complainant and office holders, for the identity bar."""
        about = self.look.facts.about
        who = ("Complaint", "None: conduct matter") if self.case.conduct_matter else ("Complainant", self.complainant)
        found = [{"label": who[0], "value": who[1]}, {"label": "About", "value": about}]
        if self.sees and self.case.agent:
            found.insert(1, {"label": "Write to", "value": written_to_words(self.case)})
        return found

    def parts_table(self) -> dict:
        """The allegations, each with its date, status and decision."""
        rows = []
        for p in self.look.parts:
            state = self.look.procedure.state(p.status)
            rows.append(
                {
                    "cells": [
                        {"words": f"{p.number}. {p.what}"},
                        {"words": day_words(p.happened_on) if p.happened_on else "Not known"},
                        {"tag": {"words": state.label, "colour": state.colour}},
                        {"words": self.decision(p), "note": self.before_reopening(p)},
                    ]
                }
            )
        columns = [{"words": w, "nowrap": w == "Date"} for w in ("Allegation", "Date", "Status", "What was decided")]
        return {"columns": columns, "rows": rows}

    def decision(self, allegation: Allegation) -> str:
        """What was decided on an allegation, in one line, and when."""
        on = self.look.last_move_on(allegation)
        day = day_words(on) if on else ""
        if allegation.status in (StateKey.WITHDRAWN, StateKey.VOID):  # whatever was decided before that came to nothing
            return f"{self.look.procedure.state(allegation.status).label} {day}".strip()
        if allegation.suspended_on and self.look.procedure.state(allegation.status).open:
            return f"Suspended by the IOPC since {day_words(allegation.suspended_on)} ({cite('reg 22')})"
        if self.case.from_register and (old := as_it_was_entered(self, allegation, day)):
            return old
        if allegation.status == StateKey.REDIRECTED:
            sent = f"sent to {mid(allegation.redirected_to)}, {day} ({cite('para 2', 'reg 9')})"
            return f"{allegation.get_redirected_display()}: {sent}"
        if allegation.status == StateKey.NOT_RECORDED:
            return f"{allegation.get_not_recorded_display()}, {day} ({cite('para 8', 'reg 9')})"
        if allegation.status in WITH_THE_IOPC:
            return f"{self.look.procedure.state(allegation.status).label} since {day}" + (
                f", reference {allegation.iopc_reference}" if allegation.iopc_reference else ""
            )
        if allegation.outcome:
            return f"{allegation.get_outcome_display()}, {self.decided_on(allegation, 'record_outcome') or day}"
        if allegation.direction and allegation.status in (StateKey.RECORDED, StateKey.CLOSED) and not allegation.route:
            return f"The IOPC stopped investigating, {day}. {allegation.get_direction_display()} ({cite('reg 24')})"
        if allegation.route:
            decided = self.decided_on(allegation, "filter", "take_no_action")
            return allegation.get_route_display() + grounds_in_words(allegation) + (f", {decided}" if decided else "")
        if allegation.status == StateKey.CLOSED and (how := self.ended_by(allegation)):
            return f"{how}, {day}"
        if allegation.due_to_iopc and self.look.procedure.state(allegation.status).open:
            return f"{allegation.get_serious_display()} since {day_words(allegation.serious_on)}"
        return f"{self.look.procedure.state(allegation.status).label} {day}".strip()

    def before_reopening(self, allegation: Allegation) -> str:
        """What was recorded and decided before the allegation was reopened, with its days (para 17); else nothing."""
        reopened = self.look.facts.reopened(allegation)
        if not reopened:
            return ""
        mine = [e for e in self.look.in_force if any(m.part_id == allegation.pk for m in e.moves.all())]
        before = {e.step: day_words(e.on) for e in mine if e.number < reopened}
        on = next(day_words(e.on) for e in mine if e.number == reopened)
        said = [
            f"recorded {before['record']}" if "record" in before else "",
            f"decision of {before['filter']} set aside" if "filter" in before else "",
            f"reopened {on}",
        ]
        words = "; ".join(filter(None, said))
        return f"{words[0].upper()}{words[1:]}"

    def decided_on(self, allegation: Allegation, *steps: str) -> str:
        """The day of the last of these steps on the allegation."""
        days = [
            e.on
            for e in self.look.in_force
            if e.step in steps and any(m.part_id == allegation.pk for m in e.moves.all())
        ]
        return day_words(days[-1]) if days else ""

    def ended_by(self, allegation: Allegation) -> str:
        """How the IOPC, a prosecutor or a court ended an allegation that left nothing for the Panel."""
        ending = next(
            (
                e
                for e in reversed(self.look.in_force)
                for m in e.moves.all()
                if m.part_id == allegation.pk and m.target == StateKey.CLOSED
            ),
            None,
        )
        if ending is None:
            return ""
        if ending.step == StepKey.IOPC_CONCLUDES and ending.answers.get("ended") == "ceased":
            return f"The Regulations ceased to apply ({cite('reg 22(6)')})"
        words = {
            "iopc_concludes": "The IOPC has reported, and nothing is left for the Panel",
            "proceedings_end": "Proceedings have ended, and nothing is left for the Panel",
        }
        return words.get(ending.step, "")

    def summary(self) -> list[dict]:
        """How it arrived, who complains, copies and the rest, as rows."""
        case, facts = self.case, self.look.facts
        rows = []

        corrects = "correct" in self.offered

        def row(label, value, corrected=""):
            if value:
                change = {"url": f"{self.url('step', 'correct')}#id_{corrected}"} if corrected and corrects else None
                rows.append({"label": say(label), "value": value, "change": change})

        unknown = NOT_KNOWN if case.from_register else ""
        row("Reference in the old register", unknown and (case.old_reference or unknown))
        arrived = f"Passed on by {mid(case.through)}" if case.through else case.get_channel_display()
        if case.made_on:
            arrived += f", made on {day_words(case.made_on)}"
        if case.conduct_matter:
            row("How it came to light", case.came_to_light, "came_to_light")
        else:
            row("How it arrived", arrived or unknown, "channel_0")
        if case.iopc_decided_on:
            row("IOPC", f"Decided on {day_words(case.iopc_decided_on)} not to investigate")
        row("Whose conduct", facts.about, "subjects_0")
        row("Kind of complainant", case.get_complainant_kind_display() or unknown, "complainant_kind")
        if self.sees and facts.complainant:
            c = facts.complainant
            row("Contact", "\n".join(v for v in (c.email, c.phone, c.address) if v) or "None given", "email")
            row("How to write to them", c.how_to_write, "how_to_write")
            row("Acting for them", acting_words(case), "agent")
        row("Theme", dict(self.look.procedure.themes).get(case.theme, "") or unknown, "theme")
        due = self.look.procedure.state(case.status).open  # of what has ended no copy is to be decided any more
        copies = [
            f"{s.office_holder.short_name}: {s.get_copy_display().lower()}" for s in facts.subjects if s.copy or due
        ]
        row("Copy of the complaint", "" if case.conduct_matter else "\n".join(copies))
        left = [
            s.office_holder
            for s in facts.subjects
            if s.office_holder.to_date and s.office_holder.to_date <= self.look.today
        ]
        row("Left office", "\n".join(f"{h.short_name}, on {day_words(h.to_date)}" for h in left))
        row("Merged into", facts.merged_into.reference if facts.merged_into else "")
        row("Merged into this one", "\n".join(f"{c.reference}, {c.title}" for c in facts.merged))
        row("The sub-panel’s opinion", self.answered("opinion", StepKey.NOTE_OPINION, quoted=True))
        row("Record of the outcome", self.answered("record", StepKey.RECORD_OUTCOME))
        rows += public_row(self)
        row("Publication", self.publication())
        row("Text to be published", self.answered("redacted", StepKey.DECIDE_PUBLICATION))
        row("Summary for the annual report", self.answered("summary", StepKey.CLOSE))
        if case.restricted:
            named = [r.user.name for r in self.look.case_roles if r.kind == "named"]
            row("Restricted to", ", ".join(named))
        row("Sub-panel", self.seats())
        if self.look.who.roles & {Role.OFFICER, Role.MONITORING_OFFICER, Role.AUDITOR}:
            row("Interest declared by", self.interests())
        row("Kept by", case.assigned_to.name if case.assigned_to else "")
        return rows

    def interests(self) -> str:
        """Who declared an interest, and whether they withdrew, a line each."""
        declared = (r for r in self.look.case_roles if r.kind in DECLARATIONS)
        return "\n".join(
            f"{r.member.name if r.member else r.user.name}, {'withdrew' if r.kind == 'interested' else 'stays'}"
            for r in declared
        )

    def seats(self) -> str:
        """Who sits on the sub-panel; while it has the complaint, also who has left and which seats are empty."""
        sits, facts = [r.member for r in self.look.facts.sub_panel], self.look.facts
        has_it = any(p.status in (StateKey.SUB_PANEL, StateKey.INFORMAL_RESOLUTION) for p in self.look.parts)
        names = [
            f"{m.name} (left the Panel on {day_words(m.to_date)})"
            if has_it and not m.holds(self.look.today)
            else m.name
            for m in sits
        ]
        if has_it and (empty := sum(d.kind == DutyKey.FILL_SEAT for d in facts.look.open_duties)):
            names.append(f"{empty} seat{'s' if empty > 1 else ''} empty")
        return ", ".join(names)

    def answered(self, name: str, step: str, quoted: bool = False) -> str:
        """What was answered in the step, each time it was taken since the complaint was last reopened."""
        since = self.look.facts.taken_up
        taken = [e for e in self.look.in_force if e.step == step and e.number > since and self.sees]
        found = [e.answers[name] for e in taken if e.answers.get(name)]
        return "\n".join(f"“{text}”" if quoted else text for text in found)

    def publication(self) -> str:
        """Whether the record of the outcome is published, as decided and as done."""
        decided = self.look.facts.noted(StepKey.DECIDE_PUBLICATION, self.look.parts)
        if decided is None:
            return ""
        if decided.answers.get("publish") != "yes":
            return "Not to be published"
        done = [d for d in self.look.duties if d.kind == DutyKey.PUBLISH and d.closed_how == "met"]
        return f"Published on {day_words(done[-1].closed_by.on)}" if done else "To be published"

    @cached_property
    def offered(self) -> set[str]:
        """Keys of the steps that this person can take now."""
        return {o.step.key for o in offers(self.look) if o.refusal is None}

    def words(self) -> str:
        """The complaint in the complainant's own words, for those who may know who complained."""
        return self.case.words if self.sees else ""

    def files(self) -> list:
        """A complaint has no file that its documents do not have."""
        return []

    def says(self) -> str:
        """One sentence: who says what about whom."""
        who = self.complainant if self.case.complainant_id else "Somebody who gave no name"
        about = " and ".join(
            f"the {s.office_holder.get_office_display()}, {s.office_holder.name}" for s in self.look.facts.subjects
        )
        if self.case.conduct_matter:
            return self._conduct(about)
        about = about or self.case.about_whom or "nobody in these offices"
        parts = [p for p in self.look.parts if self.look.procedure.state(p.status).open]
        what = "; ".join(f"{p.what[:1].lower()}{p.what[1:].rstrip('.')}" for p in parts)
        return f"{who} complains about {about}{': ' if what else ''}{what}."

    def _conduct(self, about: str) -> str:
        what = "; ".join(p.what.rstrip(".") for p in self.look.parts if self.look.procedure.state(p.status).open)
        return f"A conduct matter, without a complaint, about {about}: {what[:1].lower()}{what[1:]}."

    @cached_property
    def reading(self) -> dict:
        """What is read beside a decision on the complaint."""
        return reading(self)

    @cached_property
    def publishing(self) -> dict:
        """What is read beside the decision on publishing."""
        return publishing(self)

    @property
    def said(self) -> list[dict]:
        """What was said of the complaint, read beside the record of its outcome."""
        return said(self)

    @property
    def undone(self) -> str:
        """The Chairman's decision that was taken back, until there is another; else nothing."""
        return set_aside([self.look]).get(self.case.pk, "")

    @property
    def not_ready(self) -> list[dict]:
        """Other steps for a Chairman who is not ready to decide."""
        keys = ("ask_for_information", "ask_about_offence", "identify_serious", "declare_interest")
        steps = [self.look.procedure.step(k) for k in keys if self.look.procedure.has_step(k)]
        links = [{"words": s.label, "url": self.url("step", s.key), "note": ""} for s in steps]
        mine = frozenset({self.look.user.pk})
        if Role.CHAIRMAN in self.look.who.roles and self.look.procedure.has_step(keys[-1]):
            nobody = self.people.nobody(self.look, mine)
            links[-1]["note"] = (
                f"({nobody or f'{self.people.who(Role.CHAIRMAN, self.look, interested=mine)} then decides'})"
            )
        return links

    @cached_property
    def people(self) -> People:
        """Who does what today."""
        return People(self.case.panel, self.look.today)

    def url(self, name, *args) -> str:
        """An address under this case."""
        return reverse(f"panel:{name}", args=[self.case.panel.slug, "complaints", self.case.reference, *args])


def complainant_words(case: Complaint, sees: bool) -> str:
    """The complainant's name, "Anonymous", "Name withheld", or that it is a conduct matter, with no complaint."""
    if case.conduct_matter:
        return "Conduct matter"
    if not sees:
        return WITHHELD
    nobody = NOT_KNOWN if case.from_register else "Anonymous"
    return case.complainant.name if case.complainant_id else nobody
