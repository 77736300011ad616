"""Complaints as the office asks for them, always scoped to what the person may see."""

from complaints.models import Complaint
from panel.access import rules


def for_standing(who):
    """The complaints that the person sees."""
    return Complaint.objects.filter(rules.visible(who), procedure="complaints")
