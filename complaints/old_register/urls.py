"""The address of the page of an old register, under `/<panel>/old-register/`."""

from django.urls import path

from complaints.old_register.views import old_register

urlpatterns = [path("", old_register, name="old-register")]
