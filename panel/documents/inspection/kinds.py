"""The kinds of file that may be kept, and how a refusal is said."""

from dataclasses import dataclass


class Unacceptable(Exception):
    """The file may not be kept. The text ends a sentence that its name begins: "is empty"."""


class Active(Unacceptable):
    """It could do something by itself when it is opened. An email that carries such a file is refused as well."""


@dataclass(frozen=True)
class Kind:
    """A kind of file: its extension, its type for the browser, its words, other extensions that stay."""

    extension: str
    content_type: str
    words: str
    also: tuple[str, ...] = ()


ZIP = "application/zip"  # kept whatever is in it, never opened, and part of no bundle
OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    kind.extension: kind
    for kind in (
        Kind("pdf", "application/pdf", "PDF"),
        Kind("docx", f"{OFFICE}.wordprocessingml.document", "Word document"),
        Kind("xlsx", f"{OFFICE}.spreadsheetml.sheet", "Excel spreadsheet"),
        Kind("pptx", f"{OFFICE}.presentationml.presentation", "PowerPoint presentation"),
        Kind("odt", "application/vnd.oasis.opendocument.text", "OpenDocument text"),
        Kind("ods", "application/vnd.oasis.opendocument.spreadsheet", "OpenDocument spreadsheet"),
        Kind("doc", "application/msword", "Word document (97 to 2003)"),
        Kind("xls", "application/vnd.ms-excel", "Excel spreadsheet (97 to 2003)"),
        Kind("ppt", "application/vnd.ms-powerpoint", "PowerPoint presentation (97 to 2003)"),
        Kind("msg", "application/vnd.ms-outlook", "Outlook email"),
        Kind("eml", "message/rfc822", "Email"),
        Kind("emlx", "message/x-emlx", "Apple Mail email"),
        Kind("rtf", "application/rtf", "Rich text"),
        Kind("txt", "text/plain", "Text"),
        Kind("jpg", "image/jpeg", "JPEG picture", ("jpeg",)),
        Kind("png", "image/png", "PNG picture"),
        Kind("gif", "image/gif", "GIF picture"),
        Kind("tiff", "image/tiff", "TIFF picture", ("tif",)),
        Kind("heic", "image/heic", "HEIC picture", ("heif",)),
        Kind("webp", "image/webp", "WebP picture"),
        Kind("avif", "image/avif", "AVIF picture"),
        Kind("mp3", "audio/mpeg", "MP3 sound"),
        Kind("m4a", "audio/mp4", "M4A sound"),
        Kind("wav", "audio/wav", "WAV sound"),
        Kind("ogg", "audio/ogg", "Ogg sound", ("oga", "ogv")),
        Kind("opus", "audio/opus", "Opus sound"),
        Kind("amr", "audio/amr", "AMR sound", ("3ga",)),
        Kind("aac", "audio/aac", "AAC sound"),
        Kind("mp4", "video/mp4", "MP4 video", ("m4v",)),
        Kind("mov", "video/quicktime", "QuickTime video", ("qt",)),
        Kind("3gp", "video/3gpp", "3GP video", ("3g2",)),
        Kind("wmv", "video/x-ms-wmv", "Windows Media video or sound", ("wma", "asf")),
        Kind("zip", ZIP, "ZIP archive, kept as it came"),
    )
}

# Extensions of what a desktop runs, and of pages with code. A name may only take trust away, never give it.
PROGRAMS = frozenset(
    """
    action apk app application appref-ms appx bas bat cgi chm cmd com command cpl crx desktop dll dmg docm dotm elf exe
    gadget hlp hta inf ins iqy iso isp jar jnlp js jse lnk mht mhtml mjs msc msi msix msp mst one pif php pl potm ppam
    ppsm pptm ps1 ps1xml psc1 psd1 psm1 py pyc rb reg scf scr sct settingcontent-ms sh shb sldm slk swf sys url vb vbe
    vbs vhd vhdx vxd workflow wsc wsf wsh xbap xla xlam xll xlm xlsb xlsm xltm
    """.split()  # noqa: SIM905 - a list of ninety would fill a screen
)
PAGES = frozenset(("asp", "aspx", "htm", "html", "jsp", "shtml", "svg", "svgz", "xht", "xhtml", "xml", "xsl", "xslt"))
