"""Files as people send them, and as nobody should: built here, so that no test needs a binary in the repository."""

import base64
import io
import struct
import zipfile
import zlib

NS = "http://schemas.openxmlformats.org"
TYPES = f"{NS}/package/2006/content-types"
OFFICE = "application/vnd.openxmlformats-officedocument"
RELS = f"{NS}/officeDocument/2006/relationships"
MAIN = {
    "docx": ("word/document.xml", f"{OFFICE}.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{OFFICE}.spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{OFFICE}.presentationml.presentation.main+xml"),
}


def zipped(members, compression=zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of {name: content}."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as z:
        for name, content in members.items():
            z.writestr(zipfile.ZipInfo(name), content, compression)
    return out.getvalue()


def rels(*rows) -> str:
    """A .rels part of (type, target, mode)."""
    body = "".join(
        f'<Relationship Id="r{n}" Type="{RELS}/{kind}" Target="{target}"{f" TargetMode={chr(34)}{mode}{chr(34)}" if mode else ""}/>'
        for n, (kind, target, mode) in enumerate(rows)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{NS}/package/2006/relationships">{body}</Relationships>'


def ooxml(kind="docx", main_type=None, body="<x/>", types="", members=None) -> bytes:
    """A Word, Excel or PowerPoint file, with `members` of one's own."""
    part, content_type = MAIN[kind]
    members = {
        "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="{TYPES}"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/{part}" ContentType="{main_type or content_type}"/>{types}</Types>',
        "_rels/.rels": rels(("officeDocument", part, "")),
        part: f'<?xml version="1.0"?>{body}',
        **(members or {}),
    }
    return zipped(members)


def odf(kind="text", content="", manifest="", members=None) -> bytes:
    """An OpenDocument file."""
    out = io.BytesIO()
    space = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    )
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        z.writestr("content.xml", f"<office:document-content {space}>{content}</office:document-content>")
        z.writestr("META-INF/manifest.xml", f"<manifest:manifest {space}>{manifest}</manifest:manifest>")
        for name, body in (members or {}).items():
            z.writestr(name, body)
    return out.getvalue()


def compound(streams) -> bytes:
    """An OLE compound file of {"Storage/Stream": content}: every stream at least 4,096 bytes, so that none is "mini"."""
    free, end, fat_mark = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    tree = {}
    for path, content in streams.items():
        node = tree
        *folders, last = path.split("/")
        for f in folders:
            node = node.setdefault(f, {})
        node[last] = content.ljust(4096, b"\0")
    entries, sectors, chains = [], [], []

    def put(content):
        """Sectors of a stream; its first one."""
        first = len(sectors)
        parts = [content[n : n + 512].ljust(512, b"\0") for n in range(0, len(content), 512)]
        sectors.extend(parts)
        chains.extend([*range(first + 1, first + len(parts)), end])
        return first

    def entry(name, kind, content=None, child=free, right=free):
        raw = name.encode("utf-16-le")
        size = len(content) if content is not None else 0
        start = put(content) if content is not None else (end if kind == 5 else 0)
        return (
            raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, free, right, child)
            + bytes(36) + struct.pack("<IQ", start, size)
        )  # fmt: skip

    def walk(node):
        """Add a folder's children, each the right sibling of the one before; the first one's number."""
        first = free
        for name, content in sorted(node.items(), key=lambda i: (len(i[0]), i[0].upper()), reverse=True):
            if isinstance(content, dict):
                child = walk(content)
                entries.append(entry(name, 1, child=child, right=first))
            else:
                entries.append(entry(name, 2, content, right=first))
            first = len(entries)  # the root is 0
        return first

    child = walk(tree)
    directory = b"".join([entry("Root Entry", 5, child=child), *entries])
    directory_at = put(directory)
    fat_sectors = 1
    while (len(sectors) + fat_sectors) * 4 > fat_sectors * 512:
        fat_sectors += 1
    fat_at = len(sectors)
    fat = chains + [fat_mark] * fat_sectors
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(fat_sectors * 512, b"\xff")
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
        + struct.pack("<IIIIIIIII", 0, fat_sectors, directory_at, 0, 4096, end, 0, end, 0)
    )  # fmt: skip
    difat = [fat_at + n for n in range(fat_sectors)] + [free] * (109 - fat_sectors)
    return header + struct.pack("<109I", *difat) + b"".join(sectors) + table


def workbook(*records) -> bytes:
    """A BIFF stream of (kind, body)."""
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in [*records, (0x0A, b"")])


def pdf_of(*objects, version=b"1.7", end=b"%%EOF\n") -> bytes:
    """A PDF with these objects besides its pages."""
    extra = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, body) for n, body in enumerate(objects, 4))
    return (
        b"%PDF-" + version + b"\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>"
        b"endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n" + extra + b"trailer<</Root 1 0 R>>\n" + end
    )  # fmt: skip


def object_stream(content, about=b"/Filter/FlateDecode") -> bytes:
    """A PDF object that holds other objects, packed."""
    packed = zlib.compress(b"9 0 " + content)
    return b"<</Type/ObjStm/N 1/First 4%s/Length %d>>stream\n%s\nendstream" % (about, len(packed), packed)


