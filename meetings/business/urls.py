"""Addresses of the Panel's business, under `/<panel>/business/`."""

from django.urls import path

from meetings.business import calendars, days, digest, members, programme, told

urlpatterns = [
    path("programme/", programme.programme, name="programme"),
    path("programme/add/", programme.item, name="programme-add"),
    path("programme/<int:pk>/", programme.item, name="programme-item"),
    path("programme/propose/<str:year>/", programme.propose, name="programme-propose"),
    path("programme/carry/", programme.carry, name="programme-carry"),
    path("programme.docx", programme.word_file, name="programme-file"),
    path("told/", told.told, name="told"),
    path("told/add/", told.change, name="told-add"),
    path("told/<int:pk>/", told.change, name="told-change"),
    path("told.<slug:kind>", told.told_file, name="told-file"),
    path("calendar/", calendars.month, name="calendar"),
    path("calendar/key/", calendars.new_key, name="calendar-key"),
    path("calendar/end/", calendars.end_key, name="calendar-end"),
    path("members/", members.members, name="members"),
    path("members.<slug:kind>", members.members_file, name="members-file"),
    path("digest/", digest.digest_page, name="digest"),
    path("digest.docx", digest.digest_word, name="digest-file"),
    path("days/", days.work_out, name="work-out"),
]
