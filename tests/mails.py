"""Emails in the shapes in which they come: Outlook, Gmail, iPhone, forwarded, bounced, in Welsh, from solicitors; and what
damage and malice make of them. All people and addresses are invented.

    shapes()            # {name: (bytes, what is found in it)}
    mutated(seed)       # one of them, damaged
"""

import random
from email import message_from_string
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.image import MIMEImage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from tests.build import PDF
from tests.panel.documents.samples import JPG, compound

SENT, RECEIVED = "Fri, 13 Nov 2026 19:42:00 +0000", "Fri, 13 Nov 2026 19:43:10 +0000"
SOLICITOR = """Dear Panel,

I write for our client, Mr Desmond Pryce, whose signed authority is attached.

On 2 November Mr Pryce went to the Commissioner’s surgery in Stanmoor to ask about his letter. Mr Ashcombe told him to
“get out of my sight” before a full room.

On 6 November a reporter rang Mr Pryce and read his own letter to him.

Yours faithfully,

Rachel Okafor
Okafor Lane Solicitors
12 Market Street
Stanmoor
EX4 1AB
01632 960 114
"""
PLAIN = """Dear Sir or Madam

I was at the Larkford meeting on 14 October 2026. The Commissioner shouted at a lady who asked about the front counter.

Yours faithfully
Peter Yarrow
3 Mill Lane
Larkford
EX2 7QT
"""
WELSH = """Annwyl Banel,

Ar 14 Hydref 2026 gwaeddodd y Comisiynydd ar ddynes yng nghyfarfod Llanfair.

Yn gywir,
Siân Prŷs
2 Stryd Fawr
Llanfair
EX9 3ZZ
"""


def dressed(
    mail, sender, subject, *, to="panel@exshire.example", sent=SENT, received=RECEIVED, number="1@mx.example", **more
):
    """The mail with its headers, as bytes."""
    if received:
        mail["Received"] = f"from mx.example (mx.example [192.0.2.1]) by mail.exshire.example with ESMTPS; {received}"
    mail["Message-ID"] = f"<{number}>"
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    if sent:
        mail["Date"] = sent
    for name, value in more.items():
        mail[name.replace("_", "-")] = value
    return mail.as_bytes()


def attached(data, name, kind="application/octet-stream"):
    """One file of a mail."""
    part = MIMEApplication(data, _subtype=kind.partition("/")[2])
    part.add_header("Content-Disposition", "attachment", filename=name)
    return part


def mixed(*parts, kind="mixed"):
    """A mail of several parts."""
    whole = MIMEMultipart(kind)
    for part in parts:
        whole.attach(part)
    return whole


def text(words, coding="utf-8", kind="plain"):
    """A part of text."""
    return MIMEText(words, kind, coding)


def solicitor() -> bytes:
    """The solicitor's email: two allegations, an authority and a photo."""
    photo = MIMEImage(JPG, _subtype="jpeg", name="IMG_2041.jpg")
    photo.add_header("Content-Disposition", "attachment", filename="IMG_2041.jpg")
    whole = mixed(text(SOLICITOR), attached(PDF, "Authority signed by Mr Pryce.pdf", "application/pdf"), photo)
    return dressed(
        whole, "Rachel Okafor <rachel@okaforlane.example>", "Complaint about the Commissioner: our client Mr D Pryce"
    )


def page(words) -> str:
    """The words as Outlook's or Gmail's page."""
    rows = "".join(f"<p class=MsoNormal>{row}<o:p></o:p></p>" for row in words.split("\n"))
    return (
        "<html><head><style>p{margin:0}</style><title>No</title></head><body lang=EN-GB><!-- hidden --><div>"
        f"{rows}</div><script>alert(1)</script><img src='http://tracker.example/x.gif'></body></html>"
    )


def bounce(own="7@panel.example", to="bert@example.org", action="failed", headers_only=False) -> bytes:
    """A report of a mail server."""
    report = MIMEMultipart("report", report_type="delivery-status")
    report.attach(text(f"Your message to {to} could not be delivered."))
    status = message_from_string(
        "Content-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; {to}\nAction: {action}\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown\n"
    )
    report.attach(status)
    first = text("Dear Mr Bailey")
    first["Message-ID"], first["Subject"], first["From"] = f"<{own}>", "Our letter", "panel@exshire.example"
    if headers_only:
        part = MIMEText(f"Message-ID: <{own}>\nSubject: Our letter\n", "plain")
        part.set_type("text/rfc822-headers")
        report.attach(part)
    else:
        report.attach(MIMEMessage(first))
    return dressed(report, "MAILER-DAEMON@mx.example", "Undelivered Mail Returned to Sender", Return_Path="<>")


def forwarded(head, subject="FW: Complaint") -> bytes:
    """An email that a councillor sent on."""
    return dressed(text(f"For you.\n\n{head}\n\n{PLAIN}"), "Cllr Sunita Rao <sunita.rao@exshire.example>", subject)


