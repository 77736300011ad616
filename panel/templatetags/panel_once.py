"""The token of a form, on every template without being loaded, as the token against forgery is."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from panel.record import once as sent_once

register = template.Library()


@register.simple_tag(takes_context=True)
def once(context: Any) -> SafeString:
    """The hidden token by which a form does its work once. A form that is shown again, with its errors or its answers, is
    the same form."""
    request = context.get("request")
    if request is None:
        return SafeString("")
    mine = getattr(request, "form_for", None) or request.user.pk or 0
    press = getattr(request, "press", None)
    again = press is not None and press.user_pk == mine and not press.claimed
    key = press.key if again else getattr(request, "form_key", "") or sent_once.new_key()
    words = sent_once.token(mine, key)
    return format_html('<input type="hidden" name="{}" value="{}" autocomplete="off">', sent_once.NAME, words)
