"""Addresses of the annual report, under `/<panel>/complaints/report/`."""

from django.urls import path

from complaints.report import delegated_views, more_views, views

urlpatterns = [
    path("", views.report, name="report"),
    path("issue/", views.issue_report, name="report-issue"),
    path("draft.<slug:kind>", views.draft_file, name="report-draft-file"),
    path("figures/", more_views.more_figures, name="report-more"),
    path("figures/<slug:slug>.csv", more_views.more_file, name="report-more-file"),
    path("delegated/", delegated_views.delegated_decisions, name="report-delegated"),
    path("delegated.csv", delegated_views.delegated_file, name="report-delegated-file"),
    path("<int:pk>/", views.issued, name="report-issued"),
    path("<int:pk>/report.<slug:kind>", views.issued_file, name="report-issued-file"),
]
