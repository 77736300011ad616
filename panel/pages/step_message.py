"""The part of `StepView` that takes a step with an email that came in: what it answers, where each answer was found, and the
email itself beside the questions."""

from django.contrib import messages
from django.http import QueryDict
from django.utils import timezone

from panel.access import rules
from panel.casework import incoming
from panel.casework.drafts import as_query
from panel.casework.incoming.join import key_in
from panel.casework.incoming.take import Taken, look
from panel.documents import store
from panel.documents.store import words_of
from panel.law import clock
from panel.models import IncomingMessage, Opening
from panel.pages.base import denied
from panel.record import access_log, once

SHOWN_WORDS = 120
QUIET = ("name", "email", "address")  # said to be missing where the email has none


def message_of(request, panel, who, key) -> IncomingMessage | None:
    """The message of that key that waits, for whoever may take it."""
    found = key_in(key or "")
    if found is None or not rules.may(who, "message.take"):
        return None
    rows = IncomingMessage.objects.filter(panel=panel, status=IncomingMessage.Status.WAITING)
    return rows.prefetch_related("files").filter(key=found).first()


def shown(message: IncomingMessage) -> dict:
    """A message as the page shows it: who, when, the first lines and the rest, and notes."""
    words = message.text.split(" ")
    paragraphs = message.text
    if len(words) > SHOWN_WORDS:
        paragraphs = " ".join(words[:SHOWN_WORDS]).rstrip() + " …"
    sent = message.sent_at and timezone.localtime(message.sent_at, clock.LONDON)
    not_kept = [f for f in message.files.all() if f.not_kept]
    notes = list(message.found.get("notes", ()))
    notes += [f"{f.name} was not kept beside the email: it {f.not_kept}. The email itself has it." for f in not_kept]
    if left := message.found.get("left_out"):
        notes.append(f"{left} more parts were not taken out of it. The email itself has them.")
    if bounce := message.found.get("bounce"):
        notes.insert(
            0, f"This is the report of a mail server: something sent to {bounce.get('to') or 'somebody'} came back."
        )
    return {
        "row": message, "sent": sent, "begin": paragraphs, "whole": message.text if paragraphs != message.text else "",
        "count": len(message.text.split()), "notes": notes, "email": message.kind != "file",
        "files": [{"row": f, "kind": words_of(f.content_type)} for f in message.files.all() if f.file],
    }  # fmt: skip


class StepMessageMixin:
    """Uses the panel, the person, the case, the step and the answers that the view has found."""

    def find_message(self, request):
        """The email with which the step is taken, if one waits under the key that the page or the address names."""
        key = self.posted.get("message") or request.GET.get("message")
        self.message = message_of(request, self.panel, self.who, key)
        if self.message is not None and not self.case.pk:
            access_log.note(request, what=self.message.pk, kind=Opening.Kind.MESSAGE)

    def told(self) -> dict:
        """{question: (answer, where)} of the email, for this step."""
        if self.message is None:
            return {}
        if self.step.key == self.register.log_step:
            return self.register.from_message(self.message) if self.register.from_message else {}
        if self.register.on_case is None:
            return {}
        found = self.register.on_case(self.message, self.step.key)
        return {name: (value, "From the email") for name, value in found.items()}

    def filled(self) -> QueryDict | None:
        """The answers of the email, as a draft has them."""
        told = self.told()
        return as_query({name: [answer] for name, (answer, _) in told.items()}) if told else None

    def dressed(self, form):
        """The form, whose answers say where they were found."""
        form.sources = self.told()
        if self.message is not None and self.message.text:
            form.sources_missing = {name for name in QUIET if name in form.fields and name not in form.sources}
        return form

    def keeps(self, file) -> bool:
        """Whether a file of the email is to be kept, as far as the page was asked."""
        return "files_shown" not in self.posted or str(file.key) in self.posted.getlist("keep_file")

    def message_context(self) -> dict:
        """What the template shows of it."""
        if self.message is None:
            return {"message": None, "reads_files": rules.may(self.who, "message.take")}
        about = shown(self.message)
        for file in about["files"]:
            file["kept"] = file["row"].original or self.keeps(file["row"])
        return {"message": about}

    def files_read(self, request) -> bool:
        """Take in the files that were chosen on the page, whichever button was pressed: none is forgotten. Whether the
        page is to be shown again: asked for, or because an email has filled in answers, or a file was refused."""
        if "add_files" in self.posted:
            self.add_files(request)
            return True
        if not request.FILES.getlist("files"):
            return False
        taken = self.add_files(request)
        if taken is not None and taken.upload is not None:
            messages.info(request, "The files are read. Please check each answer.")
        return taken is None or taken.upload is not None or bool(taken.refused)

    def add_files(self, request) -> Taken | None:
        """Keep the files that were sent with a form that is not finished; None if there is nothing to keep. The first email
        among them fills what is still empty. Whoever may take in none adds documents instead."""
        if not rules.may(self.who, "message.take"):
            messages.error(
                request, f"{denied(self.who, 'message.take')[1]} The files were not kept: add them as documents."
            )
            return None
        taken = look(request.FILES.getlist("files"))
        if taken.empty:
            for words in taken.refused or ["Choose a file first"]:
                messages.error(request, f"{words}.")
            return None
        with once.on_the_way():
            self.message = incoming.take_in(self.panel, taken, by=request.user, message=self.message)
        self.message = IncomingMessage.objects.prefetch_related("files").get(pk=self.message.pk)
        self.posted["message"] = str(self.message.key)
        if "files_shown" in self.posted:  # what is new is kept until somebody says otherwise
            for file in self.message.files.all():
                if file.name in names_of(taken):
                    self.posted.appendlist("keep_file", str(file.key))
        for name, (answer, _) in self.told().items():
            parts = [f"{name}_{part}" for part in ("day", "month", "year")]
            if not self.posted.get(name) and not any(self.posted.get(part) for part in parts):
                for part in parts:
                    self.posted.pop(part, None)
                self.posted[name] = answer
        return taken


def names_of(taken) -> list[str]:
    """The names under which files beside an email are kept."""
    return [store.check(upload).name for upload in taken.beside]
