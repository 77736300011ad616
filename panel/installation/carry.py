"""A panel's settings, people and arrangements as one file, to be carried between installations: no accounts and no cases.

write(panel)                     # a dict for a JSON file
read(given, slug)                # the panel made of it, in one act, or a Refused with every mistake
"""

from copy import copy
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from panel.casework import arrangements
from panel.installation.forms import free_address
from panel.law import clock
from panel.law.roles import Consulted, Role
from panel.models import (
    Arrangement,
    Chairmanship,
    Council,
    Member,
    OfficeHolder,
    Panel,
    PanelSettings,
    PoolMember,
    Substitute,
)
from panel.models.settings_fields import settings_of
from panel.record.act import sealed_act

VERSION = 1
PANEL = ("code", "name", "host_authority", "police_area")
DAYS = ("from_date", "to_date")
# {part of the file: (model, columns, whether a row names a member)}
PARTS: dict[str, tuple[Any, tuple[str, ...], bool]] = {
    "members": (Member, ("name", "kind", *DAYS), False),
    "chairmen": (Chairmanship, ("office", *DAYS), True),
    "substitutes": (Substitute, ("name", *DAYS), True),
    "office_holders": (OfficeHolder, ("name", "short_name", "office", *DAYS), False),
    "pool": (PoolMember, ("substitute", *DAYS), True),
}
NAMES = {"members": "members", "chairmen": "chairmanships", "pool": "pool"}
ARRANGED = ("matter", "from_date", "who", "after", "agreed_where")
LATER = (
    "panel",
    "member",
    "council",
    "proposed_by",
    "proposed_on",
    "agreed_by",
    "agreed_on",
    "dropped_on",
)  # not of the file


class Refused(Exception):
    """The file cannot be taken: a line for each mistake. Nothing was changed."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


def write(panel: Panel) -> dict[str, Any]:
    """The panel as a file holds it."""
    found: dict[str, Any] = {"version": VERSION, "panel": {name: getattr(panel, name) for name in PANEL}}
    found["settings"] = [settings_row(row) for row in panel.settings.all()]
    found["councils"] = list(panel.councils.values_list("name", flat=True))
    for part, (_, columns, named) in PARTS.items():
        rows = getattr(panel, NAMES.get(part, part)).all()
        found[part] = [plain_row(row, columns, named) for row in rows]
    agreed = panel.arrangements.filter(dropped_on=None).exclude(agreed_on=None)
    found["arrangements"] = [
        {name: str(value) if isinstance(value := getattr(a, name), date) else value for name in ARRANGED}
        for a in agreed
    ]
    return found


def settings_row(row: PanelSettings) -> dict[str, Any]:
    """A row of settings without what is as a new panel has it."""
    fresh = PanelSettings()
    names = [name for name in settings_of(PanelSettings) if getattr(row, name) != getattr(fresh, name)]
    return {"from_date": str(row.from_date), **{name: getattr(row, name) for name in names}}


def plain_row(row: Any, columns: tuple[str, ...], named: bool) -> dict[str, Any]:
    """One row; a member by name, a council by name."""
    found = {"member": row.member.name} if named else {}
    if isinstance(row, Member) and row.council:
        found["council"] = row.council.name
    for name in columns:
        value = getattr(row, name)
        if value not in (None, "", False):
            found[name] = str(value) if isinstance(value, date) else value
    return found


def read(given: Any, slug: str) -> Panel:
    """The panel at that address, made of what a file holds. Raises Refused with nothing changed."""
    if not isinstance(given, dict) or "version" not in given:
        raise Refused(["This is no file of a panel: it has no version"])
    if given["version"] != VERSION:
        raise Refused(
            [f"This file is of version {given['version']}; this release reads version {VERSION}. Upgrade first"]
        )
    if lines := wrong_shapes(given):
        raise Refused(lines)
    panel = Panel(slug=slug, **{name: str(given.get("panel", {}).get(name, "")) for name in PANEL})
    lines = [*faults(panel, "panel", without=("slug",)), *wrong_address(slug), *unknown_parts(given), *twice(given)]
    lines += [*wrong_arrangements(given), *wrong_people(given)]
    rows = [PanelSettings(panel=panel, **settings) for settings in known_settings(given, lines)]
    for row in rows:
        lines += faults(row, f"settings from {row.from_date}", without=("panel",))
    if lines:
        raise Refused(lines)
    with transaction.atomic():  # two acts, and both or none
        make(panel, given, rows)
    return panel


def make(panel: Panel, given: dict[str, Any], rows: list[PanelSettings]) -> None:
    """Write the panel with all that the file says of it."""
    with sealed_act(None, by=None, name="add_panel", why=f"{panel.name}, from a file"):
        panel.save()
    with sealed_act(panel, by=None, name="set_up", why="From a file"):
        agreed = [
            Arrangement(panel=panel, proposed_on=clock.today(), agreed_on=clock.today(), **dated(row))
            for row in given.get("arrangements", ())
        ]
        for row in arranged_rows(rows or [PanelSettings(from_date=clock.today())], agreed):
            row.panel = panel
            row.save()
        people(panel, given)
        for change in agreed:
            change.save()


def arranged_rows(rows: list[PanelSettings], agreed: list[Arrangement]) -> list[PanelSettings]:
    """The rows of settings with who acts from each day on; one more for each day on which only that changes."""
    by_day = {row.from_date: row for row in rows}
    for change in sorted(agreed, key=lambda one: one.from_date):
        day, setting = change.from_date, arrangements.matters()[change.matter][1].setting
        if day not in by_day:
            before = [row for key, row in sorted(by_day.items()) if key < day] or [by_day[min(by_day)]]
            by_day[day] = copy(before[-1])
            by_day[day].from_date = day
        for key, row in by_day.items():
            if key >= day:
                row.who_acts = {**row.who_acts, change.matter: change.stored}
                if setting:
                    setattr(row, setting, change.who != Role.MONITORING_OFFICER)
    return [row for _, row in sorted(by_day.items())]


def dated(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its days as dates."""
    return {name: date.fromisoformat(value) if name in DAYS and value else value for name, value in row.items()}


