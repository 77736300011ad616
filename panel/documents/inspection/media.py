"""Pictures, sounds and videos, known by their first bytes and by enough of their structure to be nothing else."""

from panel.documents.inspection.kinds import KINDS, Active, Kind, Unacceptable
from panel.documents.inspection.refused import TWO

HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}
HEIC_FAMILY = {b"mif1", b"msf1"}
AVIF = {b"avif", b"avis"}
QUICKTIME = {b"qt  "}
OLD_QUICKTIME = {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}  # how a film began before there were brands
PHONE = (b"3gp", b"3g2", b"3ge", b"3gr", b"3gs", b"3gg", b"3gh", b"3gt")
ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
ASF_COMMANDS = bytes.fromhex("301afb1e620bd011a39b00a0c90348f6")  # may open pages and programs
SOUND = {b"M4A ", b"M4B "}
VIDEO = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash", b"mmp4"}
BITRATES = {
    (1, 1): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (1, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (1, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 1): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 3): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}  # kbit/s by (MPEG version 1 or 2, layer); layer 2 of version 2 is as layer 3
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}  # Hz by version bits


def look(data: bytes, inner, depth) -> Kind | None:
    """The kind of picture, sound or video, if it is one. Raises Unacceptable when only its beginning is."""
    if data.startswith(b"\xff\xd8\xff"):
        return sure("jpg", len(data) > 100 and b"\xff\xda" in data and b"\xff\xd9" in data)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return sure("png", data[8:16] == b"\0\0\0\rIHDR" and any(data[16:24]) and b"IEND" in data)
    if data.startswith((b"GIF87a", b"GIF89a")):
        return sure("gif", gif(data))
    if data.startswith((b"II*\0", b"MM\0*")):
        return sure("tiff", tiff(data))
    if data[4:8] == b"ftyp" or data[4:8] in OLD_QUICKTIME:
        return boxes(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return sure("webp", data[12:16] in (b"VP8 ", b"VP8L", b"VP8X") and len(data) > 30)
    if data.startswith(b"OggS"):
        return ogg(data)
    if data.startswith((b"#!AMR\n", b"#!AMR-WB\n")):
        return sure("amr", len(data) > 12)
    if data.startswith(ASF):
        return asf(data)
    if aac(data):
        return KINDS["aac"]
    if data.startswith(b"RIFF") and data[8:12] == b"WAVE":
        return sure("wav", b"fmt " in data[:4096] and b"data" in data[:1_000_000])
    if mp3(data):
        return KINDS["mp3"]
    return None


def sure(extension: str, rest: bool) -> Kind:
    """That kind, if the rest of the file agrees. Raises Unacceptable."""
    if not rest:
        raise Unacceptable(TWO)
    return KINDS[extension]


def gif(data: bytes) -> bool:
    """Whether a block follows where the header says."""
    if len(data) < 14 or not (any(data[6:8]) and any(data[8:10])):
        return False
    colours = 3 << ((data[10] & 7) + 1) if data[10] & 0x80 else 0
    return data[13 + colours : 14 + colours] in (b"\x21", b"\x2c")


def tiff(data: bytes) -> bool:
    """Whether the first directory lies in the file and has entries of known types."""
    order = "little" if data[:2] == b"II" else "big"
    at = int.from_bytes(data[4:8], order)
    count = int.from_bytes(data[at : at + 2], order)
    if at < 8 or not 0 < count < 1000 or at + 2 + count * 12 > len(data):
        return False
    return all(1 <= int.from_bytes(data[at + 4 + 12 * n : at + 6 + 12 * n], order) <= 13 for n in range(count))


def boxes(data: bytes) -> Kind:
    """HEIC, M4A or MP4 by its brand and its boxes, each of which must end where the next begins."""
    at, found = 0, {}
    while at + 8 <= len(data):
        size, name, head = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = len(data) - at
        if size < head or at + size > len(data):
            raise Unacceptable(TWO)
        found.setdefault(name, data[at + head : at + size])
        at += size
    if b"ftyp" not in found:
        return sure("mov", b"moov" in found)
    brand = data[8:12]
    brands = {found[b"ftyp"][n : n + 4] for n in range(8, len(found[b"ftyp"]), 4)}
    if brand in HEIC or (brand in HEIC_FAMILY and brands & HEIC):
        return sure("heic", b"meta" in found)
    if brand in AVIF or (brand in HEIC_FAMILY and brands & AVIF):
        return sure("avif", b"meta" in found)
    if brand in QUICKTIME:
        return sure("mov", b"moov" in found)
    if brand.startswith(PHONE):
        return sure("3gp", b"moov" in found)
    if brand not in SOUND | VIDEO:
        raise Unacceptable("is a sound, picture or video of a kind that is not kept. Save it as MP4, MP3 or JPEG")
    moov = found.get(b"moov", b"")
    return sure("m4a" if brand in SOUND or b"vide" not in moov else "mp4", bool(moov))


def ogg(data: bytes) -> Kind:
    """Opus, or another sound or film in Ogg, by its first page and what that page begins."""
    packet = data[27 + data[26] :][:8] if len(data) > 27 else b""
    known = (b"\x01vorbis", b"Speex   ", b"\x80theora", b"\x7fFLAC", b"fishead\0")
    return sure(
        "opus" if packet == b"OpusHead" else "ogg", data[4:5] == b"\0" and packet.startswith((*known, b"OpusHead"))
    )


def asf(data: bytes) -> Kind:
    """A film or sound of Windows Media without commands in it."""
    size = int.from_bytes(data[16:24], "little")
    if ASF_COMMANDS in data[: min(size, len(data))]:
        raise Active("has commands in it that can open pages. Save it as MP4")
    return sure("wmv", 30 <= size <= len(data))


def aac(data: bytes) -> bool:
    """Whether two sound frames of AAC follow one another."""
    if data.startswith(b"ADIF"):
        return len(data) > 100
    size = adts(data, 0)
    return bool(size) and (bool(adts(data, size)) or size == len(data))


def adts(data: bytes, at: int) -> int:
    """The length in bytes of the AAC frame that begins there, 0 if none does."""
    head = data[at : at + 7]
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0 or head[2] >> 2 & 15 > 12:
        return 0
    size = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return size if size > 7 else 0


def mp3(data: bytes) -> bool:
    """Whether two sound frames follow one another, after the tags if there are some."""
    at = 0
    if data.startswith(b"ID3") and len(data) > 10:
        at = 10 + (data[6] << 21 | data[7] << 14 | data[8] << 7 | data[9])
        at = len(data) - len(data[at:].lstrip(b"\0"))  # padding
    size = frame(data, at)
    ends = at > 0 and at + size == len(data)  # one frame after tags is enough
    return bool(size) and (ends or bool(frame(data, at + size)))


def frame(data: bytes, at: int) -> int:
    """The length in bytes of the MPEG sound frame that begins there, 0 if none does."""
    head = data[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 3, 4 - (head[1] >> 1 & 3)
    bits, rate = head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer == 4 or bits in (0, 15) or rate == 3:
        return 0
    first = version == 3
    speed = BITRATES[1 if first else 2, layer if first or layer == 1 else 3][bits - 1] * 1000
    hertz, padding = RATES[version][rate], head[2] >> 1 & 1
    if layer == 1:
        return (12 * speed // hertz + padding) * 4
    return (144 if first or layer == 2 else 72) * speed // hertz + padding
