"""Filters for papers (templates/papers/)."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from panel.law import no_break

register = template.Library()


@register.filter
def kept_together(words):
    """The words with spaces that do not break inside "9 November" or "Cllr Holt"."""
    return no_break.kept_together(str(words))


@register.filter
def in_words(pieces):
    """The pieces of a paragraph, [words, whether bold], one after the other."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<strong>{}</strong>", kept_together(words)) if strong else kept_together(words),)
            for words, strong in pieces
        ),
    )


@register.filter
def lines_of(lines):
    """Lines of one paragraph."""
    return format_html_join(mark_safe("<br>"), "{}", ((kept_together(line),) for line in lines))  # noqa: S308


@register.filter
def as_style(styles):
    """Our own style sheet, as it stands in the repository: no word of it comes from anybody else."""
    return mark_safe(styles)  # noqa: S308
