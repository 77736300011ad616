"""Which steps a script takes, in which order, by whom and when."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings

from panel.law import clock
from panel.models import Panel, User
from panel.procedure.register import of_procedure, procedures
from panel.replay.dates import DayShift
from panel.replay.script import CASE_KEYS, SCRIPT_KEYS, Notes, Wrong, objects_of, read_day, refuse_unknown_keys

TYPED = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d))?")
FIRST_STEP_OF_A_DAY = 9 * 60 + 5  # minutes


@dataclass
class ScriptCase:
    """One case of a script while it is replayed."""

    notes: Notes
    where: str
    panel: Panel
    procedure: Any
    case: Any = None


@dataclass
class PlannedStep:
    """One step of a script."""

    script_case: ScriptCase
    notes: Notes
    where: str
    key: str
    by: User
    on: date
    moment: datetime | None  # when it is entered; None: now
    shift: DayShift


@dataclass
class Plan:
    """What scripts that are replayed together ask for. Raises Wrong for what cannot be done."""

    scripts: list
    names: list[str]  # of their files, for messages where there are several
    refs: dict[str, ScriptCase] = field(default_factory=dict)  # the cases, by the names that scripts give them

    def steps(self) -> list[PlannedStep]:
        """Every step of every script, in the order of the moments they are entered at."""
        found: list[PlannedStep] = []
        for number, script in enumerate(self.scripts):
            prefix = f"{self.names[number]}: " if len(self.names) > number else ""
            found += self._script(script, prefix)
        if any(p.moment for p in found):
            if settings.PRODUCTION:
                raise Wrong("as_of: only a demonstration or a test can be entered in the past (DEMO=1)")
            now = clock.now()
            found.sort(key=lambda p: p.moment or now)  # a stable sort: those of one moment stay in their order
        return found

    def _script(self, script: Notes, prefix: str) -> list[PlannedStep]:
        """The steps of one script, case after case."""
        top = f"{prefix}line {script.line}"
        refuse_unknown_keys(script, SCRIPT_KEYS, top)
        slug = script.get("panel")
        panel = Panel.objects.filter(slug=slug).first() if isinstance(slug, str) else None
        if panel is None:
            raise Wrong(f"{top}: panel: there is no panel {slug!r}")
        shift = DayShift(read_day(script["as_of"], f"{top}: as_of") if "as_of" in script else None, clock.today())
        found: list[PlannedStep] = []
        for n, case in enumerate(objects_of(script, "cases", top)):
            where = f"{prefix}cases[{n}]"
            here = f"{where} (line {case.line})"
            refuse_unknown_keys(case, CASE_KEYS, here)
            script_case = ScriptCase(case, here, panel, _procedure(case if "procedure" in case else script, here))
            if "ref" in case:
                if not isinstance(case["ref"], str) or case["ref"] in self.refs:
                    raise Wrong(f"{here}: ref: {case['ref']!r} is no text, or is there already")
                self.refs[case["ref"]] = script_case
            model = of_procedure(script_case.procedure.key).case_model
            if "reference" in case:
                known = model.objects.filter(panel=panel, procedure=script_case.procedure.key)
                script_case.case = known.filter(reference=str(case["reference"])).first()
                if script_case.case is None:
                    raise Wrong(f"{here}: reference: {panel.names.name} has no case {case['reference']!r}")
            else:
                script_case.case = model(panel=panel, procedure=script_case.procedure.key)
            last = None
            for m, notes in enumerate(objects_of(case, "steps", here)):
                planned = self._step(
                    script_case, notes, f"{where}.steps[{m}] (line {notes.line})", script, shift, last, m == 0
                )
                last = planned.moment
                found.append(planned)
        return found

    def _step(
        self, script_case: ScriptCase, notes: Notes, where: str, script: Notes, shift: DayShift, last, first: bool
    ) -> PlannedStep:
        """One step: is it declared, may it stand here, who enters it, on which day?"""
        key = notes.get("step")
        try:
            step = script_case.procedure.step(key)
        except KeyError:
            raise Wrong(f"{where}: step: the procedure has no step {key!r}") from None
        where = f"{where}: {key}"
        new = first and script_case.case._state.adding
        if (step.creates == "case") != new:
            first_steps = " or ".join(s.key for s in script_case.procedure.steps if s.creates == "case")
            words = f"a new case begins with {first_steps}" if new else "the case is there already"
            raise Wrong(f"{where}: {words}")
        email = notes.get("by", script_case.notes.get("by", script.get("by")))
        by = _user(email if isinstance(email, str) else "")
        if by is None:
            raise Wrong(f"{where}: by: there is no user {email!r}")
        written = read_day(notes.get("on"), f"{where}: on")
        moment = None
        if "as_of" in script:
            moment = self._moment(notes, written, f"{where}: typed", shift, last, len(self.refs))
        elif "typed" in notes:
            raise Wrong(f"{where}: typed: only a script with as_of says when a step was entered")
        return PlannedStep(script_case, notes, where, key, by, shift.day(written), moment, shift)

    def _moment(self, notes, written, where, shift, last, spread) -> datetime:
        """When the step is entered: as `typed`, else on its day in working hours, after the step before it."""
        typed = TYPED.fullmatch(str(notes.get("typed", written.isoformat())))
        if typed is None:
            raise Wrong(f"{where}: write it as 2026-11-09 or 2026-11-09 08:50, not {notes['typed']!r}")
        day, now = shift.day(read_day(typed[1], where)), clock.now()
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


def _procedure(notes: Notes, where: str):
    """The procedure that a script or case follows; complaints, if it does not say."""
    key = notes.get("procedure", "complaints")
    found = procedures().get(key) if isinstance(key, str) else None
    if found is None:
        raise Wrong(f"{where}: procedure: there is no procedure {key!r}")
    return found


def _user(email: str):
    return User.objects.filter(email=email.strip().lower()).first()
