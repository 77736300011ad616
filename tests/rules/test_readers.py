"""Nothing is asked in vain. Every answer stands in its entry, and the timeline shows it, or in a column of its own, and the
history shows that. A question that says what its answer is for, such as a report, a list or a letter, is read there too: a
new one fails here until it is said who reads it, and that it does is seen in the source of the reader."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from panel.procedure.register import REGISTERS

PURPOSE = re.compile(
    r"report|sent to|\bshown|\blists?\b|publish|a copy|figures|forecast|goes into|stays on record|annual", re.IGNORECASE
)
NOTICE = ("panel/pages/timeline.py", "entry.why")  # whoever writes the letter finds the reasons there
KEPT = ("panel/casework/retention_steps.py", "survives_erasure")
LATE = ("hearings/attendance.py", "late_hearing_why")
EXEMPT = ("hearings/attendance.py", "exempt_resolution")
READ = {  # (step, question): the file that reads it, and by which words
    ("log", "title"): ("complaints/list.py", "case.title"),
    ("log", "similar"): ("panel/pages/step_check.py", "similar"),
    ("record_conduct_matter", "title"): ("complaints/list.py", "case.title"),
    ("redirect", "why"): NOTICE,
    ("decline_to_record", "why"): NOTICE,
    ("filter", "why"): NOTICE,
    ("advise", "conclusion"): ("panel/pages/home.py", "conclusion"),
    ("note_opinion", "opinion"): ("complaints/presenter.py", '"opinion"'),
    ("record_outcome", "record"): ("complaints/presenter.py", '"record"'),
    ("close", "summary"): ("complaints/report/issue.py", "answers__summary"),
    ("decide_publication", "publish"): ("complaints/presenter.py", '"publish"'),
    ("decide_publication", "redacted"): ("complaints/presenter.py", '"redacted"'),
    ("hold", "why"): KEPT,
    ("lift_hold", "why"): KEPT,
    ("propose_erasure", "why"): KEPT,
    ("decline_erasure", "why"): KEPT,
    ("erase", "why"): KEPT,
    ("arrange_hearing", "late_hearing_why"): LATE,
    ("plan_day", "late_hearing_why"): LATE,
    ("adjourn_hearing", "late_hearing_why"): LATE,
    ("adjourn_reserve_hearing", "late_hearing_why"): LATE,
    ("rearrange_hearing", "late_hearing_why"): LATE,
    ("arrange_reserve_hearing", "late_hearing_why"): LATE,
    ("hold_hearing", "late_hearing_why"): LATE,
    ("hear_reserve", "late_hearing_why"): LATE,
    ("correct_hearing", "late_hearing_why"): LATE,
    ("hold_hearing", "exempt_resolution"): EXEMPT,
    ("hear_reserve", "exempt_resolution"): EXEMPT,
    ("correct_hearing", "exempt_resolution"): EXEMPT,
    ("write_report", "publish_on"): ("hearings/report/what_follows.py", "publish_on"),
    ("record_recommendation", "concerns"): ("hearings/report/reasons.py", "concerns"),
    ("record_recommendation", "why"): ("hearings/report/reasons.py", "r.reasons"),
    ("veto", "why"): ("hearings/report/content.py", "veto"),
}
# Answers that speak of such a thing and have no such purpose.
ONLY_WORDS = {
    ("give_notice", "no_copy"), ("record_conduct_matter", "came_to_light"), ("iopc_concludes", "ended"),
    ("lapse", "why"), ("record_outcome", "answer_due"), ("publish_agenda", "where"), ("note_not_done", "why"), ("note_appointment_without_notification", "known"),
    ("publish_report", "early_why"), ("iopc_suspends", "why"), ("decide_copies", "why"), ("identify_serious", "why"),
}  # fmt: skip
# What is kept in a row of its own under another name than the question's.
ELSEWHERE = {
    "who": "the complainant, or none", "member": "the case role of whoever is interested", "similar": "the other case",
    "subjects": "the office holders", "clear_on": "the day of the allegation", "unknown": "the day of the notification",
    "came": "what came, a row each", "flags": "the case’s columns", "substitutes_who": "the attendance",
    "competence": "a question each", "independence": "a question each", "other": "a question each",
    "which": "the report’s own row", "to": "the move", "entry": "the entry that is reversed", "evidence": "the checklist",
    "exempt_paragraphs": "the exempt part of the meeting", "exempt_from": "the exempt part", "exempt_until": "the exempt part",
    "counts_why": "the notification", "notes": "an exempt document", "what_changed": "the version that says it", "votes_for": "the resolution",
    "request": "the row of the request itself", "refused_why": "why, of the request", "open_interest": "the public interest, where the motion was lost",
}  # fmt: skip


def questions():
    """(step, question, its label, help and reasons) of every step of every register."""
    for register in REGISTERS.values():
        for procedure in register.procedures:
            for step in procedure.steps:
                form = step.form
                for name, field in form.base_fields.items():
                    yield step.key, name, f"{field.label or ''} {field.help_text or ''}"
                yield step.key, "why", f"{form.why_label} {form.why_hint}"


def test_whoever_says_what_an_answer_is_for_says_who_reads_it():
    found = {(step, name) for step, name, words in questions() if PURPOSE.search(words)}
    assert found - READ.keys() - ONLY_WORDS == set()


@pytest.mark.parametrize("question", READ, ids="-".join)
def test_and_it_is_read_there(question):
    file, words = READ[question]
    assert words in (Path(settings.BASE_DIR) / file).read_text(encoding="utf-8")


def test_what_is_not_in_the_entry_has_a_column_of_its_own():
    columns = {f.name for m in apps.get_models() for f in m._meta.get_fields() if hasattr(f, "attname")}
    forms = {step.form for r in REGISTERS.values() for p in r.procedures for step in p.steps}
    lost = {
        (form.__name__, name)
        for form in forms
        for name in form.columns
        if re.sub(r"_\d+$", "", name) not in {*columns, *ELSEWHERE, "final", "candidate", "seat", "vote"}
    }
    assert lost == set()
