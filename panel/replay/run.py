"""Cases taken through dated steps from a script that reads like case notes, by the same code as the pages.

    {"panel": "exshire", "by": "priya.nair@exshire.example", "as_of": "2026-11-18",
     "cases": [
      {"ref": "larkford", "note": "Open: waiting for the Chairman.",
       "steps": [
        {"step": "log", "on": "2026-10-27", "channel": "email", "subjects": ["Daniel Ashcombe"], "allegations": [...]},
        {"step": "redirect", "on": "2026-11-02", "by": "helen.farrow@exshire.example", "parts": [3], ...},
        {"step": "give_notice", "on": "2026-11-06", "kinds": ["copy_of_record"], "to": "complainant", "how": "post",
         "typed": "2026-11-09 08:50", "documents": [{"name": "record.pdf", "pdf": "Copy of the record ..."}]}]}]}

A step's other keys are the answers of its form. A choice may be given by its value or by the words that the page shows
(a person by name); a duty by its kind and whom it is owed to; a step to take back by its key; another case by `ref`.
A case with `reference` instead of a first step goes on with a case of the register. All of a file is saved, or nothing.

Without `as_of` the dates stand as they are and each step is entered now: so old paper files are typed up. With it, the
script tells a history as it stood on that day. Its days are moved by working days until that day is the last working
day up to today, also those written `{2026-10-14}` in a text, and each step is entered on its day: in a demonstration or
a test only.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from io import BytesIO
from textwrap import wrap
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from panel.casework.errors import Invalid, Refused, Unseen
from panel.casework.perform import begin, perform
from panel.law import clock
from panel.law.bank_holidays import not_working
from panel.law.period import day_words
from panel.models import Document, Panel, User
from panel.procedure.register import of_procedure, procedures

ISO = re.compile(r"\d{4}-\d\d-\d\d")
IN_TEXT = re.compile(r"\{(\d{4}-\d\d-\d\d)\}")
TYPED = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d))?")
SCRIPT_KEYS = {"panel", "procedure", "by", "note", "as_of", "cases"}
CASE_KEYS = {"ref", "reference", "note", "by", "procedure", "steps"}
STEP_KEYS = {"step", "on", "by", "typed", "kinds", "to", "entry", "allegations", "documents"}
DAYS_OFF = "Days without work came in between."
FIRST_STEP_OF_A_DAY = 9 * 60 + 5  # minutes


class Wrong(Exception):
    """The script cannot be replayed: where, and why. Nothing was saved."""


class Notes(dict):
    """An object of the script that knows its line."""

    line = 0
    double = ""


class _Decoder(json.JSONDecoder):
    """Makes `Notes` of objects, and refuses a key given twice."""

    def __init__(self):
        super().__init__(object_pairs_hook=self.once)
        plain = self.parse_object

        def parse_object(where, *args):
            found, end = plain(where, *args)
            found.line = where[0].count("\n", 0, where[1]) + 1
            if found.double:
                raise Wrong(f"line {found.line}: {found.double!r} is given twice in one object")
            return found, end

        self.parse_object = parse_object
        self.scan_once = json.scanner.py_make_scanner(self)  # the one in C does not ask parse_object

    @staticmethod
    def once(pairs):
        """The object, with the first key that stands twice."""
        found, keys = Notes(pairs), [k for k, _ in pairs]
        found.double = next((k for k in keys if keys.count(k) > 1), "")
        return found


def read(text: str):
    """The script of a JSON text. Raises Wrong with its line."""
    try:
        found = json.loads(text, cls=_Decoder)
    except json.JSONDecodeError as error:
        raise Wrong(f"line {error.lineno}: {error.msg}") from None
    except RecursionError:
        raise Wrong("it is nested too deeply") from None
    if not isinstance(found, Notes):
        raise Wrong("line 1: a script is an object with panel and cases")
    return found


class Move:
    """Moves the days of a script by working days, so that the day it was written for becomes the last working day up to
    today. A day without work goes where the working day before it goes."""

    def __init__(self, as_of: date | None, today: date):
        self.as_of, self.today = as_of, _last_working(today)
        self.day = cache(self._day)

    def _day(self, day: date) -> date:
        if self.as_of is None:
            return day
        found, at, goal = self.today, _last_working(self.as_of), _last_working(day)
        one = timedelta(days=1 if goal > at else -1)
        while at != goal:
            at = _next_working(at, one)
            found = _next_working(found, one)
        return found

    def text(self, words: str) -> str:
        """The text with its `{2026-10-14}` moved and in words."""
        return IN_TEXT.sub(lambda m: day_words(self.day(date.fromisoformat(m[1]))), words)


def _last_working(day: date) -> date:
    while not_working(day):
        day -= timedelta(days=1)
    return day


def _next_working(day: date, one: timedelta) -> date:
    day += one
    while not_working(day):
        day += one
    return day


@dataclass
class Told:
    """One case of a script while it is replayed."""

    notes: Notes
    where: str
    panel: Panel
    procedure: Any
    case: Any = None


@dataclass
class Planned:
    """One step of a script."""

    told: Told
    notes: Notes
    where: str
    key: str
    by: User
    on: date
    moment: datetime | None  # when it is entered; None: now
    move: Move


@dataclass
class Replay:
    """Scripts replayed together: `Replay([read(text)]).run()` gives the entries made. Raises Wrong."""

    scripts: list
    names: list[str] = field(default_factory=list)  # of their files, for messages where there are several
    entries: list = field(default_factory=list)

    def run(self, dry_run: bool = False) -> list:
        """Every entry, in the order they were made. With `dry_run` all is taken and then given up."""
        self.refs: dict[str, Told] = {}
        stored: list[str] = []
        try:
            with transaction.atomic():
                try:
                    for planned in self.plan():
                        self.take(planned)
                    if dry_run:
                        raise _DryRun
                except BaseException:
                    files = Document.objects.filter(entry__in=[e.pk for e in self.entries])
                    stored = list(files.values_list("file", flat=True))
                    raise
        except _DryRun:
            _remove(stored)
        except BaseException:
            _remove(stored)
            raise
        return self.entries

    # What is to be done, in which order

    def plan(self) -> list[Planned]:
        """Every step of every script, in the order of the moments they are entered at."""
        found: list[Planned] = []
        for number, script in enumerate(self.scripts):
            prefix = f"{self.names[number]}: " if len(self.names) > number else ""
            found += self._script(script, prefix)
        if any(p.moment for p in found):
            if settings.PRODUCTION:
                raise Wrong("as_of: only a demonstration or a test can be entered in the past (DEMO=1)")
            now = clock.now()
            found.sort(key=lambda p: p.moment or now)  # a stable sort: those of one moment stay in their order
        return found

    def _script(self, script: Notes, prefix: str) -> list[Planned]:
        top = f"{prefix}line {script.line}"
        _known(script, SCRIPT_KEYS, top)
        slug = script.get("panel")
        panel = Panel.objects.filter(slug=slug).first() if isinstance(slug, str) else None
        if panel is None:
            raise Wrong(f"{top}: panel: there is no panel {slug!r}")
        move = Move(_day(script["as_of"], f"{top}: as_of") if "as_of" in script else None, clock.today())
        found: list[Planned] = []
        for n, case in enumerate(_objects(script, "cases", top)):
            where = f"{prefix}cases[{n}]"
            here = f"{where} (line {case.line})"
            _known(case, CASE_KEYS, here)
            told = Told(case, here, panel, _procedure(case if "procedure" in case else script, here))
            if "ref" in case:
                if not isinstance(case["ref"], str) or case["ref"] in self.refs:
                    raise Wrong(f"{here}: ref: {case['ref']!r} is no text, or is there already")
                self.refs[case["ref"]] = told
            model = of_procedure(told.procedure.key).case_model
            if "reference" in case:
                known = model.objects.filter(panel=panel, procedure=told.procedure.key)
                told.case = known.filter(reference=str(case["reference"])).first()
                if told.case is None:
                    raise Wrong(f"{here}: reference: {panel.name} has no case {case['reference']!r}")
            else:
                told.case = model(panel=panel, procedure=told.procedure.key)
            last = None
            for m, step in enumerate(_objects(case, "steps", here)):
                planned = self._step(told, step, f"{where}.steps[{m}] (line {step.line})", script, move, last, m == 0)
                last = planned.moment
                found.append(planned)
        return found

    def _step(self, told: Told, notes: Notes, where: str, script: Notes, move: Move, last, first: bool) -> Planned:
        key = notes.get("step")
        try:
            step = told.procedure.step(key)
        except KeyError:
            raise Wrong(f"{where}: step: the procedure has no step {key!r}") from None
        where = f"{where}: {key}"
        new = first and told.case._state.adding
        if (step.adds == "case") != new:
            first_steps = " or ".join(s.key for s in told.procedure.steps if s.adds == "case")
            words = f"a new case begins with {first_steps}" if new else "the case is there already"
            raise Wrong(f"{where}: {words}")
        email = notes.get("by", told.notes.get("by", script.get("by")))
        by = _user(email if isinstance(email, str) else "")
        if by is None:
            raise Wrong(f"{where}: by: there is no user {email!r}")
        written = _day(notes.get("on"), f"{where}: on")
        moment = None
        if "as_of" in script:
            moment = self._moment(notes, written, f"{where}: typed", move, last, len(self.refs))
        elif "typed" in notes:
            raise Wrong(f"{where}: typed: only a script with as_of says when a step was entered")
        return Planned(told, notes, where, key, by, move.day(written), moment, move)

    def _moment(self, notes, written, where, move, last, spread) -> datetime:
        """When the step is entered: as `typed`, else on its day in working hours, after the step before it."""
        typed = TYPED.fullmatch(str(notes.get("typed", written.isoformat())))
        if typed is None:
            raise Wrong(f"{where}: write it as 2026-11-09 or 2026-11-09 08:50, not {notes['typed']!r}")
        day, now = move.day(_day(typed[1], where)), clock.now()
        if typed[2]:
            try:
                at = time.fromisoformat(typed[2])
            except ValueError:
                raise Wrong(f"{where}: {typed[2]} is no time") from None
        else:
            minutes = FIRST_STEP_OF_A_DAY + (spread * 37 + day.toordinal() * 11) % 300
            at = time(minutes // 60, minutes % 60)
        moment = datetime.combine(day, at, clock.LONDON)
        if not typed[2]:
            if last is not None and moment <= last and last.astimezone(clock.LONDON).date() == day:
                moment = last + timedelta(minutes=6)
            moment = min(moment, now)
        if last is not None and moment < last:
            raise Wrong(f"{where}: the step before it was entered later")
        if moment > now:
            raise Wrong(f"{where}: that is still to come")
        return moment

    # Doing it

    def take(self, planned: Planned) -> None:
        """Take one step. Raises Wrong."""
        if planned.moment is None:
            self._take(planned)
        else:
            with clock.set_to(planned.moment):
                self._take(planned)

    def _perform(self, planned: Planned, files, answers):
        """The entry. What has come to be late because a script's days were moved across days without work says so, where the step
        wants a reason: the story itself was in time."""
        case, key = planned.told.case, planned.key
        try:
            return perform(case, key, by=planned.by, files=files, on=planned.on, **answers)
        except Invalid as invalid:
            late = {name for name in invalid.form.errors if name and name.startswith("late_")}
            if planned.moment is None or late != set(invalid.form.errors):
                raise
            answers = {**answers, **dict.fromkeys(late, DAYS_OFF)}
            return perform(case, key, by=planned.by, files=files, on=planned.on, **answers)

    def _take(self, planned: Planned) -> None:
        told, key = planned.told, planned.key
        try:
            attempt = begin(told.case, key, planned.by)
            answers, files = self.answers(attempt, planned)
            entry = self._perform(planned, files, answers)
        except Unseen:
            raise Wrong(f"{planned.where}: {planned.by} does not see this case") from None
        except Refused as refused:
            raise Wrong(f"{planned.where}: {refused}") from None
        except Invalid as invalid:
            raise Wrong(f"{planned.where}: {_errors(invalid.form)}") from None
        except ValueError as error:  # a period that cannot be counted
            raise Wrong(f"{planned.where}: {error}") from None
        told.case = entry.case
        self.entries.append(entry)

    def answers(self, attempt, planned: Planned) -> tuple[dict, dict]:
        """The step's answers as its form takes them, and its files. Raises Wrong for one that it does not ask."""
        notes, fields, answers = planned.notes, attempt.form.fields, {}
        for name, value in notes.items():
            at = f"{planned.where}: {name}"
            if name in STEP_KEYS and not (name == "to" and "to" in fields):
                continue
            if name not in fields and f"{name}_1" in fields:  # the form numbers its allegations; here there is one
                name = f"{name}_1"
            if name in getattr(attempt.form, "script_names", ()):  # lists of names in place of a question for each
                answers[name] = value
                continue
            if name not in fields:
                raise Wrong(f"{at}: this step does not ask that. It asks: {', '.join(sorted(fields))}")
            answers[name] = self._chosen(fields[name], self._value(value, at, planned.move), at)
        if "allegations" in notes:
            rows = notes["allegations"]
            if "what_1" not in fields or not isinstance(rows, list):
                raise Wrong(f"{planned.where}: allegations: this step does not ask that")
            answers["allegations"] = [self._row(r, fields, planned) for r in rows]
        if "kinds" in notes:
            answers["duties"] = self._duties(attempt, planned)
        if "entry" in notes:
            answers["entry"] = self._entry(attempt, planned)
        documents = notes.get("documents", [])
        if not isinstance(documents, list):
            raise Wrong(f"{planned.where}: documents: give a list")
        return answers, {"documents": [made(d, f"{planned.where}: documents", planned.move) for d in documents]}

    def _value(self, value, at, move):
        if isinstance(value, bool):
            return value
        if isinstance(value, int):
            return str(value)
        if isinstance(value, str):
            return move.day(_day(value, at)) if ISO.fullmatch(value) else move.text(value)
        if isinstance(value, list) and not any(isinstance(v, list) for v in value):
            return [self._value(v, at, move) for v in value]
        raise Wrong(f"{at}: give a text, a number, true, false, or a list of these")

    def _row(self, row, fields, planned) -> dict:
        at = f"{planned.where}: allegations"
        if not isinstance(row, dict) or any(f"{k}_1" not in fields for k in row):
            raise Wrong(f"{at}: each is an object with what, happened_on and early_reason")
        return {k: self._value(v, at, planned.move) for k, v in row.items()}

    def _chosen(self, asked, value, at):
        """The value of the choice that has these words; other answers as they are."""
        if not hasattr(asked, "choices") or isinstance(value, bool):
            return value
        choices = [(str(v), str(words)) for v, words in asked.choices]
        if isinstance(value, list):
            return [self._choice(str(v), choices, at) for v in value]
        return self._choice(str(value), choices, at)

    def _choice(self, words: str, choices, at) -> str:
        told = self.refs.get(words)
        for value in (words, told.case.reference if told else words):
            if any(v == value for v, _ in choices):
                return value
        found = [v for v, label in choices if label == words] or [
            v for v, label in choices if label.startswith(f"{words}, ")
        ]
        if len(found) == 1:
            return found[0]
        said = "is more than one of" if found else "is none of"
        raise Wrong(f"{at}: {words!r} {said} the choices: {'; '.join(label for v, label in choices if v)}")

    def _duties(self, attempt, planned) -> list[str]:
        """The open duties of those kinds, owed to those people."""
        kinds, whom = _texts(planned.notes["kinds"]), _texts(planned.notes.get("to", []))
        open_now = attempt.look.open_duties
        found = []
        for kind in kinds:
            these = [d for d in open_now if d.kind == kind]
            if whom:
                these = [d for d in these if {d.recipient, attempt.facts.recipient_words(d.recipient)} & set(whom)]
            if not these:
                have = "; ".join(f"{d.kind} to {attempt.facts.recipient_words(d.recipient)}" for d in open_now)
                raise Wrong(f"{planned.where}: kinds: no duty {kind!r} is open here. Open: {have or 'none'}")
            found += [str(d.pk) for d in these]
        return found

    def _entry(self, attempt, planned) -> str:
        """The number of the last entry of that step which may be taken back."""
        wanted = planned.notes["entry"]
        numbers = {v for v, _ in attempt.form.fields["entry"].choices} if "entry" in attempt.form.fields else set()
        for entry in reversed(attempt.look.entries):
            if wanted in (entry.step, entry.number) and str(entry.number) in numbers:
                return str(entry.number)
        raise Wrong(f"{planned.where}: entry: no step {wanted!r} can be taken back")


