"""Searches one panel's records for everything on one person (UK GDPR, article 15).

search = PersonSearch(panel, user, who, ["Gillian Thorpe", "gillian@example.org"])
search.people, search.cases, search.drafts          # rows that are the person, cases about them, drafts that name them
search.pointing(model), search.mentions()           # rows that name them as the one who acts, texts that mention them

A row is the person's if its name, address or number is theirs, now or in its history. The search reads columns and
relations from the models, so that nobody can forget a new model. It covers only cases that the reader may see; an erased
row belongs to nobody.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, cached_property

from django.apps import apps
from django.db.models import CharField, F, ForeignKey, JSONField, Q, TextField
from django.db.models.functions import Cast

from panel.access import rules
from panel.law.names_in_text import ERASED, OFFICIAL, POSTCODE, OtherPeople, SearchTerms, tidy
from panel.models import (
    Case,
    CaseGroup,
    CaseText,
    Complainant,
    Document,
    Draft,
    GroupMember,
    Link,
    Member,
    OfficeHolder,
    Panel,
    Submission,
    Substitute,
    User,
)
from panel.procedure.register import REGISTERS
from panel.record.digests import history_models
from panel.record.history import UNSHOWN
from panel.record.reading import batches

PEOPLE = (Complainant, OfficeHolder, Member, Substitute, User)
NAMES, CONTACTS = ("name", "short_name"), ("email", "phone")  # the columns by which somebody is found
# Columns that the product writes for itself, or secrets: they say nothing about anybody.
UNTOLD = UNSHOWN | {
    "sha256", "password", "session_round", "word", "files", "seal", "prev", "rows", "data", "token", "token_secret", "head",
    "history_id", "by_name", "secret", "began",
    "history_type", "history_user", "history_change_reason", "link", "chain", "seq", "reverses", "size", "content_type", "found",
}  # fmt: skip


# The models, read from themselves ------------------------------------------------------------------------------------


def relations(model) -> list:
    """The columns that point at another row, except the author of a row of history."""
    return [f for f in model._meta.concrete_fields if isinstance(f, ForeignKey) and f.name != "history_user"]


@cache
def path_to(model, target) -> str:
    """The shortest path of relations from a model to another, such as "entry__case"; "" if there is none. A path never
    leads through a person."""
    waiting, seen = [(model, "")], {model, *PEOPLE}
    while waiting:
        here, path = waiting.pop(0)
        for f in relations(here):
            if f.related_model is target:
                return f"{path}{f.name}"
        for f in relations(here):
            if f.related_model not in seen:
                seen.add(f.related_model)
                waiting.append((f.related_model, f"{path}{f.name}__"))
    return ""


@cache
def to_people(model) -> tuple:
    """The columns that point at a row of a person."""
    return tuple(f for f in relations(model) if f.related_model in PEOPLE)


NO_RECORD = (
    Draft,
    Submission,
    CaseText,
)  # what was typed and not entered; which forms were sent, without a word of them


@cache
def models_held() -> tuple:
    """Every model whose rows belong to a panel or to a user. Cases and parts are read as the rows of their registers;
    what stands in NO_RECORD is not part of the record."""
    found = [m for m in apps.get_models() if m._meta.managed and not hasattr(m, "history_type") and m not in NO_RECORD]
    found = [m for m in found if not any(m is not other and issubclass(other, m) for other in found)]
    return tuple(m for m in found if m is User or path_to(m, Panel) or to_people(m))


@cache
def both(model) -> tuple:
    """The model, and that of its history, if it has one."""
    return (model, *(m for m in history_models() if m.instance_type is model))


def key_of(model) -> str:
    """The column with the row's number; in a history model, the number of the row whose history it is."""
    return getattr(model, "instance_type", model)._meta.pk.attname


@cache
def texts_of(model) -> tuple:
    """The columns that may hold words which somebody typed."""
    return tuple(
        f for f in model._meta.concrete_fields
        if isinstance(f, CharField | TextField | JSONField) and not f.choices and f.name not in UNTOLD
    )  # fmt: skip


@cache
def has(model, columns) -> tuple:
    """Those of these columns that the model has."""
    return tuple(c for c in columns if any(f.name == c for f in model._meta.concrete_fields))


