"""A PDF file made from a page of HTML: tagged for screen readers, in British English, the same page giving the same bytes.

    if pdf.can_be_made():
        pdf.as_pdf(render_to_string("hearings/report.html", {...}))

WeasyPrint lays it out, with Pango from the system. Where Pango is missing no PDF is offered: Word and the page are made
without it, and `manage.py check --deploy` names the Debian packages (docs/operating.md).
"""

from functools import cache

PDF = "application/pdf"
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation"
MISSING = f"PDF files cannot be made on this server: the packages {PACKAGES} are missing."


class NoPdf(Exception):
    """What lays out PDF files is not on this server. One sentence, with the packages that are missing."""


@cache
def can_be_made() -> bool:
    """Whether this server can make PDF files. Asked once a process: loading the library takes half a second."""
    try:
        import weasyprint  # noqa: F401 (slow, and an OSError without Pango: so not when the application starts)
    except (ImportError, OSError):
        return False
    return True


def as_pdf(html: str, *, tagged: bool = True) -> bytes:
    """The file. The page has to bring everything with it: nothing is fetched from the network or from a disk, pictures
    and fonts stand in it as data. It wants `lang`, a title, one `h1`, `caption`, `thead` and `scope`. Its `meta` become
    properties of the file. Without `tagged` it is made faster, as a part of a file whose pages are put together afterwards,
    which no tags survive.

    Raises NoPdf.
    """
    if not can_be_made():
        raise NoPdf(MISSING)
    from weasyprint import HTML, URLFetcher

    page = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols={"data"}))
    if not tagged:
        return page.write_pdf(presentational_hints=True)
    return page.write_pdf(
        pdf_variant="pdf/ua-1", pdf_tags=True, custom_metadata=True,
        presentational_hints=True,  # or the numbers of a list begin at 1, whatever its `start`
    )  # fmt: skip
