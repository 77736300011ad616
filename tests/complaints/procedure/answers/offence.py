"""The Monitoring Officer is asked whether it could be an offence."""

ANSWERS = {
    "ask_about_offence": {"why": "He may have threatened her."},
    "rule_out_offence": {"why": "Nothing in the words is a threat."},
}
