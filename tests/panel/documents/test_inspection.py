"""What a file is by its bytes, and every hostile one we could think of: each refused, and for its own reason."""

import io
import random
import struct
import time
import zipfile
import zlib
from contextlib import suppress

import pytest

from panel.documents.inspection import inspect
from panel.documents.inspection.kinds import Active, Unacceptable
from tests.panel.documents import samples as s
from tests.panel.documents.samples import (
    GIF,
    GOOD,
    JPG,
    PNG,
    WMV,
    compound,
    eml,
    msg,
    object_stream,
    odf,
    ooxml,
    pdf_of,
    rels,
    zipped,
)

EXE = b"MZ\x90\0\x03\0\0\0" + bytes(200)
JAR = zipped({"META-INF/MANIFEST.MF": "Main-Class: X", "X.class": b"\xca\xfe\xba\xbe"})
WORD = "word/_rels/document.xml.rels"


@pytest.mark.parametrize("extension", GOOD)
def test_what_people_send_is_known_for_what_it_is(extension):
    assert inspect(GOOD[extension]).extension == extension


@pytest.mark.parametrize(
    "text",
    [b"caf\xe9 in Latin", "\ufeffcafé with a mark".encode(), "שלום, 🙂 and مرحبا".encode(), b"a < b and 3 <4\t\n"],
)
def test_text_in_any_script_is_text(text):
    assert inspect(text).extension == "txt"


def test_a_pdf_protected_against_changes_is_kept():
    assert inspect(pdf_of(end=b"trailer<</Encrypt 9 0 R>>\n%%EOF\n")).extension == "pdf"


def test_links_that_a_reader_must_click_and_templates_on_a_drive_of_their_own_stay():
    links = rels(
        ("hyperlink", "https://example.org/", "External"), ("attachedTemplate", "file:///H:\\Letter.dotx", "External")
    )
    assert inspect(ooxml(members={WORD: links})).extension == "docx"


def test_honest_mail_may_carry_pages_archives_and_unknown_files():
    for name, content in (
        ("ATT1.htm", b"<html><script>x</script></html>"),
        ("photos.zip", zipped({"a.jpg": bytes(9000)}, zipfile.ZIP_STORED)),
    ):
        assert inspect(eml(name, content)).extension == "eml"
        assert inspect(msg(name, content)).extension == "msg"


def lying_bomb():
    """A member that says it is 10 bytes and unpacks to a million."""
    whole = ooxml(members={"word/a.xml": b"x" * 1_000_000})
    return whole.replace(struct.pack("<I", 1_000_000), struct.pack("<I", 10))


