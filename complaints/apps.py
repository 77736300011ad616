"""The complaints register."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """Registers the procedure with its models, facts and presenter."""

    name = "complaints"
    verbose_name = "Complaints"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Once Django has the models."""
        from complaints.facts import Facts
        from complaints.models import Allegation, Complaint
        from complaints.presenters import present
        from complaints.procedure import PROCEDURE
        from panel.registers import REGISTERS, Register, register

        if "complaints" not in REGISTERS:
            register(Register("complaints", "C", "Complaints", PROCEDURE, Complaint, Allegation, Facts, present))
