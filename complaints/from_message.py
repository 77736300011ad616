"""What an email that came in answers of the log, each answer with the place that it was found in; and as which steps an
email may be put on a complaint."""

import re

from django.utils import timezone

from panel.law import clock
from panel.law.period import clock_time, day_words
from panel.models import IncomingMessage

CONTACT = "An email of {day}, kept with this note."
# (step, words, what the email answers of it): what an email can be on a case.
STEPS = (
    ("note_contact", "A contact: it changes nothing else", {"kind": "email", "note": "{contact}"}),
    ("resume", "The answer to what we asked", {"came": "came", "what_came": "{text}"}),
    ("note_comments", "Comments on the complaint", {"said": "commented", "comments": "{text}"}),
    ("withdraw", "A signed withdrawal", {"came_through": "direct"}),
)  # fmt: skip
PERSON = (
    "name",
    "email",
    "phone",
    "address",
    "agent",
    "agent_organisation",
    "agent_email",
    "agent_phone",
    "agent_address",
)
MOST_DAYS = 6
# The office in English or Welsh, whose first letter changes with the word before it: Comisiynydd, y Gomisiynydd.
OFFICE, DEPUTY = re.compile(r"commissioner|(?:ch|c|g|ngh)omisiynydd"), re.compile(r"deputy|ddirprwy|dirprwy|nirprwy")
OFFICE_SAID = (("the Commissioner", "the Deputy Commissioner"), ("y Comisiynydd", "y Dirprwy Gomisiynydd"))


def answers_of(message: IncomingMessage) -> dict[str, tuple[str, str]]:
    """{question of the log: (answer, where it was found)}."""
    told = message.found.get("answers", {})
    found = {name: tuple(told[name]) for name in PERSON if name in told}
    email = message.kind != "file"
    found["channel"] = ("email" if email else "letter", "From the kind of file")
    if "who" in told:
        found["who"] = tuple(told["who"])
    elif "name" in found:
        found["who"] = ("named", found["name"][1])
    for name in ("made_on", "on"):
        if name in told and (day := day_of(message, *told[name])):
            found[name] = day
    for n in range(1, MOST_DAYS + 1):
        if f"happened_on_{n}" in told:
            found[f"happened_on_{n}"] = tuple(told[f"happened_on_{n}"])
    if message.text:
        found["words"] = (message.text[:20_000], "The text of the email")
    return found | whose_conduct(message)


def day_of(message: IncomingMessage, answer: str, where: str) -> tuple[str, str] | None:
    """A day of the email in London; None for one that is to come."""
    at = {"sent": message.sent_at, "received": message.received_at}.get(answer)
    if at is None:
        return (answer, where) if answer not in ("sent", "received") else None
    local = timezone.localtime(at, clock.LONDON)
    if local.date() > clock.today():
        return None
    return local.date().isoformat(), f"{where}, {clock_time(local.time())}" if answer == "received" else where


def whose_conduct(message: IncomingMessage) -> dict[str, tuple[str, str]]:
    """Whom it is about, where subject or text names one office holder by name or office, and no other."""
    today, found = clock.today(), {}
    for where, text in (("in the subject", message.subject), ("in the text", message.text[:5000])):
        low = text.casefold()
        for holder in message.panel.office_holders.all():
            if not holder.holds(today):
                continue
            is_deputy = "deputy" in holder.get_office_display().casefold()
            last = holder.name.split()[-1].casefold()
            said = holder.name.split()[-1] if len(last) > 3 and last in low else ""
            if not said and (office := OFFICE.search(low)) and is_deputy == bool(DEPUTY.search(low)):
                welsh = office[0] != "commissioner"
                said = OFFICE_SAID[welsh][is_deputy]
            if said:
                found[str(holder.pk)] = f"From “{said}” {where}"
        if len(found) == 1:
            ((pk, words),) = found.items()
            return {"subjects": (pk, words)}
        if found:
            return {}
    return {}


def answers_on_case(message: IncomingMessage, step: str) -> dict[str, str]:
    """What the email answers of a step by which it is put on a case."""
    at = message.received_at or message.sent_at or message.came_at
    day = min(timezone.localtime(at, clock.LONDON).date(), clock.today())
    contact = CONTACT.format(day=day_words(day))
    wanted = next((answers for key, _, answers in STEPS if key == step), {})
    said = {
        name: value.format(contact=contact, text=message.text[:10_000]) if "{" in value else value
        for name, value in wanted.items()
    }
    return {"on": day.isoformat(), **{name: value for name, value in said.items() if value}}
