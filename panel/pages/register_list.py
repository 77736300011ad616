"""The list of a register: filters, views, order and rows, declared once for each register.

    class HearingFilters(CaseFilters):
        q = SearchFilter(label="Search reference, name or post", method="search")
        show = ShowFilter()
        post = SelectFilter(label="Post", choices=Hearing.Post.choices, blank="Any post")

    class HearingList(ListPage):
        filters = HearingFilters
        views = (*WAITING, ...)

A filter stands in that one place: form, address, export, access log and "Clear the filters" read it there. django-filter
makes the form and applies the filters; a wrong value counts as none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import django_filters
from django.db.models import Exists, F, OuterRef, QuerySet
from django.forms import BooleanField

from panel.access import rules
from panel.access.rules import Standing
from panel.casework import search
from panel.forms.fields import SelectField, TextField
from panel.forms.spoken import speak
from panel.law import clock
from panel.models import Part
from panel.pages.list_views import View, in_states, views_of
from panel.procedure.machine import Procedure
from panel.procedure.register import Register
from panel.procedure.who_acts import arranged

LONGEST_SEARCH_CHARACTERS = 200
CASES_READ_AT_ONCE = 500  # by an export


class SearchFilter(django_filters.Filter):
    """A text to search for; the filters' `search` says where each of its words may stand."""

    field_class = TextField

    def __init__(self, **kwargs):
        super().__init__(method="search", max_length=LONGEST_SEARCH_CHARACTERS, **kwargs)


class SelectFilter(django_filters.Filter):
    """One of several answers; `blank` is what no answer is called."""

    field_class = SelectField


class TickFilter(django_filters.Filter):
    """A tick."""

    field_class = BooleanField


class ShowFilter(SelectFilter):
    """Open cases, ended ones or all: applied last, as a view or a status may say something else."""

    def __init__(self):
        choices = [("open", "Open"), ("ended", "Ended"), ("all", "All")]
        super().__init__(label="Show", choices=choices, blank=None, method="shown_later")


class StatusFilter(SelectFilter):
    """Cases of which any part stands there."""

    def __init__(self):
        super().__init__(label="Status", choices=(), blank="Any", method="with_status")


