"""What every kind of email is read into."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

LONGEST_TEXT = 60_000  # characters of an email that are read; the original has all of it
LONGEST_LINE = 300
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


@dataclass
class Attached:
    """A file that came with an email."""

    name: str
    data: bytes


@dataclass
class Message:
    """An email, as far as it could be read."""

    kind: str  # "eml", "emlx" or "msg"
    senders: list[tuple[str, str]] = field(default_factory=list)  # (name, address)
    reply_to: list[tuple[str, str]] = field(default_factory=list)
    recipients: list[tuple[str, str]] = field(default_factory=list)
    subject: str = ""
    sent: datetime | None = None
    received: datetime | None = None
    message_id: str = ""
    answers_to: str = ""  # the Message-ID that it answers
    text: str = ""
    from_html: bool = False
    headers: dict[str, str] = field(default_factory=dict)  # those that say how it came, lower case
    attached: list[Attached] = field(default_factory=list)
    left_out: int = 0  # parts beyond what is read
    notes: list[str] = field(default_factory=list)
    returned: dict[str, str] = field(default_factory=dict)  # of a delivery report: its fields, and the message's own id

    def note(self, words: str) -> None:
        """Say something once."""
        if words not in self.notes:
            self.notes.append(words)

    def as_json(self) -> dict[str, Any]:
        """Without its files."""
        return {
            "kind": self.kind, "from": [list(one) for one in self.senders], "reply_to": [list(o) for o in self.reply_to],
            "to": [list(one) for one in self.recipients[:20]], "subject": self.subject,
            "sent": self.sent.isoformat() if self.sent else "",
            "received": self.received.isoformat() if self.received else "",
            "message_id": self.message_id, "answers_to": self.answers_to, "text": self.text, "notes": self.notes,
        }  # fmt: skip


def moment(text: str) -> datetime | None:
    """The moment that a header names; None for what is none, or lies where no email was ever sent."""
    try:
        found = parsedate_to_datetime(text.strip()[:100])
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        found = found.astimezone(UTC)
    except Exception:  # hostile dates raise nearly anything
        return None
    return found if EARLIEST < found < EARLIEST + timedelta(days=200 * 365) else None
