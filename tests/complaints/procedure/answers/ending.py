"""It ends: closed, withdrawn or merged into another."""

from panel.procedure.register import of_procedure


def twin(at) -> str:
    """Another complaint by the same person."""
    rows = of_procedure(at.case.procedure).case_model.objects.filter(panel=at.case.panel).exclude(pk=at.case.pk)
    person = at.case.complainant
    return next((c.reference for c in rows if person and c.complainant and c.complainant.name == person.name), "")


ANSWERS = {
    "close": {"summary": "A remark at a public meeting was explained.", "summary_is": "agreed"},
    "withdraw": {"wish": "withdrawn", "signed_by": "solicitor", "came_through": "direct"},
    "merge": {"into": twin, "why": "Sent twice."},
}
