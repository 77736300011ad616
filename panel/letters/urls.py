"""Addresses of the letters of a case; they stand under the case's."""

from django.urls import path, re_path

from panel.letters.check_views import check, draft_file
from panel.letters.contact import contact
from panel.letters.copy_views import copy_file, words
from panel.letters.list_views import case_letters, letter, letter_for
from panel.letters.views import write

WRITE = r"^write/(?P<kind>[a-z0-9_]{1,40})/(?P<entry>\d{1,9})/(?P<to>[a-z_]+(?::\d{1,9})?|-)/"
urlpatterns = [
    path("", case_letters, name="case-letters"),
    path("contact/", contact, name="letter-contact"),
    path("<int:pk>/", letter, name="letter"),
    path("for/<int:duty>/", letter_for, name="letter-for"),
    re_path(rf"{WRITE}$", write, name="letter-write"),
    re_path(rf"{WRITE}check/$", check, name="letter-check"),
    re_path(rf"{WRITE}words/$", words, name="letter-words"),
    re_path(rf"{WRITE}copy-(?P<number>\d)\.pdf$", copy_file, name="letter-copy"),
    re_path(rf"{WRITE}letter\.(?P<kind_of_file>docx|pdf)$", draft_file, name="letter-draft-file"),
]
