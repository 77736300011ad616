"""Addresses outside any panel's own: open to everybody, where the panel's settings say so."""

from django.urls import path

from meetings.business import calendars, days

urlpatterns = [
    path("days/<slug:panel>/", days.open_days, name="open-days"),
    path("calendar/<str:key>.ics", calendars.feed, name="calendar-feed"),
]
