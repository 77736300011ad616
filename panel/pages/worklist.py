"""What needs doing: open duties of the cases a person sees, as the sections of their home page."""

from datetime import timedelta
from functools import cached_property

from django.db.models import Exists, F, OuterRef
from django.urls import reverse

from panel.access import rules
from panel.casework.offers import entering_roles
from panel.casework.retention_steps import CONFIRM_ERASURE
from panel.law.roles import OUTSIDE, Basis, Consulted, Role
from panel.models import Case, CaseRole, Entry, Panel
from panel.pages.letter_links import letter_of, write_link
from panel.pages.owned import open_duties
from panel.pages.words import Cell, badge, case_url, duty_words, sentence, step_url, when_words
from panel.procedure.register import REGISTERS, advice_steps, of_procedure, procedures, procedures_of
from panel.procedure.vocabulary import DutyKind

MOST_ROWS_OF_A_SECTION = 50  # the rest is counted, and found in the list
MOST_ROWS_ALIKE = 3  # more of the same duty without a day are one row


WAITED_FOR = {
    *OUTSIDE,
    Role.CHAIRMAN,
    Role.SUB_PANEL,
    Role.PANEL,
}  # whose duties are other people's, on the page of staff
NAMED = (Role.CHAIRMAN, Role.OFFICER, Role.MONITORING_OFFICER)  # who is said by name where they are waited for
LABELS = {
    "overdue": "overdue", "today": "today", "week": "later this week", "undated": "no day set", "after": "after this week",
}  # fmt: skip


