"""Asks for whom a bundle is made and what it holds."""

from crispy_forms.helper import FormHelper
from django import forms

from panel.access import papers
from panel.bundles.make import Wanted
from panel.documents import store
from panel.documents.apart import TooCostly, apart
from panel.documents.inspection.kinds import ZIP
from panel.forms.fields import CheckboxesField, HintedChoice, RadiosField, SelectField, TickField
from panel.forms.layout import Buttons, Layout, Reveal
from panel.forms.spoken import speak
from panel.models import Document
from panel.procedure.bundles import Readers

SEARCHED = ("application/pdf", "text/plain")
MOST_WORDS_ANSWERED = 8 * 1024 * 1024


class BundleForm(forms.Form):
    """For whom, which documents, and whether the complainant is named."""

    audience = RadiosField(label="For whom is it?", required_message="Select for whom it is")
    reader = SelectField(label="Who reads it?", blank="Choose a member", required=False)
    documents = CheckboxesField(
        label="Which documents go in?", required=False,
        help_text="Papers made from the record are in every bundle. PDF files and photographs are printed; anything "
        "else lies in the ZIP file.",
    )  # fmt: skip
    named = RadiosField(
        label="May it name the complainant?",
        choices=[("yes", "Yes"), HintedChoice("no", "No", "Name, address and numbers are taken out of every paper.")],
        required_message="Select whether it may name the complainant",
    )
    looked = TickField(
        label="I have looked at the documents that cannot be searched: none of them names the complainant",
        required=False,
    )

    def __init__(self, look, data=None):
        super().__init__(data=data, use_required_attribute=False)
        self.look, self.bundles = look, look.register.bundles
        self.every = {a.key: a for a in self.bundles.audiences(look)}
        self.fields["audience"].choices = [
            HintedChoice(a.key, a.words[:1].upper() + a.words[1:], a.hint) for a in self.every.values()
        ]
        roles = look.case_roles
        self.members = {
            str(m.pk): m for m in look.facts.members if papers.reads_on_paper(look.case, roles, m, look.today)
        }
        self.fields["reader"].choices = [(pk, m.name) for pk, m in self.members.items()]
        # Of a letter that was sent as a PDF the Word file is the same again.
        letters = (
            look.case.letters.exclude(pdf=None).values_list("word", flat=True) if hasattr(look.case, "letters") else ()
        )
        rows = Document.objects.filter(case=look.case.pk).exclude(content_type=ZIP).exclude(pk__in=letters)
        self.documents = {str(d.pk): d for d in rows.select_related("entry") if not d.erased}
        privileged = look.register.privileged
        self.fields["documents"].choices = [
            HintedChoice(pk, d.name, ", ".join([d.get_classification_display(), store.words_of(d.content_type)]))
            for pk, d in self.documents.items()
        ]
        self.fields["documents"].initial = [pk for pk, d in self.documents.items() if d.entry.step not in privileged]
        speak(self)
        self.has_marks = bool(self.bundles.marks(look))
        shape = ["audience"]
        if "reader" in {a.key for a in self.every.values()}:
            shape.append(Reveal("audience", "reader", "reader"))
        if self.documents:
            shape.append("documents")
        if self.has_marks:
            self.fields["named"].initial = "no" if self.bundles.hidden(look) else "yes"
            shape += ["named", Reveal("named", "no", "looked")]
        else:
            del self.fields["named"], self.fields["looked"]
        self.helper = FormHelper(self)
        self.helper.label_size = "s"
        self.helper.layout = Layout(*shape, Buttons("Make the bundle"))

    def clean(self):
        """Whether the readers may have it, and whether it holds what is not to be named."""
        cleaned = super().clean()
        audience = self.every.get(cleaned.get("audience"))
        if audience is None:
            return cleaned
        chosen = [self.documents[pk] for pk in cleaned.get("documents") or ()]
        members, roles = self.readers(audience, cleaned), self.look.case_roles
        if self.errors:
            return cleaned
        names = not self.has_marks or audience.readers is Readers.BODY or cleaned.get("named") == "yes"
        if audience.readers is Readers.ONE:
            kept = [d.name for d in chosen if not papers.paper_holds(roles, members[0], d.classification)]
            if kept:
                self.add_error("documents", f"{members[0].name} may not have {', '.join(kept)}")
            names = names and (not self.has_marks or papers.paper_names(roles, members[0]))
        if audience.readers is Readers.ALL:
            kept = [d.name for d in chosen if d.classification == "restricted"]
            if kept:
                self.add_error("documents", f"Members may not have what is restricted: {', '.join(kept)}")
        if not names and not self.errors:
            self.look_for_names(chosen, cleaned)
        cleaned["wanted"] = Wanted(audience, tuple(chosen), names, tuple(members))
        return cleaned

    def readers(self, audience, cleaned) -> list:
        """Whose copies are made."""
        if audience.readers is Readers.SEATS:
            seats = [r.member for r in self.look.facts.sub_panel if r.member and str(r.member.pk) in self.members]
            if not seats:
                self.add_error("audience", "Nobody who sits on it may see it now")
            return seats
        if audience.readers is Readers.ONE:
            found = self.members.get(cleaned.get("reader") or "")
            if found is None:
                self.add_error("reader", "Choose who reads it")
            return [found] if found else []
        return []

    def look_for_names(self, chosen, cleaned) -> None:
        """Search the documents for what is not to be named; what cannot be searched, somebody must have looked at."""
        marks, unread = self.bundles.marks(self.look), []
        for document in chosen:
            found = searched(document)
            if found is None or not all(text.strip() for text in found):
                unread.append(document.name)
            for number, text in enumerate(found or (), 1):
                if mark := marks.first_in(text):
                    self.add_error(
                        "documents",
                        f"{document.name}, page {number}, holds “{mark}”. Leave it out, or add an anonymised copy to the "
                        "case and take that",
                    )
                    break
        if unread and not cleaned.get("looked"):
            self.add_error("looked", f"Look at {', '.join(unread)}, which cannot be searched, and tick that you have")


def searched(document) -> list[str] | None:
    """The words of a document, a text a page, "" for a page that is a picture; None where they cannot be read."""
    if document.content_type not in SEARCHED:
        return None
    try:
        with store.opened(document) as file:
            data = file.read()
        if document.content_type == "text/plain":
            return [data.decode("utf-8", "replace")]
        found: list[str] | None = apart("panel.documents.drawing:words", data, most_answered=MOST_WORDS_ANSWERED)
        return found
    except (store.Missing, TooCostly):
        return None
