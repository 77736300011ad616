"""What a script or a test answers of items: it names them by their number on the agenda, where a page sends their keys.

by_number(attempt, {"item": "6", "minute_1": "..."})     # {"item": "41", "minute_36": "..."}
"""

import re
from typing import Any

MOST_ITEMS = 60
NAMES = {
    "item",
    *(f"{kind}_{n}" for kind in ("minute", "place") for n in range(1, MOST_ITEMS + 1)),
}  # what a script may give
PLACED = re.compile(r"(minute|place)_(\d+)")


def by_number(attempt: Any, data: Any) -> Any:
    """The answers with the keys of items; as they are where a page sent them."""
    if not isinstance(data, dict) or hasattr(data, "getlist"):
        return data
    keys = {str(row.item.number): str(row.item_id) for row in attempt.facts.items}
    found = {}
    for name, value in data.items():
        placed = PLACED.fullmatch(name)
        if name == "item":
            value = keys.get(str(value), value)
        found[f"{placed[1]}_{keys.get(placed[2], placed[2])}" if placed else name] = value
    return found
