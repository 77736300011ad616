"""Addresses outside any panel's own: open to everybody, where the panel's settings say so."""

from django.urls import path

from meetings.business import days

urlpatterns = [path("days/<slug:panel>/", days.open_days, name="open-days")]
