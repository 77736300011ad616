"""What an email says that its log asks for: who complains, how to reach them, and the days of what is said to have happened.
Never longer than a name, an address, a day or a number, and each with the place that it was found in.

    of(message) == {"name": ["Desmond Pryce", "From “our client, Mr Desmond Pryce”"], "email": ["...", "From the sender"]}

They are suggestions that somebody checks. The texts are hostile: every pattern is bounded.
"""

import re
from datetime import date, timedelta

from panel.documents.reading import texts
from panel.documents.reading.parts import Message
from panel.law.days_in_text import day_of, days_in

Found = dict[str, list[str]]
TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Rev|Revd|Cllr|Councillor|Prof|Professor|Sir|Dame|Lady|Lord)"
PART = r"[A-ZÀ-ÖØ-ÞŴŶ][\w’'À-ÿŵŷ-]{0,30}"
PERSON = rf"(?:{TITLE}\.?[ \n])?{PART}(?:[ \n](?:(?:de|van|von|der|ap|ab|al|la|O)[ \n])?{PART}){{0,3}}"
CLIENT = re.compile(
    rf"\b((?:[Oo]ur|[Mm]y)[ \n]client(?:[ \n]is)?,?[ \n]+({PERSON})"
    rf"|on[ \n]behalf[ \n]of[ \n](?:(?:our|my)[ \n]client,?[ \n]+)?({PERSON})"
    rf"|(?:[Ww]e|I)[ \n](?:act|write|am[ \n]acting|are[ \n]instructed)[ \n](?:for|by)[ \n]({PERSON})"
    rf"|ar[ \n]ran[ \n](?:ein[ \n]cleient,?[ \n]+)?({PERSON}))"
)
CLIENT_SAID = re.compile(
    r"\b((?:I write|we act|we write|I act|we are instructed) (?:for|by) (?:our|my) client)", re.IGNORECASE
)
PHONE = re.compile(r"(?<![\d/])(?:\+44[ (]{0,2}0?\)?[ ]?|\(?0)\d(?:[ )(-]{0,2}\d){8,9}(?!\d)")
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
FIRM = re.compile(
    r"\b(?:solicitors?|cyfreithwyr|LLP|Ltd|Limited|law|legal|chambers|advocates|partners|council|cyngor|union|advice)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(
    r"^(?:>|-{2,}\s?(?:original message|forwarded message|neges wreiddiol)|from: .{1,200}\n(?:sent|date|to): |on .{5,120} wrote:$)",
    re.IGNORECASE | re.MULTILINE,
)
FORWARDED = re.compile(
    r"(?:^-{2,}[ ]?(?:forwarded message|original message)[ ]?-{2,}|^begin forwarded message:|^_{10,}|\A)\s{0,6}"
    r"(?:^(?:from|oddi wrth):[ \t]{1,4}(?P<from>[^\n]{1,200})\n)",
    re.IGNORECASE | re.MULTILINE,
)
# The lines below "From:" at the head of an email that was sent on, and such a head whole, further down.
BELOW_FROM = "sent|date|to|cc|bcc|subject|reply-to|importance|attachments|anfonwyd|dyddiad|at|pwnc"
HEAD_LINES = rf"(?:\s{{0,3}}\*?(?:{BELOW_FROM}):[^\n]{{0,2000}}(?:\n|\Z))"
HEAD_REST = re.compile(rf"{HEAD_LINES}{{0,9}}", re.IGNORECASE)
HEAD = re.compile(
    rf"^[> \t]{{0,4}}\*?(?:from|oddi wrth):[^\n]{{1,200}}\n{HEAD_LINES}{{1,9}}", re.IGNORECASE | re.MULTILINE
)
SENT_LINE = re.compile(r"^(?:sent|date|anfonwyd|dyddiad):[ \t]{1,4}([^\n]{5,80})", re.IGNORECASE | re.MULTILINE)
FORWARDS = re.compile(r"(?:fw|fwd|yml)\s?:", re.IGNORECASE)
CLOSING = re.compile(
    r"(?:yours|kind|regards|best|many thanks|thank|dear|tel|mob|email|yn gywir|cofion)\b", re.IGNORECASE
)
SIGNATURE_LINES, MOST_DAYS = 14, 6