def overlapping():
    """Two entries of the directory for one member: the bomb without layers."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("[Content_Types].xml", "<x/>" * 100)
        z.writestr("b", "b")
        z.getinfo("b").header_offset = 0
    return out.getvalue()


def encrypted_zip():
    """A docx whose members are marked as encrypted."""
    out = bytearray(ooxml())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(mark)
        while at >= 0:
            out[at + offset] |= 1
            at = out.find(mark, at + 1)
    return bytes(out)


def override(content_type, part="/word/x.bin"):
    return f'<Override PartName="{part}" ContentType="{content_type}"/>'


ARCHIVE, PROGRAM, MACROS = "is an archive", "is a program", "has macros"
BOMB, INSIDE, ELSEWHERE = "unpacks to far more", "has another file inside it", "loads something from elsewhere"
PASSWORD, TWO, SCRIPTS = "is protected by a password", "is two kinds of file in one", "has scripts in it"
MARKUP, CODE, HARM = "is a web page", "is a script or a shortcut", "carries an attachment that could do harm"
HOSTILE = {
    "nothing at all": (b"", "is empty"),
    "a Windows program": (EXE, PROGRAM),
    "a Linux program": (b"\x7fELF" + bytes(60), PROGRAM),
    "a Java class": (b"\xca\xfe\xba\xbe\0\0\0\x34", PROGRAM),
    "a Windows shortcut": (b"L\0\0\0\x01\x14\x02\0" + bytes(90), PROGRAM),
    "a Java archive": (JAR, PROGRAM),
    "bytes of no kind": (bytes(range(256)), "is not a kind of file"),
    "an empty zip": (zipped({}), ARCHIVE),
    "a zip without its list": (zipped({"a.txt": "x"})[:40], "is damaged"),
    "a Matroska video": (b"\x1aE\xdf\xa3" + bytes(90), "is a Matroska or WebM video, which is not kept. Save it as MP4"),
    "an AVI video": (b"RIFF" + bytes(4) + b"AVI LIST" + bytes(90), "is an AVI video"),
    "a Windows Media film that opens pages": (WMV[:30] + bytes.fromhex("301afb1e620bd011a39b00a0c90348f6") + bytes(8), "has commands in it"),
    "a rar": (b"Rar!\x1a\x07\x01\0" + bytes(90), ARCHIVE),
    "a gzip": (b"\x1f\x8b\x08\0" + bytes(90), ARCHIVE),
    "a 7z": (b"7z\xbc\xaf\x27\x1c" + bytes(90), ARCHIVE),
    "a tar": (bytes(257) + b"ustar\x0000" + bytes(300), ARCHIVE),
    "a shell script": (b"#!/bin/sh\nrm -rf /\n", CODE),
    "a batch file": (b"@echo off\r\ndel *\r\n", CODE),
    "a PHP script": (b"<?php system($_GET['c']); ?>", MARKUP),
    "PHP after a line of text": (b"hello\n<?php phpinfo(); ?>", MARKUP),
    "a link file": (b"[InternetShortcut]\r\nURL=file://evil/x.exe\r\n", CODE),
    "a registry file": (b"Windows Registry Editor Version 5.00\r\n", CODE),
    "a web page": (b"<!DOCTYPE html><html><body onload=alert(1)></body></html>", MARKUP),
    "a web page after a mark and blanks": (b"\xef\xbb\xbf \n\t<HTML ><script>alert(1)</script>", MARKUP),
    "a script tag in text": (b"Dear Sir,\n<script src=//evil/x.js></script>", MARKUP),
    "a drawing": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', MARKUP),
    "a drawing as XML": (b'<?xml version="1.0"?><svg:svg xmlns:svg="http://www.w3.org/2000/svg"/>', MARKUP),
    "a web page in UTF-16": ("<html><script>alert(1)</script>".encode("utf-16"), MARKUP),
    "text with a NUL": (b"hello\0world", "is not a kind of file"),
    "text with escapes for a terminal": (b"\x1b]0;x\x07 hello", "is not a kind of file"),
    "a zip bomb": (ooxml(members={"word/media/a.xml": bytes(30_000_000)}), BOMB),
    "a bomb of many members": (ooxml(members={f"word/{n}.xml": bytes(1_000_000) for n in range(40)}), BOMB),
    "a bomb that lies about its size": (lying_bomb(), BOMB),
    "members that overlap": (overlapping(), TWO),
    "an encrypted Word file": (encrypted_zip(), PASSWORD),
    "an encrypted Word file, as Office makes it": (compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), PASSWORD),
    "macros under a plain name": (ooxml(members={"word/vbaProject.bin": b"x"}), MACROS),
    "a macro document": (ooxml(main_type="application/vnd.ms-word.document.macroEnabled.main+xml"), MACROS),
    "macros under another name": (ooxml(types=override("application/vnd.ms-office.vbaProject")), MACROS),
    "a macro sheet": (ooxml("xlsx", types=override("application/vnd.ms-excel.macrosheet+xml")), MACROS),
    "an ActiveX control": (ooxml(members={WORD: rels(("control", "activeX1.xml", ""))}), MACROS),
    "a template on the web": (
        ooxml(members={"word/_rels/settings.xml.rels": rels(("attachedTemplate", "https://evil/x.dotm", "External"))}),
        ELSEWHERE,
    ),
    "an object on another server": (ooxml(members={WORD: rels(("frame", "\\\\evil\\share\\x", "External"))}), ELSEWHERE),
    "a picture on the web": (ooxml(members={WORD: rels(("image", "http://evil/p.png", "External"))}), ELSEWHERE),
    "an address that hides as a path": (ooxml(members={WORD: rels(("image", "MHTML:http://evil", "external "))}), ELSEWHERE),
    "an embedded object": (ooxml(members={WORD: rels(("oleObject", "embeddings/o.bin", ""))}), INSIDE),
    "an embedded program": (ooxml(members={"word/media/image1.png": EXE}), INSIDE),
    "a zip as a picture": (ooxml(members={"word/media/image1.png": zipped({"a": "x"})}), INSIDE),
    "a macro workbook behind a chart": (
        ooxml("pptx", members={"ppt/embeddings/b.xlsx": ooxml("xlsx", members={"xl/vbaProject.bin": b"x"})}), MACROS,
    ),
    "a page brought in": (ooxml(members={WORD: rels(("aFChunk", "a.html", ""))}), INSIDE),
    "a field that starts a program, in pieces": (
        ooxml(body="<d><w:instrText>DD</w:instrText><w:instrText>EAUTO c:\\\\cmd.exe</w:instrText></d>".replace("w:", "")),
        ELSEWHERE,
    ),
    "a spreadsheet that starts a program": (
        ooxml("xlsx", members={"xl/externalLinks/externalLink1.xml": '<ddeLink ddeService="cmd"/>'}), ELSEWHERE,
    ),
    "entities that grow": (
        ooxml(members={WORD: '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'}), TWO,
    ),
    "a member outside its folder": (ooxml(members={"../../etc/cron.d/x": "x"}), TWO),
    "a zip that only calls itself a document": (zipped({"[Content_Types].xml": "<Types/>", "x.exe": EXE}), "is not a"),
    "an Office file with something before it": (b"GIF89a" + ooxml(), TWO),
    "an Office file with something after it": (ooxml() + b"<html>", TWO),
    "macros in OpenDocument": (odf(members={"Basic/Standard/x.xml": "<x/>"}), MACROS),
    "an event in OpenDocument": (odf(content='<script:event-listener xlink:href="vnd.sun.star.script:x"/>'), MACROS),
    "a section of OpenDocument from elsewhere": (odf(content='<text:section-source xlink:href="http://evil/"/>'), ELSEWHERE),
    "an object in OpenDocument": (odf(content='<draw:object-ole xlink:href="./o"/>'), INSIDE),
    "an encrypted OpenDocument": (odf(manifest="<manifest:encryption-data/>"), PASSWORD),
    "an OpenDocument of another kind": (odf("graphics"), "is not a"),
    "macros in an old Word document": (compound({"WordDocument": b"", "Macros/VBA/dir": b"x"}), MACROS),
    "macros in an old workbook": (compound({"Workbook": b"", "_VBA_PROJECT_CUR/VBA/dir": b"x"}), MACROS),
    "an Excel 4 macro sheet": (compound({"Workbook": s.workbook((0x85, bytes(4) + b"\0\1\x02\0M1"))}), MACROS),
    "an encrypted old workbook": (compound({"Workbook": s.workbook((0x2F, bytes(6)))}), PASSWORD),
    "an encrypted old document": (compound({"WordDocument": b"\xec\xa5\xc1\0" + bytes(6) + b"\0\x01"}), PASSWORD),
    "macros in an old presentation": (
        compound({"PowerPoint Document": bytes.fromhex("1f00ff0314000000 020000040c000000 00000000 01000000")}), MACROS,
    ),
    "a package in an old document": (compound({"WordDocument": b"", "ObjectPool/_1/\x01Ole10Native": EXE}), INSIDE),
    "an installer": (compound({"!_StringData": b"x"}), "is not a"),
    "a compound file of rubbish": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2000, "is damaged"),
    "a PDF with a script": (pdf_of(b"<</S/JavaScript/JS(app.alert\\(1\\))>>"), SCRIPTS),
    "a PDF with a script under a veiled name": (pdf_of(b"<</S/J#61va#53cript/JS(x)>>"), SCRIPTS),
    "a PDF with a script in a packed object": (pdf_of(object_stream(b"<</S/JavaScript/JS(x)>>")), SCRIPTS),
    "a PDF with a script deep in a packed object": (
        pdf_of(object_stream(random.Random(1).randbytes(100_000) + b" <</S/JavaScript/JS(x)>>")), SCRIPTS,
    ),
    "a PDF that packs objects in an odd way": (
        pdf_of(object_stream(b"<</S/JavaScript>>", b"/Filter[/ASCIIHexDecode/FlateDecode]")), "hides what is in it",
    ),
    "a PDF that packs a bomb": (pdf_of(object_stream(bytes(270_000_000))), BOMB),
    "a PDF that starts a program": (pdf_of(b"<</S/Launch/F(cmd.exe)>>"), "starts another program"),
    "a PDF with a file inside": (pdf_of(b"<</Type/EmbeddedFile>>"), INSIDE),
    "a PDF with a film and a script": (pdf_of(b"<</Subtype/RichMedia>>"), INSIDE),
    "a PDF form with scripts": (pdf_of(b"<</XFA 9 0 R>>"), "is a form with scripts"),
    "a PDF that does not begin as one": (b"\n" + pdf_of(), TWO),
    "a PDF in a picture": (GIF[:-1] + b"!\xfe\x20" + b"%PDF-1.7 x" + GIF[-1:], TWO),
    "a PDF that is also a zip": (pdf_of() + JAR + b"\n%%EOF", TWO),
    "a PDF cut off": (pdf_of(end=b""), TWO),
    "a picture that is also a Java archive": (GIF + JAR, TWO),
    "a photograph with a zip behind it": (JPG + zipped({"a.exe": EXE}), TWO),
    "a picture only in its first bytes": (b"GIF89a/*<script>alert(1)</script>*/=1;", TWO),
    "a photograph only in its first bytes": (b"\xff\xd8\xff<script>alert(1)</script>", TWO),
    "a PNG only in its first bytes": (PNG[:8] + b"<script>alert(1)</script>", TWO),
    "a film whose boxes do not fit": (s.MP4[:40], TWO),
    "rich text with an object": (rb"{\rtf1{\object\objemb{\*\objdata 0105}}}", "has another file or a link"),
    "rich text with a template": (rb"{\rtf1{\*\template http://evil/x}}", "has another file or a link"),
    "rich text that starts a program": (rb'{\rtf1{\field{\*\fldinst DDEAUTO c:\\x "y"}}}', "has another file or a link"),
    "an email with a program": (eml("invoice.pdf", EXE), HARM),
    "an email with a script": (eml("invoice.js", b"alert(1)"), HARM),
    "an email with macros": (eml("a.docx", ooxml(members={"word/vbaProject.bin": b"x"})), HARM),
    "an Outlook email with a program": (msg("invoice.exe", b"x"), HARM),
    "an Outlook email with macros": (msg("a.docx", ooxml(members={"word/vbaProject.bin": b"x"})), HARM),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(what):
    content, reason = HOSTILE[what]
    with pytest.raises(Unacceptable) as refused:
        inspect(content)
    assert str(refused.value).startswith(reason)


def test_there_are_at_least_thirty():
    assert len(HOSTILE) >= 30


@pytest.mark.parametrize("extension", GOOD)
def test_no_file_cut_or_spoilt_anywhere_raises_anything_else(extension):
    content = GOOD[extension]
    step = max(1, len(content) // 40)
    for at in range(0, len(content), step):
        for spoilt in (content[:at], content[:at] + b"\xff\xff\xff\xff" + content[at + 4 :], content[at:]):
            with suppress(Unacceptable):
                inspect(spoilt)


SLOW = {
    "rich text of endless fields": rb"{\rtf1" + rb"\fldinst\a " * 400_000,
    "a Word file of fields that never close": ooxml(
        body="<d>" + "&lt;instrText" * 100_000 + "<a instrText='" + "x" * 9 + "'/></d>"
    ),
    "a Word file that is no XML": ooxml(body="<instrText" * 1_000_000),
    "a PDF of streams that never end": pdf_of(b"stream\n" * 1_000_000),
    "a PDF of packed objects that never end": pdf_of((b"stream\n" + zlib.compress(b"9 0 x" * 9)) * 40_000),
    "a PDF of packed pictures": pdf_of((b"stream\n" + zlib.compress(bytes(1_000_000))) * 10_000),
    "an OpenDocument of nothing but elements": odf(content="<a/>" * 1_000_000),
    "text of brackets": b"<" * 9_000_000,
    "an email of nothing but headers": b"From: a\nTo: b\nMIME-Version: 1.0\n" + b"X-A: b\n" * 200_000,
    "an email of nothing but beginnings": eml("a", b"x") + b"--b\r\n" * 100_000,
    "sound after endless padding": b"ID3\x04\0\0\0\0\0\x02" + bytes(9_000_000),
    "boxes without end": s.box(b"ftyp", b"isom\0\0\0\0") + s.box(b"free", b"") * 500_000,
}


@pytest.mark.parametrize("what", SLOW)
def test_no_file_takes_long_to_refuse(what):
    began = time.process_time()
    with suppress(Unacceptable):
        inspect(SLOW[what])
    assert time.process_time() - began < 10  # seconds; each takes well under two here


def test_bytes_that_look_packed_and_are_not_do_no_harm():
    broken = b"<</Type/ObjStm>>stream\n" + zlib.compress(b"9 0 " + b"x" * 9000)[:20] + b"\nendstream"
    assert inspect(pdf_of(broken)).extension == "pdf"


def test_what_could_do_harm_is_told_from_what_is_merely_unknown():
    assert issubclass(Active, Unacceptable)
    with pytest.raises(Active):
        inspect(EXE)
    with pytest.raises(Unacceptable) as refused:
        inspect(bytes(64))
    assert type(refused.value) is Unacceptable
