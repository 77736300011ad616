"""`deadline KIND DATE ...`: the last day of a statutory or local period, with the count explained."""

import json
from contextlib import suppress
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from panel.law.period import TwelveMonths, long_date
from panel.law.period_kinds import KINDS
from panel.law.provisions import cite
from panel.models.holidays import read_in


class Command(BaseCommand):
    """Reckon one of `panel.law.period_kinds.KINDS`."""

    help = "The last day of a period, with the count explained. Dates are written 2022-07-01."

    def add_arguments(self, parser):
        """The kind, then what it asks for; what is optional is an option."""
        parser.add_argument("kind", choices=sorted(KINDS), metavar="KIND", help=", ".join(sorted(KINDS)))
        parser.add_argument("values", nargs="+", metavar="DATE", help="the date, then what else the kind asks for")
        parser.add_argument("--format", choices=["text", "json"], default="text")
        for name, words in sorted({a.name: a.words for k in KINDS.values() for a in k.asks if a.optional}.items()):
            parser.add_argument(f"--{name}", help=words)

    def handle(self, *, kind, values, **options):
        """Print the answer. Raises CommandError (exit code 2) with a sentence for whatever cannot be reckoned."""
        with suppress(DatabaseError):  # days can be counted where there is no database yet
            read_in()
        found = KINDS[kind]
        given = {}
        asked = [a for a in found.asks if not a.optional]
        for ask, text in zip(asked, values, strict=False):
            given[ask.name] = self.read(ask, text)
        rest = [a for a in found.asks if a.optional]
        for ask, text in zip(rest, values[len(asked) :], strict=False):
            given[ask.name] = self.read(ask, text)
        for ask in rest:
            if options.get(ask.name) is not None:
                given[ask.name] = self.read(ask, options[ask.name])
        missing = [a.words for a in asked if a.name not in given]
        if missing:
            raise CommandError(f"{kind} also needs {' and '.join(missing)}.", returncode=2)
        if len(values) > len(found.asks):
            raise CommandError(f"{kind} asks for {len(found.asks)} values, not {len(values)}.", returncode=2)
        foreign = [
            n for n in options if n in self.optional() and options[n] is not None and n not in {a.name for a in rest}
        ]
        if foreign:
            raise CommandError(f"{kind} has no --{foreign[0]}.", returncode=2)
        try:
            answer = found.reckon(**given)
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from None
        out = self.as_json(found, answer) if options["format"] == "json" else self.as_text(found, answer)
        self.stdout.write(out)

    @staticmethod
    def optional() -> set[str]:
        """Every option that some kind has."""
        return {a.name for k in KINDS.values() for a in k.asks if a.optional}

    @staticmethod
    def read(ask, text):
        """A date or a number. Raises CommandError."""
        try:
            return date.fromisoformat(text) if ask.takes == "date" else int(text)
        except ValueError:
            like = "a real date like 2022-07-01" if ask.takes == "date" else "a whole number"
            raise CommandError(f"{text!r} is not {like}: give {ask.words}.", returncode=2) from None

    @staticmethod
    def as_json(kind, answer) -> str:
        """first_day, last_day, excluded, explanation; for a yes or no: answer, explanation."""
        under = cite(*kind.provisions, capital=True)
        if isinstance(answer, TwelveMonths):
            found = {"kind": kind.name, "answer": answer.answer, "explanation": answer.explanation}
        else:
            found = {
                "kind": kind.name,
                "first_day": answer.first_day.isoformat(),
                "last_day": answer.day.isoformat(),
                "excluded": [{"day": day.isoformat(), "why": why} for day, why in answer.excluded],
                "explanation": answer.explanation,
            }
            if answer.at is not None:
                found["at"] = answer.at.isoformat("minutes")
        return json.dumps({**found, "provision": under}, indent=2, ensure_ascii=False)

    @staticmethod
    def as_text(kind, answer) -> str:
        """The explanation first, then the count."""
        lines = [answer.explanation]
        if not isinstance(answer, TwelveMonths):
            lines += ["", f"First day: {long_date(answer.first_day)}", f"Last day:  {long_date(answer.day)}", ""]
            lines += [f"  {line}" for line in answer.folded]
        if kind.provisions:
            lines += ["", cite(*kind.provisions, capital=True)]
        return "\n".join(lines)
