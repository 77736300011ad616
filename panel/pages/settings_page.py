"""A panel's dated settings, as their page shows them."""

from panel.law import clock
from panel.law.spoken import say
from panel.models import PanelSettings
from panel.models.settings_fields import period_words, settings_of
from panel.pages.settings_groups import groups, names, setting, short_label
from panel.pages.tables import table


def setting_value(row, name) -> str:
    """A setting in words."""
    value = getattr(row, name)
    if value is None or value == "":
        return say(setting(name).empty)
    if ways(name):
        return period_words(row, name)
    if setting(name).kind == "choice":
        return say(str(getattr(row, f"get_{name}_display")()))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value)


def ways(name) -> list[str]:
    """The columns that say in which unit a period is counted, and from where."""
    return [n for n, how in settings_of(PanelSettings).items() if how.beside == name]


def differs(before, row, name) -> bool:
    """Whether two rows say something different: a number, its unit, or where it is counted from."""
    counted = ways(name) if getattr(before, name) or getattr(row, name) else []
    return any(getattr(before, n) != getattr(row, n) for n in (name, *counted))


def settings_groups(row) -> list[dict]:
    """A row's settings under headings, for summary lists."""
    return [
        {
            "heading": say(group.heading),
            "rows": [
                {"label": short_label(n), "value": setting_value(row, n)} for n in of_group if not setting(n).beside
            ],
        }
        for group, of_group in groups()
    ]


def settings_rows(panel) -> tuple:
    """(the row in force today or None, those to come, those past), the last two with what they change from the row
    before them."""
    today = clock.today()
    rows = list(panel.settings.all())
    started = [r for r in rows if r.from_date <= today]
    current = started[-1] if started else None
    out = []
    for before, row in zip([None, *rows], rows, strict=False):
        changed = [
            [short_label(n), setting_value(before, n), setting_value(row, n)]
            for n in names()
            if before is not None and not setting(n).beside and differs(before, row, n)
        ]
        out.append({"row": row, "first": before is None, "changes": changed})
    to_come = [c for c in out if c["row"].from_date > today]
    past = [c for c in reversed(out) if c["row"].from_date <= today]
    return current, to_come, past


def changes_table(changed) -> dict:
    """What a row of settings changes, as a table of kind "changes"."""
    return table("What changes", ("Setting", "Before", "After"), changed["changes"])
