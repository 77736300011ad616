"""The words by which a case is found, folded (panel/law/folding.py): no part of the record, made anew by each step, by
`manage.py rebuild_search`, and blank once the case is erased."""

from django.db import models

from panel.models.casework import Case


class CaseText(models.Model):
    """Two texts a case: its words without the people, and with them, for those who may know who complained."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="folded")
    public = models.TextField()
    people = models.TextField()

    def __str__(self):
        return "The words of a case"
