"""Addresses that only hearings have; they stand under the panel's."""

from django.urls import re_path

from hearings.report.views import report

urlpatterns = [
    re_path(
        r"^(?P<reference>[A-Z]{1,4}-H-\d{4}-\d{4,})/report-(?P<number>[1-9]\d?)\.(?P<kind>docx|html)$",
        report,
        name="hearing-report",
    ),
]
