"""The address of the page that the public may read, under `/<panel>/published/`."""

from django.urls import path

from complaints.public.views import public_page

urlpatterns = [path("", public_page, name="published")]
