"""How it is handled, and whether the Regulations are disapplied."""

DISAPPLIED = {
    "considered": True, "grounds": ["e"], "abuse": "vexatious", "reasons_e": "Fourteen letters about one parking space.",
}  # fmt: skip


def body(at) -> str:
    """Whose decision it would be, where somebody types it up."""
    return {"full_panel": "panel", "filtered": "chairman"}.get(at.case.status, "sub_panel")


ANSWERS = {
    "brief_chairman": {"note": "The webcast of 14 October shows it at minute 41."},
    "advise": {"conclusion": "Informal resolution", "advice": "None of the grounds fits.", "fits": []},
    "filter": {
        "offence": "no",
        "route": "sub_panel_resolves",
        "why": "Best settled face to face.",
        "no_advice_why": "He is away.",
    },
    "take_no_action": {**DISAPPLIED, "why": "As the ground says.", "decided_as": body},
}
