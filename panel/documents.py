"""Documents: checked, kept exactly as they came under random names, served only through a checked view."""

import hashlib

from panel.models import Document


def store_all(attempt):
    """Keep every file that the step's form took, bytes first, then the row in the act."""
    for upload in attempt.answers.get("documents") or []:
        digest = hashlib.sha256()
        for chunk in upload.chunks():
            digest.update(chunk)
        Document.objects.create(
            case=attempt.case,
            entry=attempt.entry,
            name=upload.name,
            file=upload,
            size=upload.size,
            sha256=digest.hexdigest(),
            content_type="application/octet-stream",
            classification=attempt.answers.get("classification") or "restricted",
        )
