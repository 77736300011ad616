"""What needs doing: open duties of the cases a person sees, as the sections of their home page."""

from datetime import timedelta

from django.db.models import F, Q

from panel import access
from panel.models import CaseRole, Duty
from panel.presenters import badge, duty_words, sentence, step_url, when_words
from panel.procedure import DutyKind
from panel.registers import REGISTERS
from panel.roles import OUTSIDE, Role

MOST = 50  # rows of one section; the rest is counted and found in the list


def kinds_owned(roles) -> Q:
    """Duties whose kind belongs to one of these roles, of every register."""
    test = Q(pk__in=[])
    for register in REGISTERS.values():
        for procedure in register.procedures:
            keys = [k.key for k in procedure.duties if k.owner in roles]
            test |= Q(case__procedure=procedure.key, kind__in=keys)
    return test


def open_duties(who, roles):
    """Open duties of visible cases that belong to these roles, earliest first, those without a day last."""
    cases = [r.case_model.objects.filter(access.visible(who)).values("pk") for r in REGISTERS.values()]
    seen = Q(pk__in=[])
    for ids in cases:
        seen |= Q(case__in=ids)
    rows = Duty.objects.filter(seen, kinds_owned(roles), closed_by=None)
    return rows.order_by(F("due").asc(nulls_last=True), "case", "kind", "recipient", "pk")


class Worklist:
    """The sections of one person's home page. Duties alike but for the allegation are one row."""

    def __init__(self, who, user, today, people):
        self.who, self.user, self.today, self.people = who, user, today, people
        staff = who.roles & {Role.OFFICER, Role.MONITORING_OFFICER}
        self.mine = {Role.OFFICER, Role.MONITORING_OFFICER} if staff or Role.AUDITOR in who.roles else set(who.roles)
        self.week_end = today + timedelta(days=6 - today.weekday())

    def groups(self, rows, limit=MOST):
        """(rows to show, how many there are) with like duties of several allegations together."""
        distinct = rows.order_by().values("case", "kind", "recipient", "due").distinct().count()
        found, known = [], set()
        for d in rows.select_related("case__panel", "part", "opened_by")[: limit * 4]:
            key = (d.case_id, d.kind, d.recipient, d.due)
            if key not in known and len(found) < limit:
                found.append(d)
            known.add(key)
        return found, distinct

    def sections(self, after: bool = False) -> tuple[list[dict], list[dict]]:
        """(the count strip, the sections), empty sections left out but counted."""
        mine = open_duties(self.who, self.mine).exclude(due=None)
        others = open_duties(self.who, {*OUTSIDE, Role.CHAIRMAN, Role.SUB_PANEL, Role.PANEL})
        parts = [
            ("overdue", "Overdue", mine.filter(due__lt=self.today), True),
            ("today", "Today", mine.filter(due=self.today), True),
            ("week", "Later this week", mine.filter(due__gt=self.today, due__lte=self.week_end), True),
            ("after", "After this week", mine.filter(due__gt=self.week_end), after),
            ("others", "Waiting for others", others, True),
        ]
        if Role.MONITORING_OFFICER in self.who.roles and Role.OFFICER not in self.who.roles:
            parts.insert(0, ("advice", "Waiting for your advice", self.advice(), True))
        counts, shown, later = [], [], 0
        loaded = [(key, words, *self.groups(rows), show) for key, words, rows, show in parts]
        names = Names([d for _, _, rows, _, _ in loaded for d in rows], self.who)
        for key, words, rows, number, show in loaded:
            label = {"overdue": "overdue", "today": "today", "week": "later this week", "after": "after this week"}.get(
                key, words[0].lower() + words[1:]
            )
            url = f"#{key}" if show else "?after=1#after"
            counts.append({"number": number, "words": label, "url": url, "late": key == "overdue"})
            if key == "after":
                later = number
            if rows and show:
                if key == "overdue":
                    rows = sorted(rows, key=lambda d: (not names.kind(d).statutory, d.due))
                shown.append(
                    {
                        "id": key,
                        "heading": words,
                        "first": "Who and what" if key == "others" else "What",
                        "rows": [self.row(d, names, link=key != "others") for d in rows],
                        "after": {
                            "words": f"There are {number} in all: see them in the list",
                            "url": names.list_url(d_panel(rows)),
                        }
                        if number > len(rows)
                        else None,
                    }
                )
        if later and not after:
            link = {
                "words": f"See the {later} {'duty' if later == 1 else 'duties'} after this week",
                "url": "?after=1#after",
            }
            week = next((s for s in shown if s["id"] in ("week", "today", "overdue")), None)
            target = next((s for s in reversed(shown) if s["id"] in ("overdue", "today", "week")), week)
            if target:
                target["after"] = link
        return counts, shown

    def advice(self):
        """Decisions that wait for the Chairman on which the Monitoring Officer has not advised yet."""
        rows = open_duties(self.who, {Role.CHAIRMAN}).filter(kind="consider")
        return rows.exclude(case__entries__in=entries_in_force("advise"))

    def row(self, d, names, link=True) -> dict:
        """One duty as a row of the home page."""
        kind = names.kind(d)
        register = names.register(d)
        day, note, late = when_words(d.due, self.today)
        if d.due is None and kind.owner in OUTSIDE:
            days = (self.today - d.opened_by.on).days
            note = f"{days} day{'' if days == 1 else 's'} since it began"
        row = {
            "by": day,
            "by_note": note,
            "late": late,
            "badge": badge(kind, late),
            "provision": kind.provision,
            "case": {"reference": d.case.reference, "title": d.case.title, "url": case_address(d.case, register)},
        }
        recipient = names.recipient(d)
        if kind.owner in OUTSIDE:
            row |= {"who": sentence(recipient or kind.owner.words), "what": kind.words}
        elif not link:
            acts = {Role.CHAIRMAN: self.people.who(Role.CHAIRMAN, interested=names.interested(d))}
            what = duty_words(kind, recipient)
            if "{to}" not in kind.words and kind.words.startswith("to "):
                row |= {"who": sentence(f"the {kind.owner.words}"), "what": kind.words}
            else:
                row |= {
                    "who": acts.get(kind.owner, sentence(f"the {kind.owner.words}")),
                    "what": f"to {what[0].lower()}{what[1:]}",
                }
        else:
            query = {"duty": d.pk} if kind.notice else {}
            row["what"] = duty_words(kind, recipient)
            row["url"] = step_url(d.case, register, kind.step, **query) if kind.step else case_address(d.case, register)
        return row


