"""The register of confirmation hearings: one list, two procedures (Schedules 1 and 8)."""

from django.apps import AppConfig


class HearingsConfig(AppConfig):
    """Registers both procedures with their models, facts and presenter."""

    name = "hearings"
    verbose_name = "Hearings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Once Django has the models."""
        from hearings import list as case_list
        from hearings.facts import HearingFacts
        from hearings.models import Candidate, Hearing
        from hearings.presenter.case import TABS, HearingPresenter
        from hearings.presenter.choices import choices
        from hearings.procedure import schedule1, schedule8
        from hearings.subject_access import CONCERNS
        from panel.procedure.register import REGISTERS, Register, register

        if "hearings" not in REGISTERS:
            register(
                Register(
                    slug="hearings",
                    letter="H",
                    words="Hearings",
                    procedures=(schedule1.PROCEDURE, schedule8.PROCEDURE),
                    case_model=Hearing,
                    part_model=Candidate,
                    facts=HearingFacts,
                    present=HearingPresenter,
                    lists=case_list,
                    part_word="candidate",
                    log_step="notify",
                    log_words="Log a notification of an appointment",
                    case_word="hearing",
                    columns=("Reference", "Appointment", "Hearing", "Status", "Notified", "Report by"),
                    overview="hearings/overview.html",
                    tabs=TABS,
                    choices=choices,
                    concerns=CONCERNS,
                )
            )
