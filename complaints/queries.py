"""Complaints as the office asks for them, always scoped to what the person may see."""

from complaints.models import Complaint
from panel import access


def for_standing(who):
    """The complaints that the person sees."""
    return Complaint.objects.filter(access.visible(who), procedure="complaints")
