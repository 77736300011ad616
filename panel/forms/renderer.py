"""Draws the controls that pages have most of without a template each: a list's filters have hundreds of options."""

from collections.abc import Callable
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


def attributes(attrs: dict[str, Any]) -> SafeString:
    """As Django's attrs.html writes them: False is left out, True is a name alone."""
    said = [(name, value) for name, value in attrs.items() if value is not False]
    return mark_safe(  # noqa: S308 - made of parts that are escaped
        "".join(
            format_html(" {}", name) if value is True else format_html(' {}="{}"', name, str(value))
            for name, value in said
        )
    )


def draw_select(widget: dict[str, Any]) -> SafeString:
    """A list to choose from, its options in groups where they have them."""
    groups = []
    for name, options, _ in widget["optgroups"]:
        rows = format_html_join(
            "", '<option value="{}"{}>{}</option>\n', ((str(o["value"]), attributes(o["attrs"]), o["label"]) for o in options)
        )  # fmt: skip
        groups.append(format_html('<optgroup label="{}">{}</optgroup>', name, rows) if name else rows)
    inside = mark_safe("".join(groups))  # noqa: S308 - made of parts that are escaped
    return format_html('<select name="{}"{}>\n{}</select>', widget["name"], attributes(widget["attrs"]), inside)


def draw_input(widget: dict[str, Any]) -> SafeString:
    """A box of one line."""
    value = widget["value"]
    said = "" if value is None else format_html(' value="{}"', str(value))
    kind, name = widget["type"], widget["name"]
    return format_html('<input type="{}" name="{}"{}{}>', kind, name, said, attributes(widget["attrs"]))


def draw_textarea(widget: dict[str, Any]) -> SafeString:
    """A box of several lines. A browser drops the first line break."""
    name, value = widget["name"], widget["value"] or ""
    return format_html('<textarea name="{}"{}>\n{}</textarea>', name, attributes(widget["attrs"]), value)


DRAWN: dict[str, Callable[[dict[str, Any]], SafeString]] = {
    "django/forms/widgets/select.html": draw_select,
    "django/forms/widgets/textarea.html": draw_textarea,
    **dict.fromkeys(
        (f"django/forms/widgets/{kind}.html" for kind in ("text", "email", "hidden", "search", "number", "input")),
        draw_input,
    ),
}


class Renderer(TemplatesSetting):
    """Django's, which finds our own widget templates, with the commonest controls drawn here."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """The control as HTML."""
        draw = DRAWN.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)
