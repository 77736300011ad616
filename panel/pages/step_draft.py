"""The part of `StepView` that keeps what was typed and not entered, and forgets it once it is."""

from panel.casework.drafts import keep_draft
from panel.forms.fields import number_in
from panel.models import Draft


class StepDraftMixin:
    """Uses the panel, the case, the step and the answers that the view has found."""

    def forgotten(self, request, response):
        """The answer, once the draft of what was entered is gone, and no other."""
        self.drafts(request).delete()
        return response

    def keep(self, request, seen):
        """Keep what was typed as a draft."""
        key = request.press.key if request.press else ""
        return keep_draft(request.user, self.panel, self.case, self.step.key, self.posted, seen, key)

    def drafts(self, request):
        """The person's draft of this step: of a case that is to be made, the one that the address names, or that was sent."""
        rows = Draft.objects.filter(user=request.user, panel=self.panel, step=self.step.key, address="")
        if self.case.pk:
            return rows.filter(case=self.case)
        named = number_in(request.GET.get("draft", ""))
        rows = rows.filter(case=None)
        if request.method == "POST":
            return rows.filter(key=request.press.key if request.press else "")
        return rows.filter(pk=named) if named is not None else rows.filter(key="")
