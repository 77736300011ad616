"""An email read for whoever logs it: who wrote it, when, what it says, what came with it. No Django.

    read(b"From: ...")["email"]                 # the task of a process of its own (`panel.documents.apart`)
    {"kind": "eml", "from": [["Rachel Okafor", "rachel@okafor.example"]], "subject": ..., "sent": "2026-11-13T19:42:00+00:00",
     "received": ..., "text": ..., "attached": [{"name": ..., "kind": "pdf", "data": base64}], "notes": [...], "found": ...}

What cannot be read is left out with a note; nothing is fetched from anywhere, and of a page only its text is taken.
`panel.documents.reading.bounce.bounce_of` says whether a message is one that came back.
"""

import base64
from typing import Any

from panel.documents.inspection import answer
from panel.documents.reading import bounce, eml, guesses, msg
from panel.documents.reading.parts import Message

__all__ = ["Message", "bounce", "look", "read"]

START_OF_MSG = b"\xd0\xcf\x11\xe0"
MOST_ATTACHED = 60


def read(data: bytes) -> dict[str, Any]:
    """What the email says, as JSON can say it; `email` is None for what is no email."""
    found = look(data)
    if found is None:
        return {"email": None}
    told = found.as_json()
    told["attached"], told["left_out"] = [], found.left_out
    for part in found.attached[:MOST_ATTACHED]:
        kind = answer(part.data)
        row = {"name": part.name, "size": len(part.data), "data": base64.b64encode(part.data).decode(), **kind}
        told["attached"].append(row)
    told["left_out"] += max(0, len(found.attached) - MOST_ATTACHED)
    told["bounce"] = bounce.of(found)
    told["found"] = {} if told["bounce"] else guesses.of(found)  # a mail server complains of nothing
    return {"email": told}


def look(data: bytes) -> Message | None:
    """The email that these bytes are, or None."""
    if data.startswith(START_OF_MSG):
        return msg.look(data)
    return eml.look(data)
