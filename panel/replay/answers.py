"""A step's answers as its form takes them, read from the words of a script."""

from panel.replay.files import make_file
from panel.replay.plan import PlannedStep, ScriptCase
from panel.replay.script import ISO, STEP_KEYS, Wrong, as_texts, read_day


class Answers:
    """The answers and files that a script gives to one step. `refs` are the cases by the names that scripts give them."""

    def __init__(self, attempt, planned: PlannedStep, refs: dict[str, ScriptCase]):
        self.attempt, self.refs = attempt, refs
        self.notes, self.where, self.shift = planned.notes, planned.where, planned.shift
        self.fields = attempt.form.fields

    def read(self) -> tuple[dict, dict]:
        """The step's answers as its form takes them, and its files. Raises Wrong for one that it does not ask."""
        notes, fields, answers = self.notes, self.fields, {}
        for name, value in notes.items():
            at = f"{self.where}: {name}"
            if name in STEP_KEYS and not (name == "to" and "to" in fields):
                continue
            if name not in fields and f"{name}_1" in fields:  # the form numbers its allegations; here there is one
                name = f"{name}_1"
            if name in getattr(self.attempt.form, "script_names", ()):  # lists of names in place of a question for each
                answers[name] = value
                continue
            if name not in fields:
                raise Wrong(f"{at}: this step does not ask that. It asks: {', '.join(sorted(fields))}")
            answers[name] = self._chosen(fields[name], self._value(value, at), at)
        if "allegations" in notes:
            rows = notes["allegations"]
            if "what_1" not in fields or not isinstance(rows, list):
                raise Wrong(f"{self.where}: allegations: this step does not ask that")
            answers["allegations"] = [self._row(r) for r in rows]
        if "kinds" in notes:
            answers["duties"] = self._duties()
        if "entry" in notes:
            answers["entry"] = self._entry()
        documents = notes.get("documents", [])
        if not isinstance(documents, list):
            raise Wrong(f"{self.where}: documents: give a list")
        return answers, {"documents": [make_file(d, f"{self.where}: documents", self.shift) for d in documents]}

    def _value(self, value, at):
        """An answer of the script as a form takes it: days moved, numbers as text."""
        if isinstance(value, bool):
            return value
        if isinstance(value, int):
            return str(value)
        if isinstance(value, str):
            return self.shift.day(read_day(value, at)) if ISO.fullmatch(value) else self.shift.text(value)
        if isinstance(value, list) and not any(isinstance(v, list) for v in value):
            return [self._value(v, at) for v in value]
        raise Wrong(f"{at}: give a text, a number, true, false, or a list of these")

    def _row(self, row) -> dict:
        """One allegation, whose questions the form numbers."""
        at = f"{self.where}: allegations"
        if not isinstance(row, dict) or any(f"{k}_1" not in self.fields for k in row):
            raise Wrong(f"{at}: each is an object with what, happened_on and early_reason")
        return {k: self._value(v, at) for k, v in row.items()}

    def _chosen(self, asked, value, at):
        """The value of the choice that has these words, the reference of the case of that `ref`; others as they are."""
        if getattr(asked, "names_a_case", False) and value in self.refs:
            return self.refs[value].case.reference
        if not hasattr(asked, "choices") or isinstance(value, bool):
            return value
        choices = [(str(v), str(words)) for v, words in asked.choices]
        if isinstance(value, list):
            return [self._choice(str(v), choices, at) for v in value]
        return self._choice(str(value), choices, at)

    def _choice(self, words: str, choices, at) -> str:
        """The value that the script means by these words: a value itself, a case by its `ref`, or a label."""
        script_case = self.refs.get(words)
        for value in (words, script_case.case.reference if script_case else words):
            if any(v == value for v, _ in choices):
                return value
        found = [v for v, label in choices if label == words] or [
            v for v, label in choices if label.startswith(f"{words}, ")
        ]
        if len(found) == 1:
            return found[0]
        said = "is more than one of" if found else "is none of"
        raise Wrong(f"{at}: {words!r} {said} the choices: {'; '.join(label for v, label in choices if v)}")

    def _duties(self) -> list[str]:
        """The open duties of those kinds, owed to those people."""
        kinds, whom = as_texts(self.notes["kinds"]), as_texts(self.notes.get("to", []))
        open_now = self.attempt.look.open_duties
        found = []
        for kind in kinds:
            these = [d for d in open_now if d.kind == kind]
            if whom:
                these = [d for d in these if {d.recipient, self.attempt.facts.recipient_words(d.recipient)} & set(whom)]
            if not these:
                have = "; ".join(f"{d.kind} to {self.attempt.facts.recipient_words(d.recipient)}" for d in open_now)
                raise Wrong(f"{self.where}: kinds: no duty {kind!r} is open here. Open: {have or 'none'}")
            found += [str(d.pk) for d in these]
        return found

    def _entry(self) -> str:
        """The number of the last entry of that step which may be taken back."""
        wanted = self.notes["entry"]
        numbers = {v for v, _ in self.fields["entry"].choices} if "entry" in self.fields else set()
        for entry in reversed(self.attempt.look.entries):
            if wanted in (entry.step, entry.number) and str(entry.number) in numbers:
                return str(entry.number)
        raise Wrong(f"{self.where}: entry: no step {wanted!r} can be taken back")
