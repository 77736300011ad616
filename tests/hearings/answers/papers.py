"""What goes into the papers."""

ANSWERS = {
    "name_papers": {"paper_name": "Letter of notification", "paper_terms": "Statement of terms"},
    "write_report": {
        "recruitment": "Eleven people applied and four were interviewed.", "called_1": "Ms Haddon",
        "competence_1": "Asked about money, she named three risks.", "independence_1": "She gave an example.",
    },
    "keep_exempt_notes": {"notes": "What was said after the public had left."},
    "send_corrected_report": {"what_changed": "Who was absent.", "how": "email"},
}  # fmt: skip