class Worklist:
    """The sections of one person's home page. Duties alike but for the allegation are one row. All duties are asked for
    at once, so that the number of queries depends neither on how many there are nor on the sections."""

    def __init__(self, who, user, today, people, panel=None):
        panel = panel or Panel.objects.get(pk=who.panel_id)
        self.panel, self.who, self.user, self.today, self.people = panel, who, user, today, people
        staff = who.roles & {Role.OFFICER, Role.MONITORING_OFFICER}
        self.mine = {Role.OFFICER, Role.MONITORING_OFFICER} if staff or Role.AUDITOR in who.roles else set(who.roles)
        self.unfilled = people.unfilled()  # their duties show to the Monitoring Officer, so that somebody sees to them
        if Role.MONITORING_OFFICER in who.roles:
            self.mine |= self.unfilled
        self.week_end = today + timedelta(days=6 - today.weekday())
        self.procedures = procedures_of(panel)

    def kind(self, duty) -> DutyKind:
        """The kind of a duty."""
        return self.procedures[duty.procedure].duty(duty.kind)

    def duties(self) -> list:
        """Every open duty on the page, one of those alike: no more of each than all need, for few are shown in the end."""
        rows = open_duties(self.who, self.mine | WAITED_FOR, self.panel)
        rows = rows.only("case", "kind", "recipient", "due", "stopped_on", "waits_for", "waits_until")
        rows = rows.annotate(procedure=F("case__procedure"), began=F("opened_by__on"))
        if self.advises:
            advised = Entry.objects.in_force().filter(step__in=advice_steps(), case=OuterRef("case"))
            rows = rows.annotate(advised=Exists(advised))
        known: dict = {}
        for d in rows:
            if d.due or not (self.kind(d).continuing or d.sleeps(self.today)):
                known.setdefault((d.case_id, d.kind, d.recipient, d.due, d.stopped_on), d)
        return list(known.values())

    @property
    def advises(self) -> bool:
        """Whether the person is asked for advice, and is not the one who waits for it."""
        asked = Role.MONITORING_OFFICER in self.who.roles and Role.OFFICER not in self.who.roles
        return asked and any(p.has_step("advise") for p in self.procedures.values())

    def wants_advice(self, duty) -> bool:
        """Whether the duty is a decision on which the Monitoring Officer has not advised yet."""
        advice = of_procedure(duty.procedure).advice
        if advice is None or duty.kind != advice.duty or duty.advised:
            return False
        asked = self.procedures[duty.procedure].step(self.kind(duty).met_by).after
        return Consulted.MONITORING_OFFICER in asked

    def sections_of(self, duties, after: bool) -> list[tuple]:
        """(key, heading, duties, whether they are shown) of each section."""
        mine = [d for d in duties if d.due and self.is_mine(d) and not d.stopped_on]
        overdue = sorted(
            (d for d in mine if d.is_over(self.today)), key=lambda d: (not self.kind(d).late_in_law, d.due)
        )
        undated = [d for d in duties if d.due is None and self.is_mine(d)]
        undated = [d for d in undated if d.kind != CONFIRM_ERASURE.key and not d.stopped_on]
        undated.sort(key=lambda d: list(Basis).index(self.kind(d).basis))
        found = [
            ("overdue", "Overdue", overdue, True),
            ("today", "Today", [d for d in mine if d.due == self.today], True),
            ("week", "Later this week", [d for d in mine if self.today < d.due <= self.week_end], True),
            ("undated", "To do, no day set", undated, True),
            ("after", "After this week", [d for d in mine if d.due > self.week_end], after),
            ("others", "Waiting for others", [d for d in duties if self.waits(d)], True),
        ]
        if self.advises:
            advice = [d for d in duties if self.wants_advice(d)]
            found.insert(0, ("advice", "Waiting for your advice", advice, True))
        asked = [d for d in duties if d.kind == CONFIRM_ERASURE.key] if CONFIRM_ERASURE.owner in self.who.roles else []
        if asked:
            found.append(("erasures", "Erasures to confirm or decline", asked, True))  # they have no day
        return found

    def waits(self, duty) -> bool:
        """Whether somebody else is waited for: it is theirs to do, or a clock stands for them."""
        return self.theirs(duty) or bool(duty.stopped_on)

    def is_mine(self, duty) -> bool:
        """Whether it is for the person to do, or for the staff that they belong to."""
        return self.kind(duty).owner in self.mine and not self.theirs(duty)

    def theirs(self, duty) -> bool:
        """Whether it is somebody else's: a body's, or a decision that the panel gives to one of the staff alone."""
        kind = self.kind(duty)
        if kind.owner in WAITED_FOR - self.mine:
            return True
        procedure = self.procedures[duty.procedure]
        decided = procedure.step(kind.met_by).decided_by if procedure.has_step(kind.met_by) else ()
        return (
            kind.owner in decided
            and not self.who.roles & {kind.owner, Role.AUDITOR}
            and kind.owner not in self.unfilled
        )

    def sections(self, after: bool = False) -> tuple[list[dict], list[dict]]:
        """(the count strip, the sections), empty sections left out but counted."""
        counts, shown, later = [], [], 0
        found = self.sections_of(self.duties(), after)
        names = DutyNames([d for _, _, rows, show in found if show for d in rows[:MOST_ROWS_OF_A_SECTION]], self.who)
        for key, words, rows, show in found:
            url = f"#{key}" if show else "?after=1#after"
            label = LABELS.get(key, words[0].lower() + words[1:])
            late = key == "overdue" and any(self.kind(d).late_in_law for d in rows)
            counts.append({"number": len(rows), "words": label, "url": url, "late": late})
            if key == "after":
                later = len(rows)
            if not rows or not show:
                continue
            most = {"words": f"There are {len(rows)} in all: see them in the list", "url": names.list_url()}
            shown.append(
                {
                    "id": key,
                    "heading": words,
                    "first": "Who and what" if key == "others" else "What",
                    "rows": said_once([self.row(d, names, section=key) for d in rows[:MOST_ROWS_OF_A_SECTION]])
                    if key == "undated"
                    else [self.row(d, names, section=key) for d in rows[:MOST_ROWS_OF_A_SECTION]],
                    "after": most if len(rows) > MOST_ROWS_OF_A_SECTION else None,
                }
            )
        if later and not after:
            words = f"See the {later} {'duty' if later == 1 else 'duties'} after this week"
            target = next((s for s in reversed(shown) if s["id"] in ("overdue", "today", "week", "undated")), None)
            if target:
                target["after"] = {"words": words, "url": "?after=1#after"}
        return counts, shown

    @cached_property
    def settings(self):
        """The panel's settings of today, which say who may act."""
        return self.people.panel.settings_on(self.today)

    def way_to(self, duty, register, key: str, /, **query) -> str:
        """The address of the step, for whoever may take it; of the case, for everybody else."""
        procedure = self.procedures[duty.procedure]
        if not key or not procedure.has_step(key):
            return case_url(duty.case, register)
        may = self.who.roles & set(entering_roles(procedure.step(key), self.settings))
        return step_url(duty.case, register, key, **query) if may else case_url(duty.case, register)

    def row(self, duty, names, section="") -> dict:
        """One duty as a row of the home page."""
        kind = self.kind(duty)
        register = names.register(duty)
        day, note, late, over = when_words(duty, self.today, kind)
        if duty.due is None and kind.owner in OUTSIDE:
            days = (self.today - duty.began).days
            note = f"{days} day{'' if days == 1 else 's'} since it began"
        row = Cell(
            {
                "by": day,
                "by_note": note,
                "late": late,
                "over": over,
                "badge": badge(kind, late),
                "provision": kind.provision,
                "day_note": kind.day_note if duty.due else "",
                "case": {
                    "reference": duty.case.reference,
                    "title": duty.case.title,
                    "url": case_url(duty.case, register),
                },
            }
        )
        recipient = names.recipient(duty)
        if section == "advice":
            step = self.procedures[duty.procedure].step(of_procedure(duty.procedure).advice.step)
            row |= {"what": step.label, "url": self.way_to(duty, register, step.key)}
        elif kind.owner in OUTSIDE:
            row |= {"who": sentence(recipient or kind.owner.words), "what": kind.label}
        elif section == "others":
            acts = {role: self.people.who(role, interested=names.interested(duty)) for role in NAMED}
            what = duty_words(kind, recipient)
            if "{to}" not in kind.label and kind.label.startswith("to "):
                row |= {"who": sentence(f"the {kind.owner.words}"), "what": kind.label}
            else:
                row |= {
                    "who": acts.get(kind.owner, sentence(f"the {kind.owner.words}")),
                    "what": f"to {what[0].lower()}{what[1:]}",
                }
                if kind.owner is Role.CHAIRMAN and (nobody := self.people.nobody(interested=names.interested(duty))):
                    row["what"] += f". {nobody}"
        else:
            query = {"duty": duty.pk} if kind.notice else {}
            row["what"] = duty_words(kind, recipient)
            row["url"] = self.way_to(duty, register, kind.met_by, **query)
        letter = letter_of(self.procedures[duty.procedure], duty) if section != "advice" else None
        if letter is not None and rules.may(self.who, "letter.write"):
            row["write"] = write_link(duty.case, register, letter, duty)
        return row


