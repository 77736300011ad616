"""Draws what was sent: a picture of the first pages, pages for a bundle, the words on each page. No Django: it runs in the
process apart (`panel.documents.apart`), for PDF files and pictures from outside are read here.

    apart("panel.documents.drawing:preview", content, most_answered=MOST_DRAWN)     # PNG
    apart("panel.documents.drawing:pages", content, most_answered=...)              # PDF on A4, or {"why": "is locked ..."}
    apart("panel.documents.drawing:words", content, ...)                            # [["Dear Sir"], ...], a text a page
"""

from io import BytesIO
from typing import Any

A4 = (595.28, 841.89)
SIDE, FOOT = 14.0, 40.0  # points left free around a page, and below it for the bundle's own line
PREVIEW_PAGES, PREVIEW_WIDTH = 3, 760
MOST_PIXELS_A_SIDE = 2400  # of a picture on a page: some 290 dots to the inch
MOST_PAGES_OF_WORDS, MOST_WORDS = 500, 1_500_000  # characters


def is_pdf(data: bytes) -> bool:
    """Whether it is a PDF file; anything else is taken for a picture."""
    return b"%PDF-" in data[:1024]


def opened(data: bytes) -> Any:
    """The PDF file, by PDFium, its forms ready to be drawn. Raises pypdfium2.PdfiumError."""
    import pypdfium2

    found = pypdfium2.PdfDocument(data)
    found.init_forms()
    return found


def upright(data: bytes) -> Any:
    """The picture, turned as the camera says, on white."""
    from PIL import Image, ImageOps

    with Image.open(BytesIO(data)) as raw:
        found = ImageOps.exif_transpose(raw)
        if found.mode in ("RGBA", "LA", "PA") or "transparency" in found.info:
            found = found.convert("RGBA")
            paper = Image.new("RGB", found.size, "white")
            paper.paste(found, mask=found.getchannel("A"))
            return paper
        return found.convert("RGB")


def png(picture: Any) -> bytes:
    """The picture as a PNG file, with nothing but its pixels."""
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def preview(data: bytes) -> Any:
    """The first pages of a PDF file one below the other, or the picture, small, as PNG; {"why": ...} where it cannot be
    shown."""
    from PIL import Image

    if not is_pdf(data):
        picture = upright(data)
        picture.thumbnail((PREVIEW_WIDTH, PREVIEW_WIDTH * 2))
        return png(picture)
    file = told(data)
    if isinstance(file, dict):
        return file
    drawn = []
    for number in range(min(PREVIEW_PAGES, len(file))):
        page = file[number]
        drawn.append(page.render(scale=min(4, PREVIEW_WIDTH / max(page.get_width(), 1)), may_draw_forms=True).to_pil())
    sheet = Image.new("RGB", (max(p.width for p in drawn), sum(p.height + 8 for p in drawn) - 8), "#b1b4b6")
    down = 0
    for picture in drawn:
        sheet.paste(picture.convert("RGB"), (0, down))
        down += picture.height + 8
    return png(sheet)


def told(data: bytes) -> Any:
    """The opened PDF file, or {"why": ...} in words that end a sentence."""
    import pypdfium2

    try:
        file = opened(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        return {"why": "is locked with a password" if locked else "is damaged, or no PDF that can be read"}
    return file if len(file) else {"why": "has no pages"}


def pages(data: bytes) -> Any:
    """The document on A4 pages, with room below for the bundle's own line; {"why": ...} where it cannot be printed. What is
    filled in or noted on the pages is drawn; nothing that runs, links or is embedded comes along."""
    from pypdfium2 import raw

    if is_pdf(data):
        file = told(data)
        if isinstance(file, dict):
            return file
        for number in range(len(file)):
            page = file[number]  # kept by name, or it is closed before it is drawn on
            raw.FPDFPage_Flatten(page.raw, raw.FLAT_PRINT)
        out = BytesIO()
        file.save(out)
        return on_a4(out.getvalue())
    picture = upright(data)
    picture.thumbnail((MOST_PIXELS_A_SIDE, MOST_PIXELS_A_SIDE))
    out = BytesIO()
    wide, high = A4 if picture.width <= picture.height else A4[::-1]
    most = max(picture.width / (wide - 2 * SIDE - 60), picture.height / (high - SIDE - FOOT - 60))
    picture.save(out, "PDF", resolution=72 * max(most, 96 / 72), quality=85)
    return on_a4(out.getvalue())


def on_a4(data: bytes) -> bytes:
    """Each page in the middle of an A4 page of its own way up, smaller where it would not fit, never larger."""
    from pypdf import PdfReader, PdfWriter, Transformation

    source, writer = PdfWriter(clone_from=PdfReader(BytesIO(data))), PdfWriter()
    for page in source.pages:
        page.transfer_rotation_to_content()
        box = page.cropbox
        wide, high = float(box.width), float(box.height)
        width, height = A4 if wide <= high else A4[::-1]
        scale = min((width - 2 * SIDE) / max(wide, 1), (height - SIDE - FOOT) / max(high, 1), 1.0)
        right, up = (width - wide * scale) / 2, FOOT + (height - SIDE - FOOT - high * scale) / 2
        sheet = writer.add_blank_page(width=width, height=height)
        move = Transformation().translate(-float(box.left), -float(box.bottom)).scale(scale).translate(right, up)
        for key in ("/Annots", "/AA", "/B"):
            page.pop(key, None)
        sheet.merge_transformed_page(page, move)
    writer.compress_identical_objects()
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def count(data: bytes) -> int:
    """How many pages a PDF file has; 0 where it cannot be read."""
    file = told(data)
    return 0 if isinstance(file, dict) else len(file)


def words(data: bytes) -> list[str] | None:
    """The words on each page of a PDF file, "" on one that is a picture; None where not all can be read."""
    file = told(data)
    if isinstance(file, dict) or len(file) > MOST_PAGES_OF_WORDS:
        return None
    found = []
    for number in range(len(file)):
        page = file[number]
        found.append(page.get_textpage().get_text_range())
    return found if sum(map(len, found)) <= MOST_WORDS else None
