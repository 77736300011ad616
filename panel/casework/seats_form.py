"""Who sits at a meeting: asked of each member as a row of a table, with the substitute from the register and the
interests that were declared. Nothing is chosen beforehand; two buttons fill in what was not said."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from panel.casework.attendance import SeatTaken
from panel.casework.case_context import Attempt
from panel.casework.interests import KINDS
from panel.casework.step_form import StepForm
from panel.casework.terms import in_office_first, term_words
from panel.forms.fields import CheckboxesField, RadiosField, SelectField, TextField
from panel.forms.layout import Columns, Fieldset, LayoutPiece, Reveal
from panel.law.names_in_text import same_person
from panel.law.period import listed
from panel.models import Member, Seat
from panel.procedure.vocabulary import Refusal

if TYPE_CHECKING:
    Mixed = StepForm  # what the mixin below is mixed into
else:
    Mixed = object

COLUMNS = (
    (Seat.How.ROOM, "In the room"), (Seat.How.ONLINE, "Online"), (Seat.How.WITHDREW, "Withdrew"),
    (Seat.How.APOLOGIES, "Apologies"), (Seat.How.ABSENT, "Absent"),
)  # fmt: skip
THERE = (Seat.How.ROOM, Seat.How.ONLINE)
FILLS = {"all_in_room": "All in the room", "as_said": "Everyone as they said"}


def notes_on(facts: Any, member: Member, day: date) -> list[str]:
    """What stands beside a member's name: a term that is not of that day, an interest, the candidate's name."""
    notes = [] if member.holds(day) else [term_words(member)]
    if member.pk in facts.interested:
        notes.append("withdrew for an interest")
    elif member.pk in facts.declared:
        notes.append("declared an interest, and stays")
    if member.pk in facts.registered_notes:
        notes.append(facts.registered_notes[member.pk])
    if any(same_person(member.name, name) for name in facts.candidates):
        notes.append("has the candidate’s name")
    return notes


class SeatTable(LayoutPiece):
    """Members as rows, ways to attend as columns. `fills` are the buttons above it: (value, words)."""

    template = "panel/seats.html"

    def __init__(self, *names: str, columns: Any, fills: Any = ()) -> None:
        super().__init__(*names, *(f"sub{name.removeprefix('seat')}" for name in names))
        self.names, self.columns, self.fills = names, columns, fills

    def render(self, form: Any, context: Any, template_pack: Any = None, **kwargs: Any) -> Any:
        """The table as HTML."""
        rows = []
        for name in self.names:
            sub = f"sub{name.removeprefix('seat')}"
            rows.append({"seat": form[name], "sub": form[sub] if sub in form.fields else None})
        form.rendered_fields |= {name for name in self.fields if name in form.fields}
        return self.draw(rows, form)

    def draw(self, rows: list[dict[str, Any]], form: Any) -> Any:
        """The table of these rows."""
        return render_to_string(
            self.template,
            {
                "rows": rows,
                "columns": [{"words": words} for _, words in self.columns],
                "fills": self.fills,
                "substitutes": any(row["sub"] for row in rows),
                "form_show_errors": True,
            },
        )


class SeatsMixin(Mixed):
    """Asks of each member how they attend. A script may give lists of names instead: `in_room`, `online`, `apologies`,
    `withdrew`, and `substitutes` as {member: who sits}."""

    seat_columns = COLUMNS
    asks_interests = False
    scripted = {  # noqa: RUF012
        "in_room": "room",
        "online": "online",
        "apologies": "apologies",
        "withdrew": "withdrew",
        "absent": "absent",
    }

    def __init__(self, attempt: Attempt, data: Any = None, files: Any = None, draft: Any = None) -> None:
        self._fill = (draft or {}).get("more", "")
        super().__init__(attempt, data=self.unfolded(attempt, data), files=files, draft=draft)
        if self._fill in FILLS:
            self.fill_in()

    def fill_in(self) -> None:
        """What one of the two buttons adds: everybody of whom nothing was said yet."""
        said = self.attempt.facts.expected
        for m in self._members:
            name = f"seat_{m.pk}"
            if name not in self.seats_of_the_day or self.initial.get(name) or self.fields[name].initial:
                continue
            if self.initial.get(f"sub_{m.pk}"):
                continue
            row = said.get(m.pk)
            self.initial[name] = "room" if self._fill == "all_in_room" else row.how if row else ""
            if self._fill == "as_said" and row and row.substitute_id:
                self.initial[f"sub_{m.pk}"] = str(row.substitute_id)

    @property
    def script_names(self) -> set[str]:
        """What a script may give beside the fields."""
        return {*self.scripted, "substitutes"}

    def unfolded(self, attempt: Attempt, data: Any) -> Any:
        """A script's lists as the answers that the page sends."""
        if not isinstance(data, dict) or hasattr(data, "getlist") or not (self.script_names & set(data)):
            return data
        data = dict(data)
        by_name = {m.name: m.pk for m in attempt.facts.members} | {str(m.pk): m.pk for m in attempt.facts.members}
        for name, how in self.scripted.items():
            for who in data.pop(name, []):
                pk = by_name.get(str(who), who)
                data[f"seat_{pk}"] = how
                if how == "withdrew" and self.asks_interests and data.get("interests"):
                    data.setdefault("interest_who", []).append(str(pk))
                    data |= {f"kind_{pk}": "other", f"nature_{pk}": data["interests"]}
        if "interest_who" in data:
            data.pop("interests", None)
        listed_there = {(s.member_id, s.name): str(s.pk) for s in attempt.panel.substitutes.all()}
        for member, who in dict(data.pop("substitutes", {})).items():
            pk = by_name.get(str(member), member)
            data.setdefault(f"seat_{pk}", "substitute")
            data[f"sub_{pk}"] = listed_there.get((pk, who), who)
        return data

    def ask_seats(self, day: date, known: dict[int, SeatTaken], others: bool = False) -> None:
        """Add a question for each member of that day, and who sat instead. Of a hearing that is recorded (`others`), the
        day may be another one than was arranged: everybody else who ever was a member follows, and the check says who may
        sit."""
        facts = self.attempt.facts
        self._members = [m for m in in_office_first(facts.members, day) if others or m.holds(day)]
        self.seats_of_the_day = [f"seat_{m.pk}" for m in self._members if m.holds(day)]
        self.other_seats = [f"seat_{m.pk}" for m in self._members if not m.holds(day)]
        register: dict[int, list[Any]] = {}
        for s in self.attempt.panel.substitutes.all():
            register.setdefault(s.member_id, []).append(s)
        for m in self._members:
            row, sits = known.get(m.pk), m.holds(day)
            council = m.council.name if m.council else str(m.get_kind_display())
            self.fields[f"seat_{m.pk}"] = RadiosField(
                label=m.name,
                choices=self.seat_columns,
                required=False,
                initial=row.how if row else "withdrew" if sits and m.pk in facts.interested else None,
                help_text=", ".join([council, *notes_on(facts, m, day)]),
            )
            self.fields[f"seat_{m.pk}"].valid_value = lambda value: str(value) in Seat.How.values
            can_sit = [s for s in register.get(m.pk, ()) if s.holds(day)] or (register.get(m.pk, []) if others else [])
            if can_sit or self.data.get(f"sub_{m.pk}"):
                self.fields[f"sub_{m.pk}"] = SelectField(
                    label=f"Who sits for {m.name}?",
                    choices=[
                        (str(s.pk), s.name if s.holds(day) else f"{s.name}, {term_words(s, 'substitute')}")
                        for s in can_sit
                    ],
                    blank="Nobody",
                    required=False,
                    initial=str(row.substitute_id or "") if row else "",
                )
                self.fields[f"sub_{m.pk}"].error_messages["invalid_choice"] = (
                    f"%(value)s is not on the register of substitutes for {m.name}: add them under Panel first"
                )
        if self.asks_interests:
            self.ask_interests()

    def ask_interests(self) -> None:
        """Add who declared an interest, of which kind and what it is."""
        self.fields["interest_who"] = CheckboxesField(
            label="Who declared an interest?",
            required=False,
            choices=[(str(m.pk), m.name) for m in self._members if f"seat_{m.pk}" in self.seats_of_the_day],
            help_text="Leave empty if nobody did. Whoever withdrew for it is marked so above; the others stayed.",
        )
        for m in self._members:
            self.fields[f"kind_{m.pk}"] = RadiosField(
                label=f"What kind of interest does {m.name} have?",
                choices=[c for c in KINDS if c.value != "complains"],
                required_message="Select what kind of interest it is",
            )
            self.fields[f"nature_{m.pk}"] = TextField(
                label="What is the interest?", max_length=300, required_message="Enter what the interest is"
            )
            self.fields[f"left_{m.pk}"] = TextField(
                label="If they withdrew: when did they leave?", max_length=20, required=False,
                help_text="For example: 11.05am.",
            )  # fmt: skip
            self.fields[f"back_{m.pk}"] = TextField(label="When did they come back?", max_length=20, required=False)

    # Layout

    def seat_table(self, *fills: str) -> list[Any]:
        """The table of the members of the day."""
        buttons = [{"value": value, "words": FILLS[value]} for value in fills]
        return [SeatTable(*self.seats_of_the_day, columns=self.seat_columns, fills=buttons)]

    @property
    def interests_shape(self) -> list[Any]:
        """Who declared an interest, with the kind under each name."""
        every = [m for m in self._members if f"seat_{m.pk}" in self.seats_of_the_day]
        return ["interest_who", *(Reveal("interest_who", m.pk, *asked_of(m.pk)) for m in every)]

    @property
    def others_shape(self) -> list[Any]:
        """Those who were no members that day, under a heading of their own; nothing where there are none."""
        hint = "For a hearing of another day than the one arranged."
        table = SeatTable(*self.other_seats, columns=self.seat_columns)
        hidden = [Reveal("interest_who", "none", *asked_of(n[5:])) for n in self.other_seats]
        asked = hidden if self.asks_interests else []
        return [Fieldset("Members at other times", table, *asked, size="s", hint=hint)] if self.other_seats else []

    # Answers

    def seats(self) -> list[tuple[Member, str]]:
        """(member, how) of each who was answered for; a seat that only a substitute took says so."""
        found = []
        for m in self._members:
            how = self.cleaned_data.get(f"seat_{m.pk}")
            if how or self.cleaned_data.get(f"sub_{m.pk}"):
                found.append((m, how or Seat.How.SUBSTITUTE.value))
        return found

    def substitutes(self) -> dict[int, Any]:
        """{member id: the row of the register of substitutes}."""
        rows = {str(s.pk): s for s in self.attempt.panel.substitutes.all()}
        found = {m.pk: rows.get(self.cleaned_data.get(f"sub_{m.pk}") or "") for m in self._members}
        return {pk: row for pk, row in found.items() if row is not None}

    def interests(self) -> list[tuple[Member, str, str]]:
        """(member, kind, nature) of each interest declared."""
        chosen = self.cleaned_data.get("interest_who") or []
        data = self.cleaned_data
        return [
            (m, data[f"kind_{m.pk}"], data[f"nature_{m.pk}"])
            for m in self._members
            if str(m.pk) in chosen and data.get(f"kind_{m.pk}")
        ]

    def times_away(self, member: Member) -> tuple[str, str]:
        """When the member left for an interest, and came back, as far as it is known."""
        return self.cleaned_data.get(f"left_{member.pk}") or "", self.cleaned_data.get(f"back_{member.pk}") or ""

    def clean(self) -> dict[str, Any]:
        """Who withdraws for an interest says which: on the case before, or here."""
        cleaned = super().clean()
        if not self.asks_interests:
            return cleaned
        known = self.attempt.facts.interested | {int(pk) for pk in cleaned.get("interest_who") or []}
        new = [m.name for m, how in self.seats() if how == Seat.How.WITHDREW and m.pk not in known]
        if new and "interest_who" not in self.errors:
            self.add_error("interest_who", f"Enter the interest for which {listed(new)} withdrew")
        return cleaned

    def change_answers(self, answers: dict[str, Any]) -> dict[str, Any]:
        """Kept in rows of their own."""
        own = ("seat_", "sub_", "vote_", "kind_", "nature_", "left_", "back_", "interest_who", "asked")
        return {k: v for k, v in answers.items() if not k.startswith(own)}


