"""What is refused at first sight: programs, archives, and files that are two kinds at once."""

import io
import zipfile

from panel.documents.inspection.kinds import Active, Kind, Unacceptable

PROGRAM_STARTS = (
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",  # Java class, or a Mac program of several processors
    b"dex\n",
    b"\0asm",
    b"L\0\0\0\x01\x14\x02\0",  # a Windows shortcut
    b"ITSF",  # compiled help
    b"FWS",
    b"CWS",
    b"ZWS",
)
ARCHIVE_STARTS = (
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\0",
    b"MSCF",
    b"\x28\xb5\x2f\xfd",
    b"PK\x05\x06",
    b"PK\x07\x08",
)
ARCHIVE = "is an archive of a kind that is not kept. Attach the files in it one by one, or as a ZIP"
NOT_KEPT = (  # known, and of no kind that is kept: the reason says what it is
    (b"\x1aE\xdf\xa3", "is a Matroska or WebM video, which is not kept. Save it as MP4"),
    (b"FLV\x01", "is a Flash video, which is not kept. Save it as MP4"),
    (b"fLaC", "is a FLAC sound, which is not kept. Save it as MP3 or WAV"),
    (b"8BPS", "is a Photoshop picture, which is not kept. Save it as PNG"),
    (b"%!PS", "is PostScript, which is a program. Print it to a PDF"),
)
TWO = "is two kinds of file in one, or damaged. Save it again in the program that made it, or as a PDF"
APART = {"doc", "xls", "ppt", "msg"}  # may carry a zip near their end: ole.py looks at what they hold


def programs(data: bytes) -> None:
    """Raise on the first bytes of a program or an archive."""
    if data.startswith(PROGRAM_STARTS) or (data[:2] == b"MZ" and b"\0" in data[:128]):
        raise Active("is a program, which cannot be attached")
    if data.startswith(ARCHIVE_STARTS) or data[257:262] == b"ustar":
        raise Unacceptable(ARCHIVE)
    if data.startswith(b"RIFF") and data[8:12] == b"AVI ":
        raise Unacceptable("is an AVI video, which is not kept. Save it as MP4")
    for start, why in NOT_KEPT:
        if data.startswith(start):
            raise Unacceptable(why)


def two_in_one(data: bytes, kind: Kind) -> None:
    """Raise when another program would take the file for a PDF or a zip: it would open what we did not look at."""
    if kind.extension != "pdf" and b"%PDF-" in data[:1024]:
        raise Active(TWO)
    if data.startswith(b"PK\x03\x04") or kind.extension in APART:
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as found:
            members = found.infolist()
    except Exception:  # not a zip, which is what is wanted
        return
    if members:
        raise Active(TWO)