def chunk(name, body) -> bytes:
    """A PNG chunk."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def box(name, body) -> bytes:
    """A box of an MP4 file."""
    return struct.pack(">I", len(body) + 8) + name + body


PNG = (
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
)  # fmt: skip
GIF = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"
JPG = (
    b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    + b"\xff\xdb\0C\0"
    + bytes(64)
    + b"\xff\xda\0\x08\x01\x01\0\0?\0\x7f\xff\xd9"
)
TIFF = b"II*\0\x08\0\0\0\x01\0\x00\x01\x03\0\x01\0\0\0\x01\0\0\0\0\0\0\0"
HEIC = box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta", bytes(40)) + box(b"mdat", bytes(40))
MP4 = (
    box(b"ftyp", b"isom\0\0\x02\0isomiso2mp41")
    + box(b"moov", box(b"hdlr", bytes(8) + b"vide" + bytes(12)))
    + box(b"mdat", bytes(9))
)
M4A = (
    box(b"ftyp", b"M4A \0\0\0\0M4A mp42")
    + box(b"moov", box(b"hdlr", bytes(8) + b"soun" + bytes(12)))
    + box(b"mdat", bytes(9))
)
WAV = (
    b"RIFF"
    + struct.pack("<I", 40)
    + b"WAVEfmt "
    + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
    + b"data\x04\0\0\0"
    + bytes(4)
)
MP3 = b"ID3\x04\0\0\0\0\0\x02\0\0" + (b"\xff\xfb\x90\0" + bytes(413)) * 2
RTF = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 Dear Sir\par}"
EML = (
    b"Received: from mail.example.org\r\nFrom: Gillian <g@example.org>\r\nTo: panel@example.org\r\nSubject: My complaint\r\n"
    b"Date: Mon, 26 Oct 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<html><b>Dear Sir</b></html>\r\n"
)  # fmt: skip


def eml(name, content) -> bytes:
    """An email with an attachment."""
    return (
        b"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b\r\n'
        b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
        b'Content-Disposition: attachment; filename="%s"\r\n\r\n%s\r\n--b--\r\n' % (name.encode(), base64.encodebytes(content))
    )  # fmt: skip


def msg(name="", content=b"") -> bytes:
    """An Outlook email, with an attachment if it has a name."""
    streams = {"__properties_version1.0": b"", "__substg1.0_0037001F": "Subject".encode("utf-16-le")}
    if name:
        at = "__attach_version1.0_#00000000"
        streams |= {f"{at}/__substg1.0_37010102": content, f"{at}/__substg1.0_3707001F": name.encode("utf-16-le")}
    return compound(streams)


DOC = compound({"WordDocument": b"\xec\xa5\xc1\0" + bytes(8), "1Table": b""})
XLS = compound({"Workbook": workbook((0x809, bytes(16)), (0x85, bytes(4) + b"\0\0\x02\0S1"))})
PPT = compound({"PowerPoint Document": b"\x0f\0\xe8\x03", "Current User": b""})
MOVIE = box(b"moov", box(b"hdlr", bytes(8) + b"vide" + bytes(12))) + box(b"mdat", bytes(9))
MOV = box(b"ftyp", b"qt  \0\0\2\0qt  ") + MOVIE
GP3 = box(b"ftyp", b"3gp4\0\0\2\x003gp4") + MOVIE
AVIF = box(b"ftyp", b"avif\0\0\0\0avifmif1") + box(b"meta", bytes(40)) + box(b"mdat", bytes(40))
WEBP = b"RIFF" + struct.pack("<I", 40) + b"WEBPVP8 " + bytes(32)
WMV = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c") + struct.pack("<Q", 54) + bytes(40)
OPUS, OGG = (b"OggS\0\2" + bytes(20) + b"\x01\x13" + start + bytes(20) for start in (b"OpusHead", b"\x01vorbis"))
AAC = (b"\xff\xf1\x50\x80\x02\x9f\xfc" + bytes(13)) * 3
EMLX = b'%d\n%s<?xml version="1.0"?><plist/>' % (len(EML), EML)
PLAIN_ZIP = zipped({"anything.exe": b"MZ", "letter.pdf": pdf_of()})
GOOD = {
    "pdf": pdf_of(),
    "docx": ooxml("docx", types='<Default Extension="png" ContentType="image/png"/>', members={"word/media/image1.png": PNG}),
    "xlsx": ooxml("xlsx"),
    "pptx": ooxml("pptx", members={"ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": ooxml("xlsx")}),
    "odt": odf("text", '<text:a xlink:href="https://example.org/">link</text:a><draw:image xlink:href="Pictures/1.png"/>'),
    "ods": odf("spreadsheet"),
    "doc": DOC, "xls": XLS, "ppt": PPT, "msg": msg("photo.jpg", JPG), "rtf": RTF, "eml": EML,
    "txt": "Dear Sir – a café, <http://example.org> & 2 < 3.\r\n".encode(),
    "jpg": JPG, "png": PNG, "gif": GIF, "tiff": TIFF, "heic": HEIC, "mp3": MP3, "m4a": M4A, "wav": WAV, "mp4": MP4,
    "mov": MOV, "3gp": GP3, "avif": AVIF, "webp": WEBP, "wmv": WMV, "opus": OPUS, "ogg": OGG, "aac": AAC, "emlx": EMLX,
    "amr": b"#!AMR\n" + bytes(40), "zip": PLAIN_ZIP,
}  # fmt: skip