def asked_of(number: Any) -> tuple[Any, ...]:
    """What is asked of each who declared an interest."""
    return f"kind_{number}", f"nature_{number}", Columns(f"left_{number}", f"back_{number}")


def a_person_sits_once(attempt: Attempt, under: tuple[str, ...]) -> list[Refusal]:
    """Nobody sits on two seats: not beside the substitute, not as substitute and member, not as substitute of two."""
    found: list[Refusal] = []
    taken: dict[Member, str] = {}
    substitutes = attempt.form.substitutes()
    for member, how in attempt.form.seats():
        substitute, field = substitutes.get(member.pk), f"seat_{member.pk}"
        if substitute is not None and how in THERE:
            words = f"{member.name} and the substitute {substitute.name} cannot both sit: select one of them"
            found.append(Refusal(words, under, field=f"sub_{member.pk}"))
            continue
        if substitute is not None and not substitute.holds(attempt.on):
            words = f"{substitute.name} was {term_words(substitute, 'substitute')}, not on the day of the meeting"
            found.append(Refusal(words, under, field=f"sub_{member.pk}"))
            continue
        if how == Seat.How.SUBSTITUTE and substitute is None:
            found.append(Refusal(f"Select who sat for {member.name}", under, field=field))
            continue
        if substitute is None and how not in THERE:
            continue
        name = substitute.name if substitute else member.name
        before = next((m for m, other in taken.items() if same_person(other, name) or other == name), None)
        if before is not None:
            seat = f"for {before.name}" if taken[before] != before.name else "on a seat of their own"
            words = f"{name} already sits {seat}: a person sits once"
            found.append(Refusal(words, under, field=f"sub_{member.pk}" if substitute else field))
        taken[member] = name
    return found
