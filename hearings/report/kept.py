"""What an erasure takes of the papers of a hearing: what the officer wrote, and each report as it was sent, files included."""

from hearings.paper_models import ReportText, SentReport


def erasable_rows(case) -> list:
    """The rows that hold what an erasure blanks. Those of a step that was taken back are among them."""
    return [
        *ReportText.objects.filter(proposal__hearing=case).order_by("pk"),
        *SentReport.objects.filter(proposal__hearing=case).order_by("pk"),
    ]
