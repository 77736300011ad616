"""The Panel reports to the Commissioner."""

ANSWERS = {
    "send_report": {"how": "email", "late_why": "The Chairman was ill."},
    "publish_report": {
        "where": "The council’s website",
        "early_why": "The candidate has told the press.",
        "early_agreed": "yes",
    },
}