def prop(tag, kind, words) -> dict:
    """One property of an Outlook message as a stream."""
    return {f"__substg1.0_{tag}{kind}": words.encode("utf-16-le" if kind == "001F" else "cp1252")}


def outlook(
    body=PLAIN, *, sender="Peter Yarrow", address="peter.yarrow@example.org", kind="001F", files=(), html=""
) -> bytes:
    """An Outlook message of its own making."""
    moment = (134_390_725_200_000_000).to_bytes(8, "little")
    fixed = bytes(32) + b"\x40\0\x39\0\x06\0\0\0" + moment + b"\x40\0\x06\x0e\x06\0\0\0" + moment
    streams = {"__properties_version1.0": fixed}
    for tag, words in (("0037", "Complaint"), ("0C1A", sender), ("5D01", address), ("1000", body)):
        streams |= prop(tag, kind, words) if words else {}
    if html:
        streams["__substg1.0_10130102"] = html.encode()
    for n, (name, data) in enumerate(files):
        under = f"__attach_version1.0_#{n:08X}/"
        streams |= {f"{under}{key}": value for key, value in prop("3707", "001F", name).items()}
        streams[f"{under}__substg1.0_37010102"] = data
    return compound(streams)


def emlx(raw: bytes) -> bytes:
    """The email as Apple's Mail keeps it."""
    return b'%d\n%s<?xml version="1.0"?><plist><dict/></plist>' % (len(raw), raw)


WROTE = {"name": "Peter Yarrow", "email": "peter.yarrow@example.org", "made_on": "sent"}
SENDERS = {
    "plain": "Peter Yarrow <peter.yarrow@example.org>", "quoted": '"Peter Yarrow" <peter.yarrow@example.org>',
    "turned": '"Yarrow, Peter" <peter.yarrow@example.org>', "bracketed": "peter.yarrow@example.org (Peter Yarrow)",
}  # fmt: skip


def written() -> dict:
    """What a mail program sends when somebody writes: every sender, lettering and shape of text."""
    found = {}
    for how, sender in SENDERS.items():
        for coding in ("utf-8", "iso-8859-1", "windows-1252"):
            words = PLAIN if coding == "utf-8" else PLAIN.replace("’", "'")
            found[f"{how}, {coding}"] = dressed(text(words, coding), sender, "Complaint")
        both = mixed(text(PLAIN), text(page(PLAIN), kind="html"), kind="alternative")
        found[f"{how}, Gmail"] = dressed(both, sender, "Complaint")
        found[f"{how}, Outlook page only"] = dressed(text(page(PLAIN), kind="html"), sender, "Complaint")
        phone = mixed(text(PLAIN), attached(JPG, "IMG_0001.jpg"), text("Sent from my iPhone"))
        found[f"{how}, iPhone"] = dressed(phone, sender, "Complaint")
        related = mixed(mixed(text(PLAIN), text(page(PLAIN), kind="html"), kind="alternative"), kind="related")
        found[f"{how}, related"] = dressed(related, sender, "Complaint")
        found[f"{how}, CRLF"] = found[f"{how}, utf-8"].replace(b"\n", b"\r\n")
        answer = f"{PLAIN}\n\nOn Thu, 12 Nov 2026 at 09:14, Panel <panel@exshire.example> wrote:\n> On 1 May 2026 you rang.\n"
        found[f"{how}, an answer"] = dressed(text(answer), sender, "Re: Complaint", In_Reply_To="<7@panel.example>")
        found[f"{how}, two texts"] = dressed(mixed(text(PLAIN), text("Scanned for viruses")), sender, "Complaint")
        found[f"{how}, Apple Mail"] = emlx(found[f"{how}, utf-8"])
    return {name: (raw, WROTE) for name, raw in found.items()}


