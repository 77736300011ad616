"""The agenda."""

from datetime import date


def last_item(at):
    """The number of the last item that every meeting has."""
    return str(at.look.facts.items[-1].item.number) if at.look.facts.items else ""


def awaited(at):
    """The number of an item whose paper is awaited."""
    return next((str(row.item.number) for row in at.look.facts.awaited), "")


ANSWERS = {
    "publish_agenda": {"where": "The council’s website", "urgent_why": "The notice came late."},
    "note_agenda": {"where": "The council’s website", "urgent_why": "It was not said."},
    "add_item": {
        "title": "Estates strategy", "group": "commissioner", "paper_from": "The Commissioner’s office",
        "paper_by": date(2026, 11, 18), "urgent_why": "It came up.",
    },
    "table_item": {"source": "complaints", "urgent_why": "It came up."},
    "change_item": {"item": last_item, "about": "What the Panel does this year"},
    "remove_item": {"item": last_item, "why": "It can wait."},
    "order_items": {},
    "receive_paper": {"item": awaited},
}  # fmt: skip
