"""The register of confirmation hearings: one list, two procedures (Schedules 1 and 8)."""

from importlib import import_module

from django.apps import AppConfig


class HearingsConfig(AppConfig):
    """Registers both procedures with their models, facts and presenter."""

    name = "hearings"
    verbose_name = "Hearings"
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self):
        """The models of the hearing, then those of the papers that leave the house."""
        super().import_models()
        import_module("hearings.paper_models")

    def ready(self):
        """Once Django has the models."""
        from hearings.bundle import HearingBundles
        from hearings.facts import HearingFacts
        from hearings.letters import HearingLetterFields
        from hearings.list import HearingList
        from hearings.models import Candidate, Hearing
        from hearings.presenter.case import TABS, HearingPresenter
        from hearings.presenter.choices import choices
        from hearings.procedure import PROCEDURES
        from hearings.report.kept import erasable_rows
        from hearings.subject_access import CONCERNS
        from hearings.tabled import to_table, told
        from panel.procedure.register import REGISTERS, OpenedPage, Register, SettingsGroup, register

        if "hearings" not in REGISTERS:
            register(
                Register(
                    slug="hearings",
                    reference_letter="H",
                    words="Hearings",
                    procedures=PROCEDURES,
                    case_model=Hearing,
                    part_model=Candidate,
                    facts_class=HearingFacts,
                    presenter=HearingPresenter,
                    list_page=HearingList(),
                    part_word="candidate",
                    part_called=str,
                    log_step="notify",
                    log_words="Log a notification of an appointment",
                    case_word="hearing",
                    overview="hearings/overview.html",
                    tabs=TABS,
                    choices=choices,
                    concerns=CONCERNS,
                    addresses=(("hearings/", "hearings.report.urls"), ("hearings/", "hearings.pages")),
                    settings_groups=(SettingsGroup("hearings", "Hearings", 40),),
                    opened_pages=(
                        OpenedPage("hearing-report", "Report to the Commissioner", "report"),
                        OpenedPage("hearing-report-version", "Version of the report to the Commissioner", "report"),
                        OpenedPage("hearing-letter", "Letter with the report to the Commissioner", "report"),
                        OpenedPage("hearing-sheet", "Question sheet"),
                        OpenedPage("hearing-days", "Days that fit"),
                    ),
                    erasable_rows=erasable_rows,
                    found_by=Hearing.found_by,
                    bundles=HearingBundles(),
                    to_table=to_table,
                    letter_fields=HearingLetterFields,
                    told=told,
                )
            )
