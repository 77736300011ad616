"""What a file is, and whether it may be kept: by its bytes and an allow-list, never by its name. No Django.

    inspect(b"%PDF-1.7 ...") is KINDS["pdf"]
    inspect(b"MZ ...")       # raises Active("is a program")

One module for each family of files. What none of them knows is refused.
"""

from panel.documents.inspection import mail, media, office, ole, pdf, refused, text
from panel.documents.inspection.kinds import KINDS, PAGES, PROGRAMS, Active, Kind, Unacceptable

__all__ = ["KINDS", "PAGES", "PROGRAMS", "Active", "Kind", "Unacceptable", "answer", "inspect"]

LOOKS = (pdf.look, office.look, ole.look, media.look, text.look_rtf, mail.look, text.look_plain)


def inspect(data: bytes, depth: int = 0) -> Kind:
    """The kind of the file. Raises Unacceptable when it may not be kept, Active when it could do harm.

    `depth` counts how many files it lies in: what an email or a spreadsheet behind a chart holds is inspected too.
    """
    if not data:
        raise Unacceptable("is empty")
    refused.programs(data)
    for look in LOOKS:
        kind = look(data, lambda inner: inspect(inner, depth + 1), depth)
        if kind is not None:
            refused.two_in_one(data, kind)
            return kind
    raise Unacceptable(
        "is not a kind of file that can be attached. Attach a PDF, an Office document, text, an email, a picture, "
        "a sound or a video"
    )


def answer(data: bytes) -> dict[str, str]:
    """The same, as a process of its own says it (`panel.documents.apart`): the kind, or why it may not be kept."""
    try:
        return {"kind": inspect(data).extension}
    except Unacceptable as error:
        return {"refused": str(error)}