class CaseFilters(django_filters.FilterSet):
    """The filters above a list. `showing` is what is listed in the end: "open", "ended" or "all"."""

    def __init__(self, query, rows: QuerySet, *, who: Standing, user, panel, procedures: tuple[Procedure, ...]):
        self.who, self.user, self.panel, self.procedures = who, user, panel, procedures
        super().__init__(query or None, queryset=rows)
        states = {s.key: s.label for p in reversed(procedures) for s in p.states}
        self.form.fields["status"].choices = list(states.items())
        self.set_choices()

    def set_choices(self) -> None:
        """Fill in choices that differ by panel."""

    def value(self, name: str) -> Any:
        """The answer, or what counts as none."""
        if not self.is_bound:
            return ""
        self.form.is_valid()
        return self.form.cleaned_data.get(name) or ""

    def search(self, rows: QuerySet, name: str, text: str) -> QuerySet:
        """The cases that hold each word of the text, folded; with the people for those who may know who complained."""
        return search.holding(
            rows, text, people=rules.may(self.who, "complainant.view"), named=rules.named_to(self.who)
        )  # fmt: skip

    def shown_later(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """`ListPage.listing` applies it."""
        return rows

    def with_status(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """A case is listed where any of its parts stands."""
        return rows.filter(Exists(Part.objects.filter(case=OuterRef("pk"), status=value)))

    def overdue_only(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """The day of its next duty is over."""
        return rows.filter(next_due__lt=clock.today()) if value else rows

    def kept_by_me(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """The person keeps it."""
        return rows.filter(assigned_to=self.user) if value else rows


def filter_faults(register: Register) -> Iterator[tuple[str, str, str]]:
    """(file, what is wrong, its cure) for each filter of the register's list that has nothing to filter with: the form
    would show it, and the first choice break the page."""
    kind, columns = register.list_page.filters, {f.name for f in register.case_model._meta.get_fields()}
    for name, one in kind.base_filters.items():
        said, cure = f"filter {name!r} ", f"Write it in {kind.__name__}, or correct the name"
        if isinstance(one.method, str) and not hasattr(kind, one.method):
            said += f"names the method {one.method!r}, which {kind.__name__} does not have"
        elif one.method is None and one.field_name.partition("__")[0] not in columns:
            said += f"has no method, and {register.case_model.__name__} no column {one.field_name!r}"
            cure = f"Give it a `method` of {kind.__name__}"
        else:
            continue
        yield f"{kind.__module__.replace('.', '/')}.py", said, cure


@dataclass
class Listing:
    """What a list page shows: its filters, the rows in order, the key and the direction of that order."""

    filters: CaseFilters
    rows: QuerySet
    key: str
    down: bool
    showing: str = "open"
    figure: Any = None  # the figure of a report whose cases are listed


class ListPage:
    """One register's list. A register's own adds filters, views, orders and what a row shows."""

    filters: type[CaseFilters]
    views: tuple[View, ...] = ()
    columns: tuple[str, ...] = ()  # heads of the list, in order
    column_orders: tuple[str, ...] = ("reference", "title", "about", "status", "received", "due")  # what each sorts by
    exported_columns: tuple[str, ...] = ()
    orders: dict[str, tuple] = {
        "reference": ("year", "serial"),
        "title": ("title", "pk"),
        "status": ("standing", "pk"),
        "received": ("received_on", "pk"),
        "due": (F("next_due").asc(nulls_last=True), "pk"),
    }

    @cached_property
    def procedures(self) -> tuple[Procedure, ...]:
        """The register's procedures."""
        raise NotImplementedError

    def seen_by(self, who: Standing) -> QuerySet:
        """The cases of the register that the person sees."""
        raise NotImplementedError

    def views_for(self, who: Standing) -> list[View]:
        """The views of the person's roles."""
        return views_of(self.views, who)

    def figure(self, panel, who: Standing, query) -> Any:
        """The figure of a report whose cases are asked for, where the register has such figures."""
        return None

    def ordered_by(self, rows: QuerySet, key: str) -> QuerySet:
        """The rows with what the order needs beside their columns."""
        return in_states(rows, self.procedures) if key == "status" else rows

    def listing(self, panel, who: Standing, user, query) -> Listing:
        """What the query of a list page asks for, within what the person may see."""
        rows = self.seen_by(who)
        mine = tuple(arranged(p, panel.who_acts) for p in self.procedures)
        filters = self.filters(query, rows, who=who, user=user, panel=panel, procedures=mine)
        speak(filters.form)
        show, chosen = filters.value("show") or "open", bool(query.get("show"))
        figure = None
        rows = filters.qs
        view = next((v for v in self.views_for(who) if v.key == query.get("view")), None)
        if view is not None:
            rows = rows.filter(view.test(who, mine))
            show = show if chosen else view.show
        if query.get("figure"):
            figure = self.figure(panel, who, query)
            rows = rows.filter(pk__in=figure.cases if figure else [])
            show = show if chosen else "all"
        if filters.value("status"):
            show = show if "show" in query else "all"
        opened = {key for p in self.procedures for key in p.open_states}
        if show == "open":
            rows = rows.filter(status__in=opened)
        elif show == "ended":
            rows = rows.exclude(status__in=opened)
        key = query.get("sort", "due").lstrip("-")
        key = key if key in self.orders else "due"
        down = query.get("sort", "").startswith("-")
        order = self.orders[key]
        if down:
            order = (
                (F("next_due").desc(nulls_last=True), "-pk") if key == "due" else tuple(f"-{name}" for name in order)
            )
        rows = self.ordered_by(rows, key).order_by(*order)
        return Listing(filters, rows, key, down, show, figure)

    # What a row shows

    def with_names(self, rows: QuerySet) -> QuerySet:
        """The rows with what names their people."""
        raise NotImplementedError

    def with_rows(self, rows: QuerySet) -> QuerySet:
        """The rows with all that the list shows of them."""
        raise NotImplementedError

    def row_of(self, case, who: Standing, procedure: Procedure, url: str) -> dict:
        """One row of the list: its cells, and whether it is late."""
        raise NotImplementedError

    def coming(self, who: Standing, user) -> list[dict]:
        """What is to come that concerns the whole Panel, for the home page of its members: {title, url, when, where,
        lines}, the next first."""
        return []

    def meetings_to_come(self, who: Standing, on: date) -> list[tuple[Any, date, str]]:
        """(case, day, what it is) of each meeting from that day on about a case that the person sees as a member, the next
        first."""
        return []

    def recipient_of(self, case, slug: str, sees: bool) -> str:
        """A duty's recipient in words, from a row that `with_names` loaded; `sees`: the complainant may be named."""
        raise NotImplementedError

    def exported(self, rows: QuerySet, who: Standing):
        """One row of cells for each case, in the list's order, in batches: texts and plain dates."""
        raise NotImplementedError

    def may_export(self, who: Standing) -> bool:
        """Whether the person may take the list as a file."""
        return bool(self.exported_columns) and rules.may(who, "case.export")
