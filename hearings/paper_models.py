"""What leaves the house about a hearing: the documents of the four things, what the officer writes for the report, and each
report as it was sent. Beside `hearings.models`, whose rows are those of the hearing itself.
"""

from django.db import models

from hearings.models import Made, NotificationItem, Proposal
from panel.models import Document
from panel.models.journal import ERASED, history


class SuppliedDocument(Made):
    """A document of the case with which one of the four things came."""

    item = models.ForeignKey(NotificationItem, on_delete=models.PROTECT, related_name="supplied")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    history = history()

    class Meta(Made.Meta):
        verbose_name = "document of the notification"

    def __str__(self):
        return str(self.item)


def documents_of(item: NotificationItem) -> list[Document]:
    """The documents of one of the four things, as they were last named."""
    rows = item.supplied.filter(entry__reversed_by=None).select_related("document").order_by("pk")
    last = rows[len(rows) - 1].entry_id if rows else None
    return [row.document for row in rows if row.entry_id == last]


def paper_words(item: NotificationItem) -> str:
    """In which paper one of the four things came: as somebody wrote it, else by the names of its documents."""
    names = [document.name.rpartition(".")[0] for document in documents_of(item) if document.name != ERASED]
    return item.paper or "; ".join(name for name in names if name)


class ReportText(Made):
    """What the officer writes for the report on one notification; the latest counts."""

    ERASABLE = {
        "address": "", "recruitment": "", "on_candidates": {}, "signed_by": "", "signed_as": "", "publish_where": "",
    }  # fmt: skip

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="report_texts")
    address = models.TextField("the Commissioner’s address", blank=True)
    recruitment = models.TextField("how candidates were found", blank=True)
    on_candidates = models.JSONField(
        "on each candidate", default=dict
    )  # {number: {called, competence, independence, other}}
    signed_by = models.CharField("signed by", max_length=120, blank=True)
    signed_as = models.CharField("signed as", max_length=120, blank=True)
    publish_on = models.DateField("to be published", null=True)
    publish_where = models.CharField("published where", max_length=200, blank=True)
    history = history(erasable=True)

    class Meta(Made.Meta):
        verbose_name = "text of the report"

    def __str__(self):
        return "Text of the report"

    def on(self, part) -> dict:
        """What is written on that candidate."""
        found: dict = self.on_candidates.get(str(part.number), {})
        return found


class SentReport(Made):
    """A report as it was sent, with the letter that went with it: its words, its blocks and its files. Never changed; a
    later version is a row of its own. Its days, numbers and versions survive an erasure."""

    ERASABLE = {
        "title": ERASED, "text": "", "replaces": "", "content": {}, "letter": {}, "word": "", "pdf": "", "letter_word": "",
    }  # fmt: skip

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="sent_reports")
    report = models.PositiveSmallIntegerField("number of the report")  # of this hearing
    revision = models.PositiveSmallIntegerField("revision", default=1)
    candidates = models.JSONField("on candidates", default=list)  # their numbers
    sent_on = models.DateField("sent", null=True)  # none: the papers do not say
    title = models.CharField(max_length=400)
    replaces = models.TextField("what changed", blank=True)
    text = models.TextField("the report")
    content = models.JSONField(default=dict)  # panel.files.paper.Paper
    letter = models.JSONField(default=dict)
    word = models.TextField()  # base64, as are the other files
    pdf = models.TextField(blank=True)
    letter_word = models.TextField()
    history = history(erasable=True)

    class Meta(Made.Meta):
        verbose_name = "report as sent"

    def __str__(self):
        return f"Report {self.report}, version {self.revision}"
