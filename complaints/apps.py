"""The complaints register."""

from importlib import import_module

from django.apps import AppConfig

# Pages of steps that are laid out otherwise than most.
TEMPLATES = {
    "filter": "complaints/filter.html",
    "log": "complaints/log.html",
    "decide_publication": "complaints/publication.html",
    **dict.fromkeys(
        (
            "record",
            "advise",
            "decide_copies",
            "brief_chairman",
            "redirect",
            "decline_to_record",
            "identify_serious",
            "ask_about_offence",
            "rule_out_offence",
            "take_no_action",
        ),
        "complaints/beside.html",
    ),
    "record_outcome": "complaints/outcome.html",
    "note_answer": "complaints/answer.html",
}

# Pages that only complaints have, as the access log keeps and names them.
OPENED = (
    ("public-version", "Public version of an outcome"),
    ("public-version-file", "Public version of an outcome, as a file", "document"),
    ("report", "Annual report, draft", "report"),
    ("report-draft-file", "Annual report, draft as a file", "report"),
    ("report-more", "Annual report, more figures", "report"),
    ("report-more-file", "Annual report, more figures as a file", "report"),
    ("report-delegated", "Decisions taken under delegated power", "report"),
    ("report-delegated-file", "Decisions under delegated power, as a file", "report"),
    ("report-issue", "Annual report, before it was issued", "report"),
    ("report-issued", "Annual report as issued", "report"),
    ("report-issued-file", "Annual report as issued, as a file", "report"),
)

# Groups of the panel's settings, as `SettingsGroup` has them.
SETTINGS_GROUPS = (
    ("targets", "Targets", 20, "The Panel’s own. Leave one empty if the Panel has set none."),
    ("who_acts", "Sub-panels, and who may act", 30),
    ("report", "The annual report", 50),
)


class ComplaintsConfig(AppConfig):
    """Registers the procedure with its models, facts and presenter."""

    name = "complaints"
    verbose_name = "Complaints"
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self):
        """The models of the register, then those of what goes to the public and of what comes from an old register."""
        super().import_models()
        import_module("complaints.public_models")
        import_module("complaints.old_register_models")

    def ready(self):
        """Once Django has the models."""
        from complaints import from_message
        from complaints.bundle import ComplaintBundles
        from complaints.facts import ComplaintFacts
        from complaints.letters.fields import ComplaintFields
        from complaints.list import ComplaintList
        from complaints.models import Allegation, Complaint
        from complaints.presenter import ComplaintPresenter
        from complaints.procedure import PROCEDURE
        from complaints.public_models import erasable_rows
        from complaints.similar import similar
        from complaints.subject_access import CONCERNS
        from complaints.tabled import to_table, told
        from panel.procedure.register import REGISTERS, Advice, OpenedPage, PanelTab, Register, SettingsGroup, register

        if "complaints" not in REGISTERS:
            register(
                Register(
                    slug="complaints",
                    reference_letter="C",
                    words="Complaints",
                    procedures=(PROCEDURE,),
                    case_model=Complaint,
                    part_model=Allegation,
                    facts_class=ComplaintFacts,
                    presenter=ComplaintPresenter,
                    list_page=ComplaintList(),
                    similar=similar,
                    from_message=from_message.answers_of,
                    message_steps=from_message.STEPS,
                    on_case=from_message.answers_on_case,
                    related=("complainant",),
                    erasable_rows=erasable_rows,
                    found_by=Complaint.found_by,
                    found_with=Complaint.found_with,
                    templates=TEMPLATES,
                    concerns=CONCERNS,
                    privileged=frozenset({"advise"}),
                    many=("subjects__office_holder",),
                    opened_pages=tuple(OpenedPage(*row) for row in OPENED),
                    addresses=(
                        ("complaints/report/", "complaints.report.urls"),
                        ("complaints/", "complaints.public.urls"),
                        ("published/", "complaints.public.page_urls"),
                        ("old-register/", "complaints.old_register.urls"),
                    ),
                    ways_in=(PanelTab("Bring in an old register", "old-register", "register.bring_in"),),
                    bundles=ComplaintBundles(),
                    to_table=to_table,
                    told=told,
                    advice=Advice(step="advise", duty="consider"),
                    holders=Complaint.holders_of,
                    letter_fields=ComplaintFields,
                    main_decision="filter",
                    main_answer="route",
                    settings_groups=tuple(SettingsGroup(*row) for row in SETTINGS_GROUPS),
                )
            )
