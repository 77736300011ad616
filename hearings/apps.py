"""The register of confirmation hearings: Schedules 1 and 8 come with their own issue."""

from django.apps import AppConfig


class HearingsConfig(AppConfig):
    """Holds the place of the register."""

    name = "hearings"
    verbose_name = "Hearings"
    default_auto_field = "django.db.models.BigAutoField"
