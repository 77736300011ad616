"""What goes into the papers: which paper brought which of the four things, the officer's words for the report, the exempt
notes that are kept apart from it, and a corrected version of a report that was sent."""

from django.core.files.uploadedfile import SimpleUploadedFile

from hearings.models import NotificationItem
from hearings.paper_models import ReportText, SuppliedDocument, documents_of
from hearings.procedure.duties import PUBLISH_CORRECTED, PUBLISH_CORRECTED_RESERVE
from hearings.procedure.effects import drop_cached_facts, keep_report
from hearings.procedure.law import EXEMPT, GUIDANCE, PUBLICATION, REVIEW, SUPPLY
from hearings.procedure.questions.proposal import HOW_SENT
from hearings.procedure.states import ENDS, EVERY, HEARD, REPORTED, RESERVE, VETOED
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.fields import CheckboxesField, DateField, LongTextField, RadiosField, TextField
from panel.forms.layout import Fieldset, Question
from panel.law.names_in_text import ERASED
from panel.law.period import day_words
from panel.law.roles import Classification
from panel.procedure.vocabulary import RECEIPT, Earliest, Elsewhere, Refusal, Step, Target

# Which paper brought what


class NamePapersForm(StepForm):
    """In which paper each of the four things came, and with which documents of the case."""

    on_label = "When was this noted?"
    takes_documents = False

    def add_questions(self):
        """Each thing that has come; the documents of the case that are not exempt."""
        facts = self.attempt.facts
        documents = [] if self.attempt.look.new else self.attempt.case.documents.exclude(name=ERASED).order_by("pk")
        self._documents = {str(d.pk): d for d in documents}
        choices = [(pk, d.name) for pk, d in self._documents.items()]
        self.items = [facts.items[kind] for kind in NotificationItem.Kind if kind in facts.items]
        for item in self.items:
            self.fields[f"paper_{item.kind}"] = TextField(
                label="In which paper?", max_length=200, required=False, initial=item.paper,
                help_text="For example: Commissioner’s report, section 4. Empty: the names of its documents.",
            )  # fmt: skip
            if choices:
                self.fields[f"documents_{item.kind}"] = CheckboxesField(
                    label="Which documents?", choices=choices, required=False,
                    initial=[str(d.pk) for d in documents_of(item)],
                )  # fmt: skip
        self.columns = tuple(self.fields)

    def shape_of(self):
        """A heading for each thing."""
        return [Fieldset(str(item), f"paper_{item.kind}", f"documents_{item.kind}", size="s") for item in self.items]

    def of(self, item):
        """(paper, documents) of one thing."""
        chosen = self.cleaned_data.get(f"documents_{item.kind}") or []
        return self.cleaned_data.get(f"paper_{item.kind}") or "", [self._documents[pk] for pk in chosen]


def something_has_come(attempt):
    """There is something to name."""
    if not attempt.facts.items:
        return Refusal("None of the four things has come.", attempt.facts.law.of(SUPPLY))
    return None


def name_papers(attempt):
    """Keep which paper brought what."""
    for item in attempt.form.items:
        item.paper, documents = attempt.form.of(item)
        item.save()
        for document in documents:
            SuppliedDocument.objects.create(item=item, document=document, entry=attempt.entry)
    drop_cached_facts(attempt, "items")


# The words of the report

THEMES = (
    ("competence", "Professional competence: what was asked and answered"),
    ("independence", "Personal independence: what was asked and answered"),
    ("other", "Other matters: what was asked and answered"),
)


