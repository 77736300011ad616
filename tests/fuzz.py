"""Posts and addresses that no page of ours would send, made from the forms themselves: whatever comes in, the answer is a
page and never an error of ours (HTTP 500).

    fuzz = Fuzz(world, seed=7)
    fuzz.run(400)
    assert fuzz.wrong == []

Each turn opens a page as somebody who may, takes a form that stands there, changes a few of its answers into what is no
answer, and sends it: other values, other names, other buttons, other files, another character set, another address. What a
turn writes is taken back after it. A turn can be had again: `Fuzz(world, seed).once(turn)`.
"""

import random
import re
import traceback
from collections import Counter
from urllib.parse import quote, urlencode, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from panel.casework.case_context import CaseContext
from panel.casework.offers import offer
from panel.models import Membership, User
from panel.procedure.register import REGISTERS
from tests import build
from tests.hearings import build as hearings
from tests.panel.pages.page import PARTS, Reader

VALUES = (
    "", " ", "\x00", "²", "³1", "①", "٣", "१२", "-1", "0", "00", "+1", "1_0", "1e9", "1.5", "0x10", "NaN", "inf", "-0", "9" * 10,
    "9" * 20, "9" * 5000, "2147483648", "9223372036854775808", "-9223372036854775809", "31", "13", "1899", "1899-00", "0001", "9999", "10000",
    "2026-02-30", "2026-11-03", "0001-01-01", "9999-12-31", "1899-12-31", "20261103", "2026-W45-2", "12/12/2026", "2026-11-03T12:00",
    "jan", "février", "x" * 20_000, "on", "off", "yes", "no", "none", "None", "null", "true", "[]", "{}", "[1, 2]", "a,b", "%s", "%", "%00",
    "{{ 7|add:7 }}", "{0}", "{", "'", '"', "';--", "\\", "../../etc/passwd", "http://x", "//x", "a@b", "a@b.example", "😀", "e\u0301",
    "\u202e", "\u2028", "\ufeff=1", "\u200b", "\ud800", "=1+1", "<script>", "&#0;", "-", ".", "*", "?", "#", "&", ";",
)  # fmt: skip
BUTTONS = (
    "confirmed",
    "later",
    "change",
    "more",
    "after",
    "stale",
    "similar",
    "seen",
    "version",
    "under",
    "duty",
    "parts",
    "who",
    "on",
)
SETS = (
    "utf-8",
    "utf-16",
    "utf-7",
    "latin-1",
    "hex",
    "base64",
    "idna",
    "punycode",
    "undefined",
    "nonsense",
    "ünl",
    "mbcs",
    "cp037",
)
KINDS = ("application/json", "text/plain", "", "multipart/form-data", "multipart/form-data; boundary=", "x", "application/xml",
         "multipart/form-data; boundary=\u00ff", "multipart/mixed; boundary=a")  # fmt: skip
LOGOUT = "/accounts/logout/"  # a form in the head of every page
METHODS = ("put", "patch", "delete", "options", "head", "trace")
NAMES = (
    "a.pdf",
    "",
    ".",
    "..",
    "../a.pdf",
    "x" * 400 + ".pdf",
    "a\x00.pdf",
    "a.exe",
    "CON.pdf",
    "a\n.pdf",
    "😀.pdf",
    "\u202efdp.exe",
)
BYTES = (build.PDF, b"", b"%PDF-", b"PK\x03\x04", b"MZ\x90", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64, b"\xff\xfe", b"From: a\n\n",
         b"{\\rtf1", b"\x89PNG\r\n\x1a\n", b"<html>")  # fmt: skip


