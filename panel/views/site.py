"""Stands in until its branch is merged."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse


@login_not_required
def page(request):
    """Stands in."""
    return HttpResponse("page")


start = choose_panel = health = help_page = roles = accessibility = privacy = page
