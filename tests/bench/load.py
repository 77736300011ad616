"""Fills an empty bench database: a few real cases are taken through the steps, then copied many times, with their
parts, steps, duties, history rows, openings and links, each copy sealed anew. The triggers are lifted while it loads, as
`flush` lifts them: nothing else could write a hundred thousand cases in minutes.

    python -m tests.bench.load 100000

A database that holds that many cases already is left as it is.
"""

import os
import random
import sys
import time
import uuid
from collections import defaultdict
from datetime import date, datetime, timedelta
from functools import cache
from itertools import count

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panel.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.core.management.color import no_style  # noqa: E402
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction  # noqa: E402
from django.test.utils import override_settings  # noqa: E402

from complaints.models import Allegation, Complaint, Subject  # noqa: E402
from panel.law import clock  # noqa: E402
from panel.models import (  # noqa: E402
    Case,
    CaseRole,
    Complainant,
    Document,
    Duty,
    Entry,
    Link,
    Member,
    Move,
    OfficeHolder,
    Opening,
    Panel,
    Part,
    User,
)
from panel.record import digests as record_digests  # noqa: E402
from panel.record import triggers  # noqa: E402
from panel.record.digests import erasable, link_seal, sha  # noqa: E402
from tests import build  # noqa: E402
from tests.steps import at, fresh, notices, open_duties, take  # noqa: E402

PANELS = 12
YEAR_TO_REPORT = "2025-26"
LARGE_YEAR_CASES = 5000  # of the first panel received in that year, or half of all
OPEN_CASES = 40  # of each panel, whatever the size: a register grows by what has ended, not by what is in hand
OPEN = ("received", "recorded", "filtered", "sub_panel", "full_panel", "informal_resolution", "with_iopc", "recorded")
ENDED = ("closed", "closed", "closed", "closed", "closed", "closed", "withdrawn", "redirected", "not_recorded")
ADJECTIVES = ("Angry", "Unanswered", "Late", "Public", "Private", "Careless", "Open", "Short", "Second", "Local")
NOUNS = ("letters", "meeting", "remarks", "visit", "message", "claim", "speech", "webcast", "parade", "appointment")
PLACES = ("Larkford", "Stanmoor", "Exbridge", "Holloway", "Tarnley", "Aston", "Milton", "Wickham", "Norbury", "Selby")
NAMES = ("Gillian", "Alan", "Moira", "Peter", "Nadia", "Colin", "Hilda", "Samuel", "Jean", "Grace")
SURNAMES = ("Thorpe", "Dunmore", "Kell", "Yarrow", "Rahim", "Brade", "Moss", "Idowu", "Ollerton", "Tolland")
LIVE = (Complainant, Case, Complaint, Part, Allegation, Subject, Entry, Move, Duty, CaseRole, Document)
HISTORY = tuple(m.history.model for m in (Complainant, Complaint, Allegation, Subject, Duty, CaseRole, Document))
OPENINGS = 2  # before each step but the first: about ten a case
CASES_WRITTEN_AT_ONCE = 500


def base(model):
    """The model whose ids the rows of a model share: a complaint's are a case's."""
    return {Complaint: Case, Allegation: Part}.get(model, model)


@cache
def changing(model):
    """The columns in which a copy's row differs: ([(column, the model whose id it holds)], [days and moments])."""
    ids, days = [], []
    for f in model._meta.local_concrete_fields:
        target = f.related_model or (
            model if f.primary_key else getattr(model, "instance_type", None) if f.name == "id" else None
        )
        if target is not None:
            ids.append((f.attname, base(target)))
        elif isinstance(f, models.DateField):
            days.append(f.attname)
    return ids, days


