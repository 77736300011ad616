"""The register of meetings."""

from importlib import import_module

from django.apps import AppConfig

from panel.procedure.register import OpenedPage, PanelTab, SettingsGroup

PANEL_TABS = (  # pages about the panel itself
    PanelTab("Work programme", "programme", "business.view"),
    PanelTab("Told the Commissioner", "told", "business.view"),
    PanelTab("Digest", "digest", "case.export"),
    PanelTab("Members over time", "members", "business.view"),
    PanelTab("Calendar", "calendar", "case.list"),
    PanelTab("Work out a day", "work-out", "help.view"),
)
OPENED_PAGES = (  # written down when somebody opens them
    OpenedPage("meeting-paper", "Paper of a meeting"),
    OpenedPage("told-file", "What the Panel told the Commissioner, as a file", "report"),
    OpenedPage("members-file", "Members and their attendance, as a file", "report"),
    OpenedPage("digest-file", "Digest for the Panel’s meeting, as a file", "report"),
    OpenedPage("programme-file", "Work programme, as a file", "report"),
)
SETTINGS_GROUPS = (
    SettingsGroup("meetings", "Meetings", 45, "The Panel’s own. Leave one empty if the Panel has set none."),
)


class MeetingsConfig(AppConfig):
    """Registers the procedure with its models, facts and presenter."""

    name = "meetings"
    verbose_name = "Meetings"
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self):
        """The models of the meeting, then those of the Panel's other business."""
        super().import_models()
        import_module("meetings.business_models")
        import_module("meetings.calendar_models")

    def ready(self):
        """Once Django has the models."""
        from meetings.business.whole import whole_of
        from meetings.demonstration import demonstrate
        from meetings.facts import MeetingFacts
        from meetings.interests import comes_up
        from meetings.kept import erasable_rows, rows_of_items
        from meetings.letters import MeetingLetterFields
        from meetings.list import MeetingList
        from meetings.models import MeetingPart, PanelMeeting
        from meetings.presenter.case import TABS, MeetingPresenter
        from meetings.procedure import PROCEDURE
        from meetings.rows import without_agenda
        from meetings.subject_access import CONCERNS
        from meetings.tabled import to_table
        from panel.procedure.register import REGISTERS, Register, register

        if "meetings" not in REGISTERS:
            register(
                Register(
                    slug="meetings",
                    reference_letter="M",
                    words="Meetings",
                    procedures=(PROCEDURE,),
                    case_model=PanelMeeting,
                    part_model=MeetingPart,
                    facts_class=MeetingFacts,
                    letter_fields=MeetingLetterFields,
                    presenter=MeetingPresenter,
                    list_page=MeetingList(),
                    related=("meeting", "confirmed_at"),
                    part_word="meeting",
                    log_step="plan_meeting",
                    log_words="Plan a meeting",
                    case_word="meeting",
                    overview="meetings/overview.html",
                    tabs=TABS,
                    addresses=(
                        ("meetings/", "meetings.pages"),
                        ("business/", "meetings.business.urls"),
                    ),
                    demonstrate=demonstrate,
                    open_addresses=("meetings.business.open_urls",),
                    panel_tabs=PANEL_TABS,
                    to_table=to_table,
                    without_agenda=without_agenda,
                    opened_pages=OPENED_PAGES,
                    settings_groups=SETTINGS_GROUPS,
                    concerns=CONCERNS,
                    comes_up=comes_up,
                    whole=whole_of,
                    erasable_rows=erasable_rows,
                    rows_of_items=rows_of_items,
                )
            )
