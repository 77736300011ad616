"""A report of a hearing as its page offers it: addresses, versions, and what the record says otherwise since it was sent."""

from django.urls import reverse

from hearings.report.frozen import changes_since
from panel.law.period import day_words
from panel.pages.tables import table


class ReportShown:
    """One report. Names without a verb are what the template reads."""

    def __init__(self, look, copy, with_pdf: bool):
        self.look, self.copy, self.with_pdf = look, copy, with_pdf
        self.address = [look.case.panel.slug, look.case.reference, copy.number]

    @property
    def words(self) -> str:
        """Whom it is about, and when it was sent."""
        return self.copy.short

    def files_of(self, name, *more) -> list[dict]:
        """The addresses of a paper in each form."""
        kinds = [("docx", "Word"), *([("pdf", "PDF")] if self.with_pdf else []), ("html", "page")]
        args = [*self.address, *more]
        return [{"words": words, "url": reverse(f"panel:{name}", args=[*args, kind])} for kind, words in kinds]

    @property
    def files(self) -> list[dict]:
        """The report."""
        return self.files_of("hearing-report")

    @property
    def letter(self) -> list[dict]:
        """The letter that goes with it."""
        return self.files_of("hearing-letter")

    @property
    def versions(self) -> list[dict]:
        """Earlier versions, each with its addresses."""
        return [
            {
                "words": f"Version {row.revision}" + (f", sent {day_words(row.sent_on)}" if row.sent_on else ""),
                "files": self.files_of("hearing-report-version", row.revision),
            }
            for row in reversed(self.copy.earlier)
        ]

    @property
    def changed(self) -> dict | None:
        """What the record says otherwise since it was sent, as a table; None where nothing differs."""
        row = self.copy.row
        found = changes_since(self.look, row) if row is not None else []
        rows = [[{"words": then}, {"words": now}] for then, now in found]
        return (
            table("What has changed since it was sent", ("As it was sent", "As the record has it now"), rows)
            if found
            else None
        )

    @property
    def note(self) -> str:
        """What is to be known of a report that was sent and not kept."""
        if self.copy.row is None and self.copy.report.sent:
            return "It was sent before the product kept what it sends: this is made from the record as it stands."
        return ""