class _DryRun(Exception):
    """Gives up what a dry run has done."""


def _remove(stored) -> None:
    for name in stored:
        default_storage.delete(name)


def _procedure(notes: Notes, where: str):
    """The procedure that a script or case follows; complaints, if it does not say."""
    key = notes.get("procedure", "complaints")
    found = procedures().get(key) if isinstance(key, str) else None
    if found is None:
        raise Wrong(f"{where}: procedure: there is no procedure {key!r}")
    return found


def _user(email: str):
    return User.objects.filter(email=email.strip().lower()).first()


def _texts(value) -> list[str]:
    return [str(v) for v in (value if isinstance(value, list) else [value])]


def _objects(notes: Notes, name: str, where: str) -> list[Notes]:
    found = notes.get(name)
    if not isinstance(found, list) or not found or not all(isinstance(o, Notes) for o in found):
        raise Wrong(f"{where}: {name}: give a list of objects")
    return found


def _known(notes: Notes, keys: set[str], where: str) -> None:
    if unknown := next((k for k in notes if k not in keys), None):
        raise Wrong(f"{where}: {unknown!r} means nothing here. These do: {', '.join(sorted(keys))}")


def _day(value, where: str) -> date:
    try:
        if not ISO.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Wrong(f"{where}: write the day as 2026-11-18, not {value!r}") from None