def pages(world) -> list[tuple[str, str]]:
    """(who, address) of the pages that are tried: every step where it can be taken, and the pages that ask for something."""
    panel, found = world.panel, []
    for case in [*world.ready.values()]:
        register = REGISTERS[case.register.slug]
        found += [("officer", at("panel:case", case)), ("mo", at("panel:case-history", case)), ("officer", at("panel:documents", case)),
                  ("auditor", at("panel:case-seen", case)), ("officer", at("panel:case-timeline", case))]  # fmt: skip
        for who in ("officer", "mo", "chairman"):
            look = CaseContext(case, world.people[who])
            for step in register.follows(case.procedure).steps:
                if step.creates != "case" and not offer(look, step).refusal:
                    found.append((who, at("panel:step", case, step.key)))
    for register in REGISTERS.values():
        for procedure in register.procedures:
            query = f"?under={procedure.key}"
            found += [("officer", reverse("panel:new-case", args=[panel.slug, register.slug, s.key]) + query)
                      for s in procedure.steps if s.creates == "case"]  # fmt: skip
        for who in ("officer", "chairman", "mo"):
            found.append((who, reverse("panel:cases", args=[panel.slug, register.slug])))
        found.append(("officer", reverse("panel:cases-file", args=[panel.slug, register.slug, "csv"])))
    membership = Membership.objects.get(panel=panel, user=world.chairman).pk
    for who, name, *args in (
        ("officer", "home"), ("mo", "home"), ("mo", "journal"), ("auditor", "openings"), ("mo", "held"), ("mo", "settings"),
        ("mo", "settings-change"), ("admin", "users"), ("admin", "invite"), ("admin", "user", membership), ("admin", "account", membership),
        ("auditor", "sign-ins"), ("officer", "post"), ("officer", "hand-over"), ("officer", "retention"), ("officer", "report"), ("officer", "report-issue"),
        ("officer", "report-draft-file", "csv"), ("officer", "report-draft-file", "docx"), ("officer", "people"), ("officer", "person", "members", world.members[4].pk),
        ("officer", "person", "office-holders", world.pcc.pk),
        *(("officer", "person-add", kind) for kind in ("members", "chairmen", "substitutes", "office-holders", "councils")),
    ):  # fmt: skip
        found.append((who, reverse(f"panel:{name}", args=[panel.slug, *args])))
    for name in (
        "account_change_password",
        "account_logout",
        "mfa_index",
        "choose-panel",
        "account_reauthenticate",
        "account_reminders",
    ):
        found.append(("officer", reverse(name)))
    years = ("?year=1899-00", "?year=1899-00&as_at=1899-04-01", "?year=2026-27&new=1", "?year=2025-26&as_at=1900-01-01")
    for name in ("report", "report-issue"):
        found += [("officer", reverse(f"panel:{name}", args=[panel.slug]) + year) for year in years]
    found += [("officer", reverse("panel:cases", args=[panel.slug, "complaints"]) + "?figure=received&show=all&" + year[1:].replace("year", "report"))
              for year in years]  # fmt: skip
    for name in ("account_login", "account_reset_password", "account_signup", "help", "health"):
        found.append(("", reverse(name)))
    return list(dict.fromkeys(found))


def hearings_of(world) -> dict:
    """A few hearings, under either schedule."""
    states = ((1, "notified"), (1, "heard"), (8, "vetoed"), (8, "hearing_arranged"))
    return {(number, state): hearings.at(world, state, number) for number, state in states}


def at(name, case, *args) -> str:
    """The address of a page of a case."""
    return reverse(name, args=[case.panel.slug, case.register.slug, case.reference, *args])