def leaves(value) -> Iterator[tuple[str, str]]:
    """Every text in a value, with its key in the JSON object that holds it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            for name, text in leaves(inner):
                yield name or str(key), text
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    elif value is not None:
        yield "", tidy(value)


# The search ----------------------------------------------------------------------------------------------------------


class PersonSearch:
    """A search of one panel's records for one person, limited to what `user` may see."""

    def __init__(self, panel, user, who, given):
        self.panel, self.user, self.who = panel, user, who
        self.asked = SearchTerms(given)
        self.visible = Case.objects.filter(rules.visible(who)).values("pk")
        self.concerns = [(register, concern) for register in REGISTERS.values() for concern in register.concerns]

    def scoped(self, model):
        """The model's rows in this panel that belong to a visible case or to none; `held_case` is the number of the case."""
        rows, of = model._base_manager.all(), getattr(model, "instance_type", model)
        if of is User:
            here = Q(pk__in=self.panel.memberships.values("user")) | Q(pk__in=self.panel.members.values("user"))
            return rows.filter(here)
        if path := path_to(model, Panel):
            rows = rows.filter(**{path: self.panel})
        if path := path_to(model, Case):
            rows = rows.filter(Q(**{path: None}) | Q(**{f"{path}__in": self.visible})).annotate(held_case=F(path))
        if of is CaseGroup:
            seen = GroupMember.objects.filter(case__in=self.visible)
            rows = rows.filter(**{f"{key_of(model)}__in": seen.values("group")})
        if of is Complainant:
            rows = rows.filter(self.complained(key_of(model)))
        return rows

    def complained(self, key) -> Q:
        """Complainants to whom a visible case points, or pointed earlier."""
        found = Q(pk__in=[])
        for _, concern in self.concerns:
            for column in concern.columns:
                if concern.model._meta.get_field(column).related_model is Complainant:
                    for model in both(concern.model):
                        pointing = self.scoped(model).exclude(**{column: None})
                        found |= Q(**{f"{key}__in": pointing.values(column)})
        return found

    def asking(self, rows, columns, terms):
        """The rows that may mention a term, as far as a database can tell; `terms` decides about each."""
        wanted, texts = Q(pk__in=[]), {}
        for column in columns:
            texts[column] = column
            if isinstance(rows.model._meta.get_field(column), JSONField):
                texts[column] = f"{column}_as_text"
                rows = rows.alias(**{texts[column]: Cast(column, TextField())})
        for anchor in terms.anchors:
            if anchor is None:
                return rows
            for text in texts.values():
                wanted |= Q(**{f"{text}__{anchor[0]}": anchor[1]})
        return rows.filter(wanted)

    # The person's own rows

    @cached_property
    def people(self) -> dict:
        """{model: {number of a row that is the person: True if its name matches, False if only an address or number}}."""
        found: dict = {}
        for model in PEOPLE:
            rows = found.setdefault(model, {})
            for each in both(model):
                columns = has(each, NAMES + CONTACTS)
                for row in self.asking(self.scoped(each), columns, self.asked).iterator():
                    by = [c for c in columns if self.asked.is_one(getattr(row, c))]
                    if by and row.name != ERASED:
                        pk = getattr(row, key_of(each))
                        rows[pk] = rows.get(pk, False) or by[0] in NAMES
        users, members = found[User], found[Member]
        for pk, user in self.panel.members.exclude(user=None).values_list(
            "pk", "user"
        ):  # a seat and its account are one
            if pk in members:
                users.setdefault(user, members[pk])
            elif user in users:
                members[pk] = users[user]
        return found

    @cached_property
    def rows(self) -> dict:
        """{model: the rows that are the person, in order of their names}."""
        found = {m: sorted(m._base_manager.in_bulk(list(pks)).values(), key=str) for m, pks in self.people.items()}
        return {model: rows for model, rows in found.items() if rows}

    @cached_property
    def mine(self) -> SearchTerms:
        """The terms given, and every other name, address and number of the rows found, now or earlier."""
        known = list(self.asked.given)
        for model, pks in self.people.items():
            sure = [pk for pk, by_name in pks.items() if by_name]
            for each in both(model) if sure else ():
                rows = each._base_manager.filter(**{f"{key_of(each)}__in": sure})
                for values in rows.values_list(*has(each, NAMES + CONTACTS)).distinct():
                    known += [v for v in values if tidy(v).strip()]
        return SearchTerms(known)

    @cached_property
    def others(self) -> OtherPeople:
        """Everybody else whose name the panel knows, from any case."""
        addresses = " ".join(row.address for row in self.rows.get(Complainant, ()))
        flags = OtherPeople(SearchTerms([])).flags_in(addresses)
        found = OtherPeople(
            self.mine, {addresses[m.start : m.end].replace(" ", "").upper() for m in flags if m.why == POSTCODE}
        )
        found.places = self.places()
        for model in PEOPLE:
            for each in both(model):
                rows = self.scoped(each) if model is User else each._base_manager.filter(panel=self.panel)
                for names in rows.values_list(*has(each, NAMES)).distinct().iterator():
                    for name in names:
                        found.add(name) if model is Complainant else found.add(name, OFFICIAL)
        for _, concern in self.concerns:
            texts = [c for c in concern.columns if not concern.model._meta.get_field(c).is_relation]
            for each in both(concern.model) if texts else ():
                rows = each._base_manager.filter(**{path_to(each, Panel): self.panel})
                for values in rows.values_list(*texts).distinct().iterator():
                    for value in values:
                        for name in (value, *value.replace(";", ",").split(",")):
                            found.add(name)
        return found

    def places(self) -> set[str]:
        """What the panel knows that is no person: its own names, its area and its councils."""
        known = [*self.panel.names, *self.panel.councils.values_list("name", flat=True)]
        return {tidy(name).casefold() for name in known}

    # Cases about them

    @cached_property
    def cases(self) -> dict[int, list]:
        """{number of a case about the person: the concerns that say how it is}, in order of references."""
        found: dict[int, list] = defaultdict(list)
        for _, concern in self.concerns:
            for column in concern.columns:
                for model in both(concern.model):
                    for case in self.cases_by(model, column):
                        if concern not in found[case]:
                            found[case].append(concern)
        order = []
        for pks in batches(found, 500):
            order += Case.objects.filter(pk__in=pks).values_list("procedure", "year", "serial", "pk")
        return {pk: found[pk] for *_, pk in sorted(order)}

    def cases_by(self, model, column) -> Iterator[int]:
        """The cases whose rows of that model name the person in that column."""
        rows, f = self.scoped(model), model._meta.get_field(column)
        if f.is_relation:
            if pks := list(self.people.get(f.related_model, ())):
                yield from rows.filter(**{f"{column}__in": pks}).values_list("held_case", flat=True).iterator()
        else:
            asked = self.asking(rows, [column], self.mine).values_list("held_case", column)
            yield from (case for case, text in asked.iterator() if self.mine.spans(tidy(text)))

    def documents(self) -> Iterator[Document]:
        """The documents of those cases, in the order of the cases; erased ones have nothing left to read."""
        for pks in batches(self.cases, 500):
            found = defaultdict(list)
            rows = Document.objects.filter(case__in=pks).exclude(name=ERASED).select_related("case", "entry")
            for d in rows.order_by("pk"):
                found[d.case_id].append(d)
            for pk in pks:
                yield from found[pk]

    # Elsewhere

    def pointing(self, model, *, earlier=False, at=PEOPLE):
        """The model's rows that point at the person, in visible cases or outside cases. With `earlier`, rows of its history
        that did so and whose row does not any more. `at` limits the models of the person's rows."""
        each = both(model)[-1] if earlier else model
        wanted = Q(pk__in=[])
        for f in to_people(each):
            if f.related_model in at and (pks := list(self.people.get(f.related_model, ()))):
                wanted |= Q(**{f"{f.name}__in": pks})
        if len(wanted) == 1 or (earlier and each is model):
            return model._base_manager.none()
        rows = self.scoped(each).filter(wanted)
        return rows.exclude(**{f"{key_of(each)}__in": self.pointing(model).values("pk")}) if earlier else rows

    def mentions(self) -> Iterator[tuple]:
        """(row, column, key within JSON, text, case or None) for each text that mentions the person outside their own rows
        and cases: first the texts as they are now, then earlier texts that differ."""
        for live in models_held():
            if live is Link or not (live is User or path_to(live, Panel)):
                continue
            own, seen = self.people.get(live, ()), set()
            for model in both(live):
                columns = texts_of(model)
                for row in self.asking(self.scoped(model), [f.name for f in columns], self.mine).iterator():
                    pk, case = getattr(row, key_of(model)), getattr(row, "held_case", None)
                    if case in self.cases or pk in own or getattr(row, "name", "") == ERASED:
                        continue
                    for f in columns:
                        for name, text in leaves(getattr(row, f.name)):
                            if (pk, f.name, name, text) not in seen and self.mine.spans(text):
                                seen.add((pk, f.name, name, text))
                                yield row, f, name, text, case

    @cached_property
    def drafts(self) -> list[tuple[str, str]]:
        """(name of the author, reference of the case or "") of each draft that names the person; never its text."""
        rows = Draft.objects.filter(Q(case=None) | Q(case__in=self.visible), panel=self.panel)
        rows = self.asking(rows, ["answers"], self.mine).select_related("user", "case")
        return sorted({
            (d.user.name, d.case.reference if d.case_id else "")
            for d in rows.iterator()
            if any(self.mine.spans(text) for _, text in leaves(d.answers))
        })  # fmt: skip
