"""Cases taken through dated steps from a script that reads like case notes, by the same code as the pages.

    {"panel": "exshire", "by": "priya.nair@exshire.example", "as_of": "2026-11-18",
     "cases": [
      {"ref": "larkford", "note": "Open: waiting for the Chairman.",
       "steps": [
        {"step": "log", "on": "2026-10-27", "channel": "email", "subjects": ["Daniel Ashcombe"], "allegations": [...]},
        {"step": "redirect", "on": "2026-11-02", "by": "helen.farrow@exshire.example", "parts": [3], ...},
        {"step": "give_notice", "on": "2026-11-06", "kinds": ["copy_of_record"], "to": "complainant", "how": "post",
         "typed": "2026-11-09 08:50", "documents": [{"name": "record.pdf", "pdf": "Copy of the record ..."}]}]}]}

A step's other keys are the answers of its form. A choice may be given by its value or by the words that the page shows
(a person by name); a duty by its kind and whom it is owed to; a step to take back by its key; another case by `ref`.
A case with `reference` instead of a first step goes on with a case of the register. All of a file is saved, or nothing.

Without `as_of` the dates stand as they are and each step is entered now: so old paper files are typed up. With it, the
script tells a history as it stood on that day. Its days are moved by working days until that day is the last working
day up to today, also those written `{2026-10-14}` in a text, and each step is entered on its day: in a demonstration or
a test only.
"""

from panel.replay.dates import DayShift
from panel.replay.files import pdf
from panel.replay.run import Replay
from panel.replay.script import Wrong, read

__all__ = ["DayShift", "Replay", "Wrong", "pdf", "read"]
