"""Stands in until its branch is merged."""

from django.http import HttpResponse
from django.urls import path

from panel.views.base import in_panel


@in_panel("people.view")
def people(request, panel, who):
    """Stands in."""
    return HttpResponse("people")


def accept(request, token):
    """Stands in."""
    return HttpResponse("accept")


NAME = __name__.rsplit(".", 1)[1]
urls = [path("", people, name=NAME)]
settings_urls = [path("", people, name="settings")]