class WriteReportForm(StepForm):
    """The officer's words for the report: a line is a numbered paragraph. What was only planned and not asked, and what
    was said in the exempt part, has no place in it."""

    on_label = "When was it written?"
    takes_documents = False
    address = LongTextField(
        label="The Commissioner’s address", rows=3, max_length=400, required=False, help_text="One line each."
    )
    recruitment = LongTextField(
        label="How the candidate was found, as the Commissioner told it", rows=4, required=False, max_length=8000,
        help_text="Advertisement, applicants, interviews, who sat on them. Salary and CV only if they are public.",
    )  # fmt: skip
    signed_by = TextField(
        label="Who signs it?", max_length=120, required=False, help_text="Empty: the Chairman of the day it is sent."
    )
    signed_as = TextField(label="As what?", max_length=120, required=False)
    publish_on = DateField(label="When will it be published?", what="the day it will be published", required=False)
    publish_where = TextField(label="Where?", max_length=200, required=False, help_text="For example: on its web page.")

    def initial_answers(self):
        """The words as they stand; the address of the report before."""
        facts = self.attempt.facts
        text = facts.report_text
        if text is None:
            before = ReportText.objects.filter(proposal__hearing__panel=self.attempt.panel).exclude(address="").last()
            return {"address": before.address if before else ""}
        names = ("address", "recruitment", "signed_by", "signed_as", "publish_on", "publish_where")
        found = {name: getattr(text, name) for name in names}
        for number, said in text.on_candidates.items():
            found |= {f"{name}_{number}": words for name, words in said.items()}
        return found

    def add_questions(self):
        """Each candidate."""
        several = len(self.attempt.look.parts) > 1
        self.parts_asked = list(self.attempt.look.parts)
        for part in self.parts_asked:
            about = f" ({part.name})" if several else ""
            self.fields[f"called_{part.number}"] = TextField(
                label=f"How the report calls the candidate{about}", max_length=60, required=False,
                help_text="For example: Ms Vale. Empty: the whole name.",
            )  # fmt: skip
            for theme, words in THEMES:
                self.fields[f"{theme}_{part.number}"] = LongTextField(
                    label=f"{words}{about}", rows=5, required=False, max_length=20_000
                )
        self.columns = tuple(self.fields)

    def shape_of(self):
        """To whom, the proposal, the candidates, the signature."""
        asked = [f"{name}_{p.number}" for p in self.parts_asked for name in ("called", *(t for t, _ in THEMES))]
        return [
            Fieldset("The proposal", "address", "recruitment"),
            Fieldset("Questions and answers", *asked, hint="Empty: as they were noted at the hearing."),
            Fieldset("Signature and publication", "signed_by", "signed_as", "publish_on", "publish_where"),
        ]

    def on_candidates(self):
        """{number: what is written on that candidate}."""
        found = {}
        for part in self.parts_asked:
            said = {
                name: self.cleaned_data.get(f"{name}_{part.number}") or ""
                for name in ("called", *(theme for theme, _ in THEMES))
            }
            found[str(part.number)] = {name: words for name, words in said.items() if words}
        return found


def a_hearing_was_held(attempt):
    """There is a hearing to report on."""
    meeting = attempt.facts.meeting
    if meeting is None or not meeting.held:
        return Refusal("No hearing has been held.", attempt.facts.law.of(REVIEW), "record the hearing.")
    return None


def write_report(attempt):
    """Keep the words; those before stay in the record."""
    answers = attempt.answers
    ReportText.objects.create(
        proposal=attempt.facts.proposal, entry=attempt.entry, on_candidates=attempt.form.on_candidates(),
        publish_on=answers.get("publish_on"),
        **{name: answers.get(name) or "" for name in (
            "address", "recruitment", "signed_by", "signed_as", "publish_where",
        )},
    )  # fmt: skip
    drop_cached_facts(attempt, "report_text")


# Exempt notes


class ExemptNotesForm(StepForm):
    """What was said while the public was excluded: kept as an exempt document, and in no report."""

    on_label = "When were they taken?"
    notes = LongTextField(label="The notes", rows=10, max_length=20_000, required_message="Enter the notes")
    columns = ("notes",)
    takes_documents = False


def keep_exempt_notes(attempt):
    """Keep the notes as a document of their own, classified as exempt: no paper is made from it."""
    notes = attempt.form.cleaned_data["notes"].encode()
    attempt.answers["documents"] = [SimpleUploadedFile("Exempt notes.txt", notes)]
    attempt.answers["classification"] = Classification.EXEMPT_1


# A corrected version