class Fuzz:
    """Turns of one seed."""

    def __init__(self, world, seed: int) -> None:
        self.seed, self.wrong, self.sent, self.forms, self.codes = seed, [], 0, {}, Counter()
        self.pages = pages(world)
        self.people = {"": Client()} | {k: Client() for k, v in world.people.items() if isinstance(v, User)}
        for key, user in world.people.items():
            if isinstance(user, User):
                self.people[key].force_login(user)
        self.cookies = {key: client.cookies.output() for key, client in self.people.items()}

    def run(self, turns: int, first: int = 0) -> None:
        """So many turns."""
        for turn in range(first, first + turns):
            self.once(turn)

    def once(self, turn: int) -> None:
        """One turn."""
        chance = random.Random(f"{self.seed}/{turn}")  # noqa: S311 - no secret
        who, address = chance.choice(self.pages)
        self.people[who].cookies.clear()  # as after signing in: a turn before may have signed out
        self.people[who].cookies.load(self.cookies[who].replace("Set-Cookie: ", ""))
        point = transaction.savepoint()
        said = (who, address)
        try:
            said = self.request(chance, who, address)
            method, address, data, how = said
            answer = getattr(self.people[who], method)(address, data, **how) if data is not None else getattr(
                self.people[who], method)(address, **how)  # fmt: skip
            self.sent += 1
            self.codes[answer.status_code] += 1
            getattr(answer, "streaming", False) and b"".join(answer.streaming_content)
            if answer.status_code >= 500:
                self.tell(turn, said, answer.status_code)
        except Exception as error:
            self.tell(turn, said, "".join(traceback.format_exception(error)[-4:]))
        finally:
            transaction.savepoint_rollback(point)

    def tell(self, turn, said, what) -> None:
        """Keep what went wrong."""
        self.wrong.append(f"turn {turn} of seed {self.seed}: {str(said)[:1500]}\n{what}")

    def request(self, chance, who, address):
        """(method, address, data or None, more for the client) of a turn."""
        kind = chance.random()
        if kind < 0.12:  # another address
            return "get", self.bent(chance, address), None, {}
        if kind < 0.25:  # another question
            query = {
                n: self.value(chance) for n in chance.sample(self.asked(who, address), k=1) + [chance.choice(BUTTONS)]
            }
            return "get", f"{address.split('?')[0]}?{urlencode(query, errors='surrogatepass')}", None, {}
        if kind < 0.29:
            return chance.choice(METHODS), address, None, {}
        form = chance.choice(self.of(who, address) or [({}, {}, address, "post")])
        values, offered, action, method = form
        data = self.changed(chance, values, offered)
        if method == "get":
            return "get", f"{action.split('?')[0]}?{urlencode(data, doseq=True, errors='surrogatepass')}", None, {}
        if kind < 0.42:  # another way of writing it
            body = urlencode(data, doseq=True, errors="surrogatepass").encode()
            how = chance.choice(SETS + KINDS)
            words = how if how in KINDS else f"application/x-www-form-urlencoded; charset={how}"
            return "generic", "POST", action.split("?")[0], {"data": body, "content_type": words}
        if kind < 0.6:
            names = [n for n, choices in offered.items() if choices == "file"] or ["documents"]
            data[chance.choice(names)] = [
                SimpleUploadedFile("a", chance.choice(BYTES)) for _ in range(chance.choice((1, 1, 2)))
            ]
            for file in data[names[0]] if isinstance(data.get(names[0]), list) else ():
                if hasattr(file, "_name"):
                    file._name = chance.choice(NAMES)
        return "post", action, {plain(k): plain(v) for k, v in data.items()}, {}

    def value(self, chance) -> str:
        """What is no answer."""
        return chance.choice(VALUES)

    def bent(self, chance, address: str) -> str:
        """The address with one piece of it exchanged."""
        pieces = urlsplit(address).path.split("/")
        pieces[chance.randrange(1, len(pieces))] = quote(
            self.value(chance)[:2000].replace("/", ""), errors="surrogatepass"
        )
        return re.sub("^//+", "/", "/".join(pieces))

    def asked(self, who, address) -> list[str]:
        """The names that the page asks for."""
        return sorted({n for values, offered, *_ in self.of(who, address) for n in (*values, *offered)}) or ["page"]

    def changed(self, chance, values: dict, offered: dict) -> dict:
        """What the form would send, a valid choice in most places, and in some what is no answer."""
        data = dict(values)
        for name, choices in offered.items():
            if isinstance(choices, list) and choices and chance.random() < 0.7:
                data[name] = chance.choice(choices)
            elif choices is None and not data.get(name) and chance.random() < 0.7:
                part = name.rpartition("_")[2]
                data[name] = {"day": "3", "month": "11", "year": "2026"}.get(part, "Words")
        names = list(data) * 2 + list(offered) * 2 + list(BUTTONS)
        for _ in range(chance.choice((0, 1, 1, 2, 2, 3, 6))):
            name = chance.choice(names)
            how = chance.random()
            if how < 0.65:
                data[name] = self.value(chance)
            elif how < 0.75:
                data[name] = [self.value(chance) for _ in range(3)]
            elif how < 0.85 and name.rpartition("_")[2] in PARTS:  # a whole day under the question's own name
                root = name.rpartition("_")[0]
                data = {k: v for k, v in data.items() if k.rpartition("_")[0] != root} | {root: self.value(chance)}
            elif how < 0.92:
                data.pop(name, None)
            else:
                data[
                    re.sub("[0-9]+", lambda _: self.value(chance)[:50].replace("\ud800", "x"), name)
                    + chance.choice(("", "_1", "_99999999999", "_²"))
                ] = "1"
        for button in chance.sample(BUTTONS[:6], k=chance.choice((0, 0, 1, 1, 2))):
            data[button] = chance.choice(("1", *VALUES[:12]))
        return data

    def of(self, who, address) -> list[tuple[dict, dict, str, str]]:
        """The forms of a page, (values, offered, where to, method) each; read once."""
        if (who, address) not in self.forms:
            answer = self.people[who].get(address)
            html = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
            root = Reader(answer.content.decode()).root if html else None
            forms = (
                [f for f in root.all("form") if f.attrs.get("action") != LOGOUT or address == LOGOUT] if root else []
            )
            self.forms[who, address] = [read(form, address) for form in forms]
        return self.forms[who, address]


def read(form, address) -> tuple[dict, dict, str, str]:
    """A form: what it would send, {name: choices, None for text or "file"}, where to, and how."""
    values: dict = {}
    offered: dict = {}
    for e in form.all("input", "textarea", "select", "button"):
        kind, name = e.attrs.get("type", "text"), e.attrs.get("name", "")
        if not name or name == "csrfmiddlewaretoken":
            continue
        if kind in ("radio", "checkbox"):
            offered.setdefault(name, []).append(e.attrs.get("value", "on"))
        elif e.tag == "select":
            offered[name] = [o.attrs.get("value", "") for o in e.all("option")]
        elif e.tag == "textarea":
            offered[name], values[name] = None, e.raw
        elif kind == "hidden":
            values[name] = e.attrs.get("value", "")
        elif kind == "file":
            offered[name] = "file"
        elif e.tag != "button":
            offered[name], values[name] = None, e.attrs.get("value", "")
    action = form.attrs.get("action") or address
    return (
        values,
        offered,
        address.split("?")[0] + action if action.startswith("?") else action,
        form.attrs.get("method", "get"),
    )


def plain(value):
    """Text without half characters, which the test client cannot write; they come in where the body is written by hand."""
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value.replace("\ud800", "\ufffd") if isinstance(value, str) else value