def of(found: Message) -> Found:
    """{question: [answer, where it was found]}."""
    text = found.text
    said: Found = {}
    forwarded = forward(found, said)
    if not forwarded:
        sender(found, said)
    own = QUOTED.split(text, maxsplit=1)[0] if not forwarded else sent_on(text, forwarded)
    signature(own, said)
    client(own, said)
    client(found.subject, said)
    days(found, own, said)
    return said


def turned(name: str) -> str:
    """ "Thorpe, Gillian" as "Gillian Thorpe"."""
    last, comma, first = name.partition(",")
    if comma and first.strip() and "," not in first and len(first.split()) < 4 and not FIRM.search(name):
        return f"{first.strip()} {last.strip()}"
    return name


def sender(found: Message, said: Found) -> None:
    """Who wrote. Where the email names two senders, neither is chosen."""
    addresses = {address.lower() for _, address in found.senders if address}
    if len(addresses) > 1:
        named = " and ".join(f"{name} <{address}>" if name else address for name, address in found.senders[:3])
        found.note(f"This email names two senders: {named}. Choose one.")
        return
    for name, address in found.senders[:1]:
        if name:
            said["name"] = [turned(name)[:150], "From the sender"]
        if address:
            said["email"] = [address, "From the sender"]
    replies = {address.lower() for _, address in found.reply_to} - addresses
    if replies and addresses:
        found.note(f"An answer would go to another address than the sender’s: {min(replies)}.")