def _errors(form) -> str:
    """The form's errors in one line, each after its question's name."""
    found = []
    for name, errors in form.errors.items():
        words = " ".join(str(e) for e in errors)
        found.append(words if name == "__all__" else f"{name}: {words}")
    return "; ".join(found)


def made(notes, where: str, move: Move) -> SimpleUploadedFile:
    """A small file made of a script's {"name", "text"} or {"name", "pdf"}: the same bytes each time. Raises Wrong."""
    if not isinstance(notes, dict) or not isinstance(notes.get("name"), str) or len(notes) != 2:
        raise Wrong(f'{where}: write each as {{"name": ..., "text": ...}} or {{"name": ..., "pdf": ...}}')
    words = next(notes[k] for k in notes if k != "name")
    if not isinstance(words, str) or not notes.keys() & {"text", "pdf"}:
        raise Wrong(f"{where}: {notes['name']}: its text or pdf is the text to put in it")
    words = move.text(words)
    if "text" in notes:
        return SimpleUploadedFile(notes["name"], words.encode(), "text/plain")
    return SimpleUploadedFile(notes["name"], pdf(words), "application/pdf")


def pdf(words: str) -> bytes:
    """A one-page PDF of the text, a line for each of its lines, in Helvetica. Letters outside Latin-1 become "?"."""

    def line(text: str) -> bytes:
        escaped = re.sub(r"([\\()])", r"\\\1", text)
        return f"({escaped}) Tj T*".encode("cp1252", "replace")

    shown = b"\n".join(line(part) for text in words.split("\n") for part in (wrap(text, 88) or [""]))
    stream = b"BT /F1 11 Tf 16 TL 56 780 Td\n" + shown + b"\nET"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        font,
    ]
    out, places = BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()
