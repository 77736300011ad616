"""The context of the case pages, as plain dicts for the components, so that templates hold no rules."""

from functools import cached_property

from django.urls import reverse

from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.casework.together import members_seen
from panel.law.period import day_words, plural
from panel.law.roles import Role
from panel.pages.case_duties import DutiesMixin
from panel.pages.case_next import NextMixin
from panel.pages.case_track import TrackMixin
from panel.pages.people_names import People
from panel.pages.timeline import timeline
from panel.pages.words import case_url, due_fact, kind_due, next_duty, tab_url


class CasePage(TrackMixin, NextMixin, DutiesMixin):
    """One case for one person: the content of every tab, and of the overview."""

    def __init__(self, look: CaseContext, tab: str = "case"):
        self.look, self.tab = look, tab
        self.case, self.register = look.case, look.register
        self.today = look.today
        self.own = self.register.presenter(look)
        self.staff = bool(look.who.roles & {Role.OFFICER, Role.MONITORING_OFFICER})

    # Every tab

    @property
    def identity(self) -> dict:
        """The identity bar."""
        state = self.look.procedure.state(self.case.status)
        days = (self.today - self.case.received_on).days
        return {
            "reference": self.case.reference,
            "title": self.case.title,
            "tag": {"words": state.label, "colour": state.colour},
            "badges": [*self._matter(), *self.own.badges(), *self._kept()],
            "facts": [
                *self.own.facts(),
                *(
                    []
                    if self.own.own_dates
                    else [
                        {
                            "label": "Received",
                            "value": day_words(self.case.received_on),
                            "note": (f"({plural(days, 'day')} ago)" if days else "(today)") if state.open else "",
                        }
                    ]
                ),
                *([self._next_due()] if state.open or self.look.open_duties else []),
            ],
        }

    def _next_due(self) -> dict:
        """The day that comes next; where none is set, what is to be done."""
        kind_of = self.look.procedure.duty
        duty = next_duty(self.look.open_duties, kind_of, self.today)
        if self.case.next_due is None and duty:
            recipient = self.look.facts.recipient_words(duty.recipient) if duty.recipient else ""
            kind = kind_of(duty.kind)
            words = kind.words_to(recipient)
            if not kind.label.startswith("to "):  # else it begins with whoever is to do it, as they are called
                words = f"{words[:1].lower()}{words[1:]}"
            return due_fact(None, self.today, words)
        return due_fact(
            self.case.next_due, self.today, kind=kind_due(self.look.open_duties, self.case.next_due, kind_of)
        )

    def _matter(self) -> list[dict]:
        """A badge that leads to the matter, with how many of its cases the person sees."""
        group = self.look.group
        if group is None:
            return []
        number = members_seen(group, self.look.who).count()
        return [{"kind": "plain", "words": f"Group of {number}", "url": group.get_absolute_url()}]

    def _kept(self) -> list[dict]:
        """Badges for a hold and for an erasure."""
        days = (("On hold since", self.case.held_on), ("Erased on", self.case.erased_on))
        return [{"kind": "plain", "words": f"{words} {day_words(day)}"} for words, day in days if day]

    @property
    def tabs(self) -> list[dict]:
        """Links to the pages of the case. Only people who may see them get the history and the access log."""
        found = [("case", "Overview")]
        if self.register.tabs:
            found += [(f"tab:{t.key}", t.words(self.own)) for t in self.register.tabs]
        else:
            found.append(("case-parts", f"{self.own.parts_words} ({len(self.look.parts)})"))
        found.append(("case-letters", f"Letters ({self.letters_count})"))
        found.append(("documents", f"Documents ({self.documents_count})"))
        found.append(("case-timeline", "Timeline"))
        if rules.may(self.look.who, "case.history"):
            found.append(("case-history", "History"))
        if rules.may(self.look.who, "case.seen"):
            found.append(("case-seen", "Who has seen this"))
        return [
            {"words": words, "url": tab_url(self.case, self.register, name), "current": name == self.tab}
            for name, words in found
        ]

    @cached_property
    def letters_count(self) -> int:
        """The number of letters that went out."""
        return self.case.letters.count()

    @cached_property
    def documents_count(self) -> int:
        """The number of documents that this person may open."""
        rows = self.case.documents.values_list("classification", flat=True)
        return sum(rules.sees_document(self.look.who, self.look.case_roles, c) for c in rows)

    @property
    def back(self) -> dict:
        """A link to the list of the register."""
        return {
            "url": reverse("panel:cases", args=[self.case.panel.slug, self.register.slug]),
            "words": self.register.words,
        }

    @property
    def registered(self) -> list:
        """The members' registered interests that the case comes up against: on its first page and those of its register."""
        return self.look.facts.registered if self.tab == "case" or self.tab.startswith("tab:") else []

    # Overview

    @cached_property
    def people(self) -> People:
        """The people of the panel and their offices today."""
        return People(self.case.panel, self.today)

    @property
    def latest(self) -> dict:
        """The four latest events."""
        events = timeline(self.look, self.register)
        more = {"url": case_url(self.case, self.register, "case-timeline"), "words": f"See all {len(events)} events"}
        return {"events": events[:4], "all": more if len(events) > 4 else None}