@cache
def insert(model):
    """(SQL, [(column, what makes its value one of the database or None)]) that writes a row of the model."""
    fields = model._meta.local_concrete_fields
    names = ", ".join(f'"{f.column}"' for f in fields)
    if connection.vendor == "postgresql":
        sql = f'COPY "{model._meta.db_table}" ({names}) FROM STDIN'
    else:
        sql = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({", ".join(["%s"] * len(fields))})'
    made = (models.DateField, models.JSONField, models.UUIDField)  # the others stay as they are
    return sql, [(f.attname, f.get_db_prep_save if isinstance(f, made) else None) for f in fields]


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])  # nobody types these passwords
def templates():
    """Real cases, walked by the real steps."""
    worlds = []
    for n in range(PANELS):
        letters = f"B{chr(65 + n)}"
        world = build.make_world(f"bench-{n + 1}", letters, f"Bench {n + 1}")
        world.ready = {}
        worlds.append(world)
    with clock.set_to(datetime(2026, 11, 18, 12, tzinfo=clock.LONDON)):
        states = dict.fromkeys((*OPEN, *ENDED))
        cases = [at(worlds[0], state, allegations=1 + n % 2) for n, state in enumerate(states)]
        for case in cases:
            if case.status in ENDED:  # whoever had to be told was told
                if notices(case):
                    take(worlds[0], case, "give_notice")
                while duty := open_duties(case)[:1]:
                    take(worlds[0], fresh(case), "waive", by=worlds[0].mo, duties=[str(duty[0].pk)])
    by_state = {c.status: c.pk for c in cases}
    return worlds, [by_state[s] for s in OPEN], [by_state[s] for s in ENDED]


class Template:
    """The rows of one case, by model."""

    def __init__(self, pk):
        complainant = Complaint.objects.get(pk=pk).complainant_id
        parts = list(Part.objects.filter(case=pk).values_list("pk", flat=True))
        found = {
            Complainant: {"pk": complainant}, Case: {"pk": pk}, Complaint: {"pk": pk}, Part: {"case": pk},
            Allegation: {"pk__in": parts}, Subject: {"complaint": pk}, Entry: {"case": pk},
            Move: {"entry__case": pk}, Duty: {"case": pk}, CaseRole: {"case": pk},
            Document: {"case": pk},
        }  # fmt: skip
        self.rows = {}
        for model in LIVE:
            fields = [f.attname for f in model._meta.local_concrete_fields]
            self.rows[model] = list(model._base_manager.filter(**found[model]).order_by("pk").values(*fields))
        for model in HISTORY:
            live = model.instance_type
            pks = [r[live._meta.pk.attname] for r in self.rows[live]]
            key = "id"
            fields = [f.attname for f in model._meta.local_concrete_fields]
            self.rows[model] = list(model._base_manager.filter(**{f"{key}__in": pks}).order_by("pk").values(*fields))
        self.links = list(Link.objects.filter(entry__case=pk).order_by("seq").values())


