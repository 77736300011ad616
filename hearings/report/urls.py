"""Addresses that only hearings have; they stand under the panel's."""

from django.urls import re_path

from hearings.report.views import earlier_version, letter, report

CASE = r"^(?P<reference>[A-Z]{1,4}-H-\d{4}-\d{4,})"
urlpatterns = [
    re_path(rf"{CASE}/report-(?P<number>[1-9]\d?)\.(?P<kind>docx|pdf|html)$", report, name="hearing-report"),
    re_path(
        rf"{CASE}/report-(?P<number>[1-9]\d?)-version-(?P<version>[1-9]\d?)\.(?P<kind>docx|pdf|html)$",
        earlier_version,
        name="hearing-report-version",
    ),
    re_path(rf"{CASE}/letter-(?P<number>[1-9]\d?)\.(?P<kind>docx|pdf|html)$", letter, name="hearing-letter"),
]