def shapes() -> dict:
    """{name: (bytes, what is found)} of some sixty emails."""
    found = written()
    client = {"who": "represented", "name": "Desmond Pryce", "agent": "Rachel Okafor", "agent_phone": "01632 960 114",
              "agent_email": "rachel@okaforlane.example", "agent_organisation": "Okafor Lane Solicitors",
              "happened_on_1": "2026-11-02", "happened_on_2": "2026-11-06"}  # fmt: skip
    found["solicitor"] = (solicitor(), client)
    found["Outlook file"] = (outlook(), WROTE | {"address": "3 Mill Lane\nLarkford\nEX2 7QT"})
    found["Outlook file in old letters"] = (outlook(PLAIN.replace("’", "'"), kind="001E"), WROTE)
    found["Outlook file, page only"] = (outlook("", html=page(PLAIN)), WROTE)
    found["Outlook file with files"] = (outlook(files=[("a.pdf", PDF), ("photo.jpg", JPG)]), WROTE)
    found["Outlook file of a solicitor"] = (
        outlook(SOLICITOR, sender="Rachel Okafor", address="rachel@okaforlane.example"), client,
    )  # fmt: skip
    welsh = {"name": "Siân Prŷs", "email": "sian@example.org", "happened_on_1": "2026-10-14"}
    sian = str(Header("Siân Prŷs", "utf-8")) + " <sian@example.org>"
    found["Welsh"] = (dressed(text(WELSH), sian, Header("Cwyn am y Comisiynydd", "utf-8")), welsh)
    found["Welsh, page"] = (dressed(text(page(WELSH), kind="html"), sian, "Cwyn"), welsh)
    sent_on = {"name": "Peter Yarrow", "email": "peter.yarrow@example.org"}
    heads = {
        "Outlook": "-----Original Message-----\nFrom: Peter Yarrow <peter.yarrow@example.org>\nSent: 12 November 2026 09:14\n"
                   "To: Rao, Sunita\nSubject: Complaint",
        "Gmail": "---------- Forwarded message ---------\nFrom: Peter Yarrow <peter.yarrow@example.org>\n"
                 "Date: Thu, 12 Nov 2026 at 09:14\nSubject: Complaint\nTo: <sunita.rao@exshire.example>",
        "iPhone": "Begin forwarded message:\n\nFrom: Peter Yarrow <peter.yarrow@example.org>\nDate: 12 November 2026 at 09:14:01 GMT\n"
                  "To: sunita.rao@exshire.example\nSubject: Complaint",
        "Outlook on the web": "________________________________\nFrom: Peter Yarrow <peter.yarrow@example.org>\n"
                              "Sent: 12 November 2026 09:14\nTo: Rao, Sunita\nSubject: Complaint",
    }  # fmt: skip
    for name, head in heads.items():
        found[f"forwarded, {name}"] = (forwarded(head), sent_on | {"made_on": "2026-11-12"})
    for action in ("failed", "delayed"):
        found[f"bounce, {action}"] = (bounce(action=action), {})
    found["bounce, headers only"] = (bounce(headers_only=True), {})
    found["letter within an email"] = (
        dressed(text("See attached."), SENDERS["plain"], "Complaint"), WROTE,
    )  # fmt: skip
    own = text(PLAIN.replace("Dear Sir", "10 November 2026\n\nDear Sir"))
    found["dated letter"] = (dressed(own, SENDERS["plain"], "Complaint"), WROTE | {"happened_on_1": "2026-10-14"})
    found["no day"] = (
        dressed(text(PLAIN), SENDERS["plain"], "Complaint", sent="", received=""),
        {"name": "Peter Yarrow"},
    )
    return found


def mutated(seed: int) -> bytes:
    """One of them, damaged: bytes changed, cut, doubled, swapped, or lines of another put in."""
    dice = random.Random(seed)  # noqa: S311 - damage that can be made again
    raw = bytearray(dice.choice(MADE))
    for _ in range(dice.randint(1, 12)):
        at, to = sorted((dice.randrange(len(raw) + 1), min(len(raw), dice.randrange(len(raw) + 1))))
        how = dice.randrange(7)
        if how == 0:
            raw[at:at] = bytes(dice.randrange(256) for _ in range(dice.randint(1, 8)))
        elif how == 1:
            del raw[at : at + dice.randint(1, 200)]
        elif how == 2:
            raw[at:at] = raw[at : min(to, at + 2000)]
        elif how == 3:
            raw[at:at] = dice.choice(EVIL)
        elif how == 4 and raw:
            raw[at % len(raw)] = dice.randrange(256)
        elif how == 5:
            other = dice.choice(MADE)
            raw[at:at] = other[dice.randrange(len(other)) :][:300]
        elif dice.random() < 0.2:
            del raw[at:]
        raw = raw or bytearray(b"x")
    return bytes(raw)


EVIL = (
    b"To: (c):\n", b"From: =?utf-8?q?a=0d=0aBcc:_x?= <x@y.z>\n", b"Content-Type: multipart/mixed; boundary=\"b\"\n\n--b\n" * 5,
    b"Content-Type: text/plain; charset=\"\xff\x00nope\"\n", b"Content-Transfer-Encoding: base64\n\n====",
    b"Content-Disposition: attachment; filename=\"../../etc/\xe2\x80\xaefdp.exe\"\n", b"Date: Fri, 99 Zzz 99999 99:99:99 +9999\n",
    b"Received: by x; Fri, 31 Dec 9999 23:59:59 +0000\n", b"Subject: =?utf-16?b?//////8=?= =?x?y?z?=\n", b"\n\n", b"\0" * 40,
    b"Content-Type: message/rfc822\n\n" * 4, b"=?" * 200, b"<" * 300, b"<!--" * 50, b"\xf0\x9f" * 20, b"(" * 500, b"\"" * 99,
)  # fmt: skip
MADE = [raw for raw, _ in shapes().values()]