class Loader:
    """Copies templates into the database."""

    def __init__(self, worlds, still_open, ended):
        self.worlds = worlds
        self.templates = {pk: Template(pk) for pk in {*still_open, *ended}}
        self.still_open, self.ended = still_open, ended
        self.next = {m: count(self.newest(m) + 1) for m in (*LIVE, *HISTORY, Opening, Link)}
        self.people = [self.mapping(w) for w in worlds]
        self.serials = defaultdict(lambda: 1000)
        self.chains = {w.panel.pk: self.end_of_chain(w.panel) for w in worlds}
        self.waiting = defaultdict(list)

    def newest(self, model):
        """The greatest id there is."""
        return model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0

    def end_of_chain(self, panel):
        """[chain, seq, seal] of the last link."""
        last = Link.objects.filter(chain__panel=panel).order_by("-seq").values_list("chain", "seq", "seal").first()
        return list(last)

    def mapping(self, world):
        """{model: {id in the first panel: id in this one}} of the people."""
        first = self.worlds[0]
        users = {
            first.people[k].pk: world.people[k].pk for k in first.people if isinstance(first.people[k], User)
        }  # fmt: skip
        holders = {first.people[k].pk: world.people[k].pk for k in ("pcc", "deputy")}
        members = {a.pk: b.pk for a, b in zip(first.members, world.members, strict=True)}
        return {User: users, OfficeHolder: holders, Member: members, Panel: {first.panel.pk: world.panel.pk}}

    def copy(self, n, world_number, received, is_open):
        """One more case, received on that day."""
        world = self.worlds[world_number]
        pks = self.still_open if is_open else self.ended
        template = self.templates[pks[n // PANELS % len(pks)]]
        old = template.rows[Case][0]
        shift = received - old["received_on"]
        ids = {model: dict(found) for model, found in self.people[world_number].items()}
        made: dict = {}
        for model in (*LIVE, *HISTORY):
            if base(model) is model:
                pk = model._meta.pk.attname
                ids[model] = {r[pk]: next(self.next[model]) for r in template.rows[model]}
            made[model] = [self.moved(model, row, ids, shift) for row in template.rows[model]]
        self.dress(made, n, world, received)
        for model, rows in made.items():
            self.waiting[model] += rows
        self.seal(template, made, ids, world, shift)

    def moved(self, model, row, ids, shift):
        """The copy of a row: its own ids, its own days."""
        new = dict(row)
        ours, days = changing(model)
        for name, target in ours:
            if (v := row[name]) is not None:
                new[name] = ids.get(target, {}).get(v, v)
        for name in days:
            if row[name] is not None:
                new[name] = row[name] + shift
        if (slug := new.get("recipient", "")).startswith("office_holder:"):
            new["recipient"] = f"office_holder:{ids[OfficeHolder][int(slug.partition(':')[2])]}"
        return new

    def dress(self, made, n, world, received):
        """Its own reference, title and complainant, in live rows and history alike."""
        keys: dict = {}
        rnd = random.Random(n)  # noqa: S311 - made-up data
        self.serials[world.panel.pk, received.year] += 1
        serial = self.serials[world.panel.pk, received.year]
        title = f"{rnd.choice(ADJECTIVES)} {rnd.choice(NOUNS)} at {rnd.choice(PLACES)}"
        name = f"{rnd.choice(NAMES)} {rnd.choice(SURNAMES)}"
        said = f"{rnd.choice(ADJECTIVES).lower()} {rnd.choice(NOUNS)}"
        own = {
            "reference": f"{world.panel.code}-C-{received.year}-{serial:05d}", "serial": serial,
            "year": received.year, "title": title,
        }  # fmt: skip
        for model in (Case, Complaint.history.model):
            for row in made[model]:
                row.update(own)
        for model in (Complainant, Complainant.history.model):
            for row in made[model]:
                row["name"] = name
        for model in (Allegation, Allegation.history.model):
            for row in made[model]:
                row["what"] = f"{row['what']} ({said})"

        for row in made[Document]:
            row["key"] = keys[row["id"]] = uuid.uuid4()
        for row in made[Document.history.model]:
            row["key"] = keys[row["id"]]

    def seal(self, template, made, ids, world, shift):
        """The links of the copy, at the end of its panel's chain."""
        by_label = {}
        for model in (*HISTORY, Entry, Move):
            by_label[model._meta.label] = (model, {r[model._meta.pk.attname]: r for r in made[model]}, ids[model])
        end = self.chains[world.panel.pk]
        for link in template.links:
            rows = {}
            for label, part in link["rows"].items():
                model, found, mapped = by_label[label]
                personal = erasable(model).keys() & set(part["fields"])
                digests = {}
                for pk in part["digests"]:
                    row = dict(found[mapped[int(pk)]])
                    apart = {f: row.pop(f) for f in personal}
                    digests[str(mapped[int(pk)])] = sha(row) + ("." + sha(apart) if apart else "")
                rows[label] = {"fields": part["fields"], "digests": digests}
            pk, by, moment = next(self.next[Link]), ids[User].get(link["by_id"]), link["at"] + shift
            if rows and link is not template.links[0]:
                rows[Opening._meta.label] = self.opened(pk, by, moment, made[Case][0])
            new = Link(
                pk=pk, chain_id=end[0], seq=end[1] + 1, entry_id=ids[Entry][link["entry_id"]],
                act=link["act"], by_id=by, at=moment, rows=rows, prev=end[2],
            )  # fmt: skip
            new.seal = link_seal(new)
            end[1], end[2] = new.seq, new.seal
            self.waiting[Link].append({f.attname: getattr(new, f.attname) for f in Link._meta.local_concrete_fields})

    def opened(self, link, by, moment, case):
        """Whoever took a step had opened the case before: those rows, and what the step's link says of them."""
        digests = {}
        for n in range(OPENINGS):
            row = {
                "id": next(self.next[Opening]), "panel_id": case["panel_id"], "case_id": case["id"], "by_id": by,
                "at": moment - timedelta(minutes=OPENINGS - n), "kind": "case", "page": ("case", "case-timeline")[n % 2],
                "what": "", "asked": "", "came_from": ("cases", "case")[n % 2],
            }  # fmt: skip
            digests[str(row["id"])] = sha(row)
            self.waiting[Opening].append(row | {"link_id": link})
        return {"fields": record_digests.fields_of(Opening), "digests": digests}

    def write(self):
        """Write what is waiting: by COPY in PostgreSQL."""
        database = connections[DEFAULT_DB_ALIAS]  # `connection` looks it up anew for each value
        with database.cursor() as cursor:
            for model in (*LIVE, *HISTORY, Link, Opening):
                sql, columns = insert(model)
                rows = (
                    [prepare(row[name], database) if prepare else row[name] for name, prepare in columns]
                    for row in self.waiting.pop(model, [])
                )
                if database.vendor == "postgresql":
                    with cursor.copy(sql) as copy:
                        for row in rows:
                            copy.write_row(row)
                else:
                    cursor.executemany(sql, rows)


def days(total):
    """(panel, day of receipt, open) of each case: those in hand, the large year of the first panel, ten years of all."""
    first, last = clock.year_bounds(YEAR_TO_REPORT)
    rnd = random.Random(1)  # noqa: S311 - made-up data
    in_hand = min(PANELS * OPEN_CASES, total // 2)
    for n in range(in_hand):
        yield n % PANELS, clock.today() - timedelta(days=30 + rnd.randrange(70)), True
    large = min(LARGE_YEAR_CASES, (total - in_hand) // 2)
    for _ in range(large):
        yield 0, first + timedelta(days=rnd.randrange((last - first).days - 30)), False
    for n in range(total - in_hand - large):
        yield n % PANELS, date(2016, 4, 1) + timedelta(days=rnd.randrange(3600)), False


def load(total):
    """Fill the database, unless it is."""
    if total <= Case.objects.count() <= total + len({*OPEN, *ENDED}):
        print(f"{total:,} cases are there already", file=sys.stderr)
        return
    begun = time.monotonic()
    call_command("flush", interactive=False, verbosity=0)
    worlds, still_open, ended = templates()
    with transaction.atomic():
        triggers.drop(connection)
    if connection.vendor == "sqlite":  # a crash costs a bench database and no more
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=MEMORY")
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-400000")
    loader = Loader(worlds, still_open, ended)
    for n, (world, received, is_open) in enumerate(days(total), 1):
        loader.copy(n, world, received, is_open)
        if n % CASES_WRITTEN_AT_ONCE == 0 or n == total:
            with transaction.atomic():
                loader.write()
        if n % 10_000 == 0:
            print(f"{n:,} of {total:,} cases, {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [*LIVE, *HISTORY, Link, Opening]):
            cursor.execute(sql)
        if connection.vendor == "postgresql":  # what its autovacuum does; nobody ever does it for SQLite
            cursor.execute("ANALYZE")
    with transaction.atomic():
        triggers.sync(connection)
    print(f"{total:,} cases in {time.monotonic() - begun:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    load(int(sys.argv[1]))
