"""Reminders: what waits for each person, as a mail that says cases by reference and what is to be done, and nothing else.

What it lists is what their home page lists (`waiting`). Nobody has more than one digest a day, whatever runs `remind`."""