class CorrectedReportForm(StepForm):
    """A report that was sent is sent again, corrected: the version before stays as it went."""

    on_label = "When was it sent?"
    on_what = "the date it was sent"
    what_changed = LongTextField(
        label="What changed?", rows=3, max_length=1000, required_message="Enter what changed",
        help_text="It stands at the head of the new version.",
    )  # fmt: skip
    how = RadiosField(label="How was it sent?", choices=HOW_SENT, required_message="Select how it was sent")
    shape = ("which", "what_changed", Question("how", inline=True))
    columns = ("which", "what_changed")

    def add_questions(self):
        """Which report, where there are several."""
        latest = {row.report: row for row in self.attempt.facts.sent_reports}
        self._reports = {str(number): row for number, row in latest.items()}
        if len(self._reports) > 1:
            self.fields["which"] = RadiosField(
                label="Which report?", required_message="Select which report",
                choices=[
                    (key, row.title + (f", sent {day_words(row.sent_on)}" if row.sent_on else ""))
                    for key, row in self._reports.items()
                ],
            )  # fmt: skip

    def report(self):
        """The report as it was sent last."""
        return self._reports.get(self.cleaned_data.get("which") or "") or next(iter(self._reports.values()))


def a_report_is_kept(attempt):
    """There is a report to correct: one that the product kept as it was sent."""
    if not attempt.facts.sent_reports:
        return Refusal("No report has been sent.", attempt.facts.law.of(REVIEW), "send the report to the Commissioner.")
    return None


def send_corrected_report(attempt):
    """Keep the new version beside the one before."""
    before = attempt.form.report()
    parts = [part for part in attempt.look.parts if part.number in before.candidates]
    keep_report(
        attempt,
        parts,
        sent_on=attempt.on,
        which=before.proposal,
        before=before,
        replaces=attempt.answers["what_changed"],
    )
    publish_anew(attempt, before.proposal_id, parts)


def publish_anew(attempt, proposal_id, parts):
    """Let the corrected report wait to be published: only the version before it was. When that was stands in the record."""
    facts = attempt.facts
    proposal = next(p for p in facts.proposals if p.pk == proposal_id)
    left = {}
    if proposal == facts.proposal:
        corrected = {part.pk for part in parts}
        left = {
            part.pk: day for part in attempt.look.parts if part.pk not in corrected and (day := facts.published(part))
        }
        for part in attempt.look.parts:
            part.report_published_on = left.get(part.pk)
            part.save()
    if not left:
        proposal.published_on, proposal.published_where = None, ""
        proposal.save()


AFTER_THE_HEARING = (HEARD, REPORTED, VETOED, *RESERVE, *ENDS)
VERSION_BEFORE = Earliest("the version before was sent", lambda attempt: attempt.form.report().sent_on)

STEPS = (
    Step(
        "name_papers", "Say in which papers the four things came", EVERY, Target.STAYS, entered_by=STAFF, provisions=(SUPPLY,),
        past_label="Papers of the notification named", button="Save the papers", scope="case", folded=True,
        hint="The report lists them.", guards=(something_has_come,), form=NamePapersForm, effect=name_papers,
    ),
    Step(
        "write_report", "Write the report", AFTER_THE_HEARING, Target.STAYS, entered_by=STAFF, provisions=(REVIEW,),
        past_label="Report written", button="Save the words", scope="case",
        hint="Recruitment, questions and answers, who signs.", guards=(a_hearing_was_held,), form=WriteReportForm,
        effect=write_report, when_elsewhere=Elsewhere("The hearing has not been held.", "record the hearing.", "hold_hearing"),
    ),
    Step(
        "keep_exempt_notes", "Keep exempt notes", AFTER_THE_HEARING, Target.STAYS, entered_by=STAFF,
        provisions=(EXEMPT, *GUIDANCE), past_label="Exempt notes kept", button="Keep the notes", scope="case", folded=True,
        hint="Apart from the report, which never holds them.", guards=(a_hearing_was_held,), form=ExemptNotesForm,
        effect=keep_exempt_notes, when_elsewhere=Elsewhere("The hearing has not been held.", "record the hearing.", "hold_hearing"),
    ),
    Step(
        "send_corrected_report", "Send a corrected report", (REPORTED, VETOED, *RESERVE, *ENDS), Target.STAYS,
        entered_by=STAFF, provisions=(REVIEW, PUBLICATION), past_label="Corrected report sent",
        button="Record that it was sent", scope="case", folded=True, hint="The version before stays as it went.",
        guards=(a_report_is_kept,), form=CorrectedReportForm, not_before=(RECEIPT, VERSION_BEFORE),
        effect=send_corrected_report, opens=(PUBLISH_CORRECTED, PUBLISH_CORRECTED_RESERVE),
        when_elsewhere=Elsewhere("No report has been sent.", "send the report to the Commissioner.", "send_report"),
    ),
)  # fmt: skip
