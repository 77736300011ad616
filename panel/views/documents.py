"""Stands in until its branch is merged."""

from django.http import HttpResponse
from django.urls import path

from panel.views.base import in_panel


@in_panel("case.list")
def documents(request, panel, who, register, reference, key=None):
    """Stands in."""
    return HttpResponse("documents")


urls = [path("", documents, name="documents"), path("<uuid:key>/", documents, name="download")]