def faults(row: models.Model, what: str, without: tuple[str, ...] = ()) -> list[str]:
    """What is wrong with a row, a line each."""
    try:
        row.full_clean(exclude=without)
    except ValidationError as error:
        return [f"{what}: {name.strip('_')}: {words}" for name, found in error.message_dict.items() for words in found]
    return []


def is_day(value: Any) -> bool:
    """Whether it is a day as files have it: 2026-12-01."""
    try:
        return bool(date.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def wrong_shapes(given: dict[str, Any]) -> list[str]:
    """Parts that are no list of rows, and rows that hold something else than words, numbers and days."""
    lines = (
        []
        if isinstance(given.get("panel", {}), dict)
        else ["panel: its letters and names belong here, each by its name"]
    )
    for part in ("settings", "councils", "arrangements", *PARTS):
        rows, of = given.get(part, []), str if part == "councils" else dict
        if not isinstance(rows, list) or not all(isinstance(row, of) for row in rows):
            lines.append(f"{part}: a list of {'names' if of is str else 'rows'} belongs here")
            continue
        for row in rows if of is dict else ():
            lines += wrong_cells(part, row)
    return lines


def wrong_cells(part: str, row: dict[str, Any]) -> list[str]:
    """What cannot be read in one row, a line each."""
    lines = [
        f"{part}: {name}: {row[name]} is no day. A day is such as 2026-12-01"
        for name in DAYS
        if row.get(name) is not None and not is_day(row[name])
    ]
    if part == "settings":  # what is a setting is asked by itself
        return lines
    columns = ARRANGED if part == "arrangements" else (*PARTS[part][1], *(("member",) if PARTS[part][2] else ()))
    known = (*columns, "council") if part == "members" else columns
    lines += [f"{part}: {name}: this release does not know that column" for name in row if name not in known]
    after = row.get("after", [])
    if not isinstance(after, list) or not all(isinstance(kind, str) for kind in after):
        lines.append(f"{part}: after: a list belongs here. Choose from {', '.join(Consulted)}")
    scalars = (str, bool, int, type(None))
    return lines + [
        f"{part}: {name}: one value belongs here, and no list"
        for name, value in row.items()
        if name != "after" and not isinstance(value, scalars)
    ]


def wrong_address(slug: str) -> list[str]:
    """Why no panel can stand at that address."""
    try:
        free_address(slug)
    except ValidationError as error:
        return [f"address: {words}" for words in error.messages]
    return [] if slug == slug.lower() else ["address: The address may hold small letters, digits and hyphens only"]


def wrong_people(given: dict[str, Any]) -> list[str]:
    """What is wrong with councils, members and what hangs on them, a line each."""
    lines = [
        line for name in given.get("councils", ()) for line in faults(Council(name=name), f"councils: {name}", LATER)
    ]
    for part, (model, columns, _) in PARTS.items():
        for row in given.get(part, ()):
            made = model(**dated({name: row[name] for name in columns if name in row}))
            lines += faults(made, f"{part}: {row.get('name') or row.get('member') or 'a row'}", LATER)
    return lines


def unknown_parts(given: dict[str, Any]) -> list[str]:
    """Parts that this release does not know."""
    known = {"version", "panel", "settings", "councils", "arrangements", *PARTS}
    return [f"{part}: this release does not know that part" for part in given if part not in known]


def known_settings(given: dict[str, Any], lines: list[str]) -> list[dict[str, Any]]:
    """The rows of settings, with their days; what is no setting is a line."""
    names, found = settings_of(PanelSettings), []
    for row in given.get("settings", ()):
        lines += [f"settings: {name} is no setting" for name in row if name not in names and name != "from_date"]
        if "from_date" not in row:
            lines.append("settings: a row has no from_date")
        else:
            found.append(dated({name: value for name, value in row.items() if name in (*names, "from_date")}))
    return found


def twice(given: dict[str, Any]) -> list[str]:
    """Members that stand there twice, and rows that name a member who does not stand there."""
    names = [row.get("name", "") for row in given.get("members", ())]
    days = [f"the row from {row.get('from_date')}" for row in given.get("settings", ())]
    lines = [
        f"{part}: {name} stands there twice"
        for part, found in (("members", names), ("councils", given.get("councils", [])), ("settings", days))
        for name in dict.fromkeys(found)
        if found.count(name) > 1
    ]
    for part, (_, _, named) in PARTS.items():
        for row in given.get(part, ()) if named else ():
            if row.get("member") not in names:
                lines.append(f"{part}: {row.get('member')} is no member in this file")
    councils = given.get("councils", ())
    lines += [
        f"members: {row['council']} is no council in this file"
        for row in given.get("members", ())
        if row.get("council") and row["council"] not in councils
    ]
    return lines


def wrong_arrangements(given: dict[str, Any]) -> list[str]:
    """Who acts, where the law forbids it, or two act in one matter from the same day."""
    lines, seen, known = [], set(), arrangements.matters()
    for row in given.get("arrangements", ()):
        key = row.get("matter", "")
        if key not in known:
            lines.append(f"arrangements: {key} is no matter. Matters: {', '.join(known)}")
            continue
        matter = known[key][1]
        if row.get("who") not in {role.value for role in matter.allowed}:
            why = next((why for role, why in matter.barred if role.value == row.get("who")), matter.law)
            lines.append(f"arrangements: {key}: {row.get('who')} cannot be chosen: {why} ({matter.provision})")
        elif set(row.get("after", ())) - {kind.value for kind in matter.asked(Role(row["who"]))}:
            lines.append(f"arrangements: {key}: after: choose from {', '.join(k.value for k in Consulted)}")
        lines += faults(Arrangement(**dated(row)), f"arrangements: {key}", (*LATER, "who"))
        if (key, row.get("from_date")) in seen:
            lines.append(f"arrangements: {key}: two act from {row.get('from_date')}. A step has one actor")
        seen.add((key, row.get("from_date")))
    return lines


def people(panel: Panel, given: dict[str, Any]) -> None:
    """Councils, members and what hangs on them."""
    councils = {name: Council.objects.create(panel=panel, name=name) for name in given.get("councils", ())}
    members: dict[str, Member] = {}
    for part, (model, columns, named) in PARTS.items():
        for row in given.get(part, ()):
            made = dated({name: row[name] for name in columns if name in row})
            if named:
                made["member"] = members[row["member"]]
            if model is Member:
                made["council"] = councils.get(row.get("council", ""))
            saved = model.objects.create(panel=panel, **made)
            if model is Member:
                members[saved.name] = saved
