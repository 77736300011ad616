"""`letter REFERENCE KIND`: a letter as its page drafts it, as text, page, Word or PDF file. Nothing is sent or written."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.files import pdf
from panel.files.paper import as_page
from panel.law import clock
from panel.letters import drafts
from panel.letters.context import LetterContext, others, to_write
from panel.letters.paper import letter_paper, pdf_file, word_file
from panel.letters.send import NOT_ADDRESSED, on_paper
from panel.models import Case, Membership
from panel.procedure.register import of_procedure

FORMATS = ("text", "html", "docx", "pdf")
FILES = ("docx", "pdf")


class Command(BaseCommand):
    """The draft of a letter."""

    help = "A letter of a case as its page drafts it: as somebody saved it, else our text with the facts of today."

    def add_arguments(self, parser):
        """The case, the kind, to whom, and in what form."""
        parser.add_argument("reference", help="of the case, such as EX-C-2026-0019")
        parser.add_argument("kind", help="such as acknowledge; docs/procedure.md lists them")
        parser.add_argument("--to", default="", help="complainant, office_holder:7, iopc ...: where several get one")
        parser.add_argument("--format", choices=FORMATS, default="text")
        parser.add_argument("--output", help="the file to write; a Word or PDF file needs one")

    def handle(self, *, reference, kind, to, output, **options):
        """Print it, or write it. Raises CommandError (exit code 2) with a sentence for whatever cannot be made."""
        form = options["format"]
        if form in FILES and not output:
            raise CommandError(f"A {form} file needs --output.", returncode=2)
        about = self.found(self.look(reference), kind, to)
        draft = drafts.existing(about) or drafts.drafted(about)
        if form == "text":
            content: bytes | None = f"{draft.text}\n".encode()
        else:
            how = "website" if about.recipient in NOT_ADDRESSED else "post"
            paper = letter_paper(about.values, on_paper(about, draft, how, draft.ready_on or clock.today()))
            made = {"html": lambda: as_page(paper, whole=True).encode(), "docx": lambda: word_file(paper, clock.now())}
            content = made[form]() if form in made else pdf_file(paper)
        if content is None:
            raise CommandError(pdf.MISSING, returncode=2)
        if not output:
            self.stdout.write(content.decode(), ending="")
            return
        try:
            Path(output).write_bytes(content)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.", returncode=2) from error
        self.stdout.write(f"{output}: {about.kind.label}, to {about.to_words}")

    @staticmethod
    def look(reference: str) -> CaseContext:
        """The case, as whoever keeps it sees it."""
        case = Case.objects.select_related("panel").filter(reference=reference).first()
        if case is None:
            raise CommandError(f"There is no case {reference}.", returncode=2)
        register = of_procedure(case.procedure)
        own: Any = register.case_model.objects.select_related("panel", *register.related).get(pk=case.pk)
        keeper: Membership | None = rules.keepers(case.panel).first()
        user = own.assigned_to or (keeper.user if keeper else None)
        if user is None:
            raise CommandError("Nobody in this panel may write letters today.", returncode=2)
        if own.erased_on:
            raise CommandError(f"{reference} was erased: nothing is written on it any more.", returncode=2)
        return CaseContext(own, user)

    @staticmethod
    def found(look: CaseContext, kind: str, to: str) -> LetterContext:
        """The letter of that kind. Raises CommandError where there is none, or several."""
        declared = look.procedure.letter(kind)
        if declared is None:
            known = ", ".join(letter.key for letter in look.procedure.letters)
            raise CommandError(f"{kind!r} is no kind of letter. There are: {known}.", returncode=2)
        every = [about for about in (*to_write(look), *others(look)) if about.kind.key == kind]
        mine = [about for about in every if to in ("", about.recipient)]
        if not mine:
            goes = ", ".join(dict.fromkeys(about.recipient for about in every))
            words = f"It goes to: {goes}." if goes else "Nothing on the case calls for it."
            raise CommandError(
                f"{look.case.reference} has no letter {kind!r}{f' to {to}' if to else ''}. {words}", returncode=2
            )
        if len({about.recipient for about in mine}) > 1:
            goes = ", ".join(dict.fromkeys(about.recipient for about in mine))
            raise CommandError(f"Several get it: {goes}. Say which with --to.", returncode=2)
        return mine[0]
