"""It may have to go to the IOPC."""

from tests.reading import ON

ANSWERS = {
    "identify_serious": {"basis": "offence", "clear_on": ON, "why": "Words that may be a threat."},
    "refer_to_iopc": {"sent": "The complaint, by secure email", "tell_office_holder": "yes"},
    "iopc_investigates": {"iopc_reference": "2026/123456"},
    "iopc_refers_back": {"why": "No investigation is needed."},
    "refer_again": {
        "new": "A second witness",
        "clear_on": ON,
        "sent": "The statement, by secure email",
        "tell_office_holder": "yes",
        "late_new": "She wrote on a Friday.",
    },
}
