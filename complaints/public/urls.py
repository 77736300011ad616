"""Addresses of the public version of one outcome, under `/<panel>/complaints/`."""

from complaints.public.views import urlpatterns

__all__ = ["urlpatterns"]