def d_panel(rows):
    """The panel of the rows' cases."""
    return rows[0].case.panel


def case_address(case, register) -> str:
    """The case's first page."""
    return f"/{case.panel.slug}/{register.slug}/{case.reference}/"


def entries_in_force(step):
    """Entries of that step, neither reversed nor reversals."""
    from panel.models import Entry

    return Entry.objects.in_force().filter(step=step)


class Names:
    """Names of recipients and kinds of the duties shown: two queries a register, however many rows."""

    def __init__(self, duties, who):
        self.registers = {p.key: r for r in REGISTERS.values() for p in r.procedures}
        self.cases: dict = {}
        sees = access.may(who, "complainant.view")
        seats = CaseRole.objects.filter(kind="sub_panel", to_entry=None, member__in=who.members)
        mine = set(seats.values_list("case", flat=True)) if who.members and not sees else set()
        self._interests: dict = {}
        interests = CaseRole.objects.filter(kind="interested", to_entry=None, case__in={d.case_id for d in duties})
        for case, user in interests.values_list("case", "user"):
            self._interests.setdefault(case, set()).add(user)
        self.sees = lambda pk: sees or pk in mine
        for register in REGISTERS.values():
            pks = {d.case_id for d in duties if self.registers[d.case.procedure] is register}
            if pks:
                rows = register.lists.with_rows(register.case_model.objects.filter(pk__in=pks))
                self.cases |= {c.pk: c for c in rows}

    def register(self, d):
        """The register of a duty's case."""
        return self.registers[d.case.procedure]

    def kind(self, d) -> DutyKind:
        """The kind of a duty."""
        return self.register(d).follows(d.case.procedure).duty(d.kind)

    def interested(self, d) -> frozenset:
        """Ids of the users who have an interest in the duty's case."""
        return frozenset(self._interests.get(d.case_id, ()))

    def recipient(self, d) -> str:
        """The recipient by name."""
        if not d.recipient:
            return ""
        return self.register(d).lists.recipient_of(self.cases[d.case_id], d.recipient, self.sees(d.case_id))

    def list_url(self, panel) -> str:
        """The list of the first register, overdue first."""
        register = next(iter(self.registers.values()))
        return f"/{panel.slug}/{register.slug}/"