def forward(found: Message, said: Found) -> int:
    """Where the text of an email begins that somebody sent on; its sender wrote the complaint. 0 for any other."""
    match = FORWARDED.search(found.text[:20_000])
    if not match or not (FORWARDS.match(found.subject) or match.start() < 1500):
        return 0
    if match.start() > 400 and not FORWARDS.match(found.subject):
        return 0  # an answer with what it answers below
    line = match["from"]
    address = re.search(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", line)
    name = re.sub(r"[<\[(].{0,200}", "", line).strip(" \"'") if address else line.strip(" \"'")
    if name and "@" not in name:
        said["name"] = [texts.line(turned(name), 150), "From “From:” in the email that was sent on"]
    if address:
        said["email"] = [address[0], "From “From:” in the email that was sent on"]
    if sent := SENT_LINE.search(found.text, match.start(), match.end() + 1000):
        day = next((d.on() for d in days_in(sent[1]) if d.on()), None)
        if day:
            said["made_on"] = [day.isoformat(), "From the day in the email that was sent on"]
    return match.end()


def sent_on(text: str, begin: int) -> str:
    """The words of an email that was sent on, without its head and those of older ones below it: the days of a head are
    those on which it was sent."""
    rest = HEAD_REST.match(text, begin)
    return HEAD.sub("\n", text[rest.end() if rest else begin :])


def signature(own: str, said: Found) -> None:
    """Telephone, organisation and postal address from the last lines, or from the first: a letter has them there."""
    rows = [row.strip() for row in own.strip().split("\n") if row.strip()]
    for where, some in (
        ("From the signature", rows[-SIGNATURE_LINES:]),
        ("From the top of the text", rows[:SIGNATURE_LINES]),
    ):
        for row in some:
            if "phone" not in said and len(row) < 120 and (number := PHONE.search(row)):
                said["phone"] = [number[0].strip()[:40], where]
            if (
                "organisation" not in said
                and FIRM.search(row)
                and len(row) < 70
                and len(row.split()) < 8
                and row[-1] not in ".?!,"
            ):
                said["organisation"] = [row, where]
        address(some, where, said)
    name(rows, said)


def address(rows: list[str], where: str, said: Found) -> None:
    """The lines that end with a postcode, as long as they are short and are no sentences."""
    end = next((n for n, row in enumerate(rows) if POSTCODE.search(row) and len(row) < 120), None)
    if end is None or "address" in said:
        return
    begin = end
    while begin > 0 and end - begin < 5 and like_an_address(rows[begin - 1]) and "," not in rows[end][:-12]:
        begin -= 1
    lines = [part.strip() for row in rows[begin : end + 1] for part in row.split(",") if part.strip()]
    said["address"] = ["\n".join(lines)[:500], where]


def like_an_address(row: str) -> bool:
    """Whether a line could stand above a postcode: short, no sentence, no number to ring, no name of who signs."""
    if len(row) > 45 or row[-1] in ".?!:" or "@" in row or PHONE.search(row) or FIRM.search(row) or CLOSING.match(row):
        return False
    if re.match(r"\d|flat|unit|the ", row, re.IGNORECASE):
        return True
    words = len(row.split())
    return words == 1 and row[:1].isupper() or words <= 3 and not re.fullmatch(PERSON, row)


def name(rows: list[str], said: Found) -> None:
    """Who signed, where the sender's name is not said."""
    if "name" in said:
        return
    for n, row in enumerate(rows[-SIGNATURE_LINES:]):
        after = rows[-SIGNATURE_LINES:][n + 1 : n + 2]
        if (
            re.match(r"(?:yours|kind|best|many thanks|regards|yn gywir|cofion)\b", row, re.IGNORECASE)
            and len(row) < 40
            and after
        ):
            if re.fullmatch(PERSON, after[0]):
                said["name"] = [after[0][:150], "From the signature"]
            return


def client(text: str, said: Found) -> None:
    """For whom somebody writes: then whoever wrote acts for them, and what was found of the sender is theirs."""
    match = CLIENT.search(text[:20_000])
    if not match or "who" in said:
        return
    whom = next(group for group in match.groups()[1:] if group)
    plain = re.sub(rf"^{TITLE}\.?\s", "", whom.replace("\n", " ")).strip()
    if plain.split()[0].lower() in ("the", "this", "our", "my") or same(plain, said):
        return
    for key in ("name", "email", "phone", "address", "organisation"):
        if key in said:
            said["agent" if key == "name" else f"agent_{key}"] = said.pop(key)
    words = re.sub(r"\s+", " ", match[1])
    first = CLIENT_SAID.search(text[:20_000])
    said["name"] = [plain[:150], f"From “{words[:80]}”"]
    said["who"] = ["represented", f"From “{first[1] if first else words[:80]}”"]


def same(whom: str, said: Found) -> bool:
    """Whether it is the sender's own name."""
    return bool(said.get("name")) and whom.casefold() == said["name"][0].casefold()


def days(found: Message, own: str, said: Found) -> None:
    """The day it was made and came, and the days that it names; a day that stands alone is that of the letter."""
    sent = found.sent.date() if found.sent else None
    if found.sent and "made_on" not in said:
        said["made_on"] = ["sent", "From the day it was sent"]  # in London's day: the page knows it
    if found.received or found.sent:
        said["on"] = [
            "received" if found.received else "sent",
            "From the mail server" if found.received else "From the day it was sent",
        ]
    alone = {row for row in (r.strip() for r in own.split("\n")[:25]) if day_of(row)}
    told: list[date] = []
    for one in days_in(own):
        row_begin, row_end = own.rfind("\n", 0, one.start) + 1, own.find("\n", one.end)
        row = own[row_begin : row_end if row_end >= 0 else len(own)].strip()
        day = one.on(sent.year if sent else None)
        if day and sent and one.year is None and day > sent + timedelta(days=1):
            day = one.on(sent.year - 1)
        if not day or row in alone or (sent and day > sent) or day in told or len(told) == MOST_DAYS:
            continue
        told.append(day)
        said[f"happened_on_{len(told)}"] = [
            day.isoformat(),
            f"From “{before(own, one.start)}{own[one.start : one.end]}”",
        ]


def before(text: str, at: int) -> str:
    """The small word before a day: "On "."""
    match = re.search(r"\b(on|On|ar|Ar|dated|of)\s$", text[max(0, at - 8) : at])
    return f"{match[1]} " if match else ""
