"""The minutes."""

ANSWERS = {
    "write_minutes": {"first_minute": "443", **{f"minute_{n}": "Noted." for n in range(1, 8)}},
    "confirm_minutes": {"evidence": "Minute 451"},
}