def said_once(rows: list[dict]) -> list[dict]:
    """Rows without a day, those alike of more than a few cases as one: what is to be done, then each case with its link."""
    alike: dict[tuple, list[dict]] = {}
    for row in rows:
        alike.setdefault((row["what"], row["who"], row["provision"]), []).append(row)
    found = []
    for same in alike.values():
        if len(same) <= MOST_ROWS_ALIKE:
            found += same
            continue
        cases = [{**row["case"], "url": (row["write"] or row)["url"] or row["case"]["url"]} for row in same]
        words = (same[0]["write"] or {}).get("words")  # each case then leads to its own
        found.append(Cell({**same[0], "url": None, "write": None, "number": len(same), "cases": cases, "note": words}))
    return found


class DutyNames:
    """Names of recipients and kinds of the duties shown: two queries a register, however many rows."""

    def __init__(self, duties, who):
        self.registers = {p.key: r for r in REGISTERS.values() for p in r.procedures}
        self.cases: dict = {}
        self.who = who
        self._interests: dict = {}
        interests = CaseRole.objects.filter(kind="interested", to_entry=None, case__in={d.case_id for d in duties})
        for role in interests.select_related("member"):
            self._interests.setdefault(role.case_id, []).append(role)
        for register in REGISTERS.values():
            pks = {d.case_id for d in duties if self.registers[d.procedure] is register}
            if pks:
                rows = register.list_page.with_names(register.case_model.objects.filter(pk__in=pks))
                self.cases |= {c.pk: c for c in rows}
        for d in duties:
            d.case = self.cases[d.case_id]

    def register(self, duty):
        """The register of a duty's case."""
        return self.registers[duty.procedure]

    def interested(self, duty) -> frozenset:
        """Ids of the users who have an interest in the duty's case."""
        return rules.interested(self._interests.get(duty.case_id, ()))

    def recipient(self, duty) -> str:
        """The recipient by name."""
        if not duty.recipient:
            return ""
        return self.register(duty).list_page.recipient_of(
            duty.case, duty.recipient, rules.sees_complainant_of(self.who, duty.case_id)
        )

    def list_url(self) -> str:
        """The list of the first register, overdue first."""
        case = next(iter(self.cases.values()))
        return reverse("panel:cases", args=[case.panel.slug, next(iter(REGISTERS))])


def without_keeper(panel, who):
    """The open cases that this person sees and that somebody keeps who is no officer of the panel any more."""
    here = Case.objects.filter(panel=panel)
    # A union and no "or", for which SQLite would read every case of the panel.
    one, *more = (here.filter(procedure=p.key, status__in=p.open_states).values("pk") for p in procedures().values())
    rows = here.filter(rules.visible(who), pk__in=one.union(*more, all=True)).exclude(assigned_to=None)
    return (
        rows.exclude(assigned_to__in=rules.keepers(panel).values("user"))
        .select_related("assigned_to", "panel")
        .order_by("pk")
    )
