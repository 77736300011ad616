"""What several commands are asked for: a panel, a day."""

from datetime import date

from django.core.management.base import CommandError

from panel.models import Panel


def panel_of(slug: str | None) -> Panel | None:
    """The panel of that address; None for None. Raises CommandError (2)."""
    if slug is None:
        return None
    found: Panel | None = Panel.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Panel.objects.order_by("slug").values_list("slug", flat=True))
        known = known or "none yet. Make one: manage.py panel create"
        raise CommandError(f"There is no panel {slug!r}. Panels: {known}", returncode=2)
    return found


def day_of(text: str, option: str) -> date:
    """The day that stands behind an option. Raises CommandError (2)."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{option}: write the day as 2026-03-31, not {text!r}", returncode=2) from None
