"""Whether a message is one that came back, and of which message: for whoever sends letters and waits for their answers.

    bounce_of(data) == {"of": "1234@panel.example", "to": "bert@example.org", "why": "550 5.1.1 User unknown", "final": True}
    bounce_of(data) is None          # an ordinary message; an answer of somebody who is away is no bounce either

For bytes of which nobody knows what they hold use `panel.documents.apart.apart("panel.documents.reading.bounce:task", data)`.
"""

import re
from typing import Any

from panel.documents.reading import eml
from panel.documents.reading.parts import Message

SERVERS = re.compile(r"(?:mailer-daemon|postmaster|microsoftexchange[0-9a-f]{8,40})@", re.IGNORECASE)
SAYS_SO = re.compile(
    r"undeliver|not be delivered|delivery (?:status notification|has failed|failure|incomplete)|returned mail|mail delivery failed",
    re.IGNORECASE,
)
OWN_ID = re.compile(r"^[ \t>]{0,8}message-id:[ \t]{0,8}<([^<>\s]{1,250})>", re.IGNORECASE | re.MULTILINE)
ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
CODE = re.compile(r"\b[45]\d\d[ -](?:#?[45]\.\d{1,3}\.\d{1,3})?[^\n]{0,200}")


def of(found: Message) -> dict[str, Any] | None:
    """What came back, or None."""
    told = found.returned
    delayed = told.get("action", "").lower() in ("delayed", "delivered", "relayed", "expanded")
    if "action" in told or "final-recipient" in told:
        to = told.get("final-recipient") or told.get("original-recipient", "")
        why = told.get("diagnostic-code") or told.get("status", "")
        return {
            "of": told.get("message-id") or own_id(found), "to": to.rpartition(";")[2].strip(),
            "why": why.partition(";")[2].strip() or why, "final": not delayed,
        }  # fmt: skip
    by_server = any(SERVERS.match(address) for _, address in found.senders) or found.headers.get("return-path") == "<>"
    if not by_server or not SAYS_SO.search(f"{found.subject}\n{found.text[:3000]}"):
        return None
    to = found.headers.get("x-failed-recipients") or next(iter(ADDRESS.findall(found.text[:5000])), "")
    why = CODE.search(found.text[:10_000])
    return {
        "of": told.get("message-id") or own_id(found),
        "to": to,
        "why": why[0].strip() if why else "",
        "final": True,
    }


def own_id(found: Message) -> str:
    """The Message-ID of what came back, as its text has it."""
    match = OWN_ID.search(found.text)
    return match[1] if match else found.answers_to


def bounce_of(data: bytes) -> dict[str, Any] | None:
    """What came back, or None, of bytes that may be read here."""
    found = eml.look(data)
    return of(found) if found else None


def task(data: bytes) -> dict[str, Any]:
    """The same, as a process of its own says it."""
    return {"bounce": bounce_of(data)}
