"""The whole register of a panel as one ZIP, as far as whoever asks may see it: each list, each case with its steps and documents,
the Panel's people, interests and settings, what registers add, and the sealed record."""

import json
import tempfile
import zipfile
from typing import Any

from django.http import FileResponse, QueryDict
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.files.spreadsheets import csv_lines
from panel.law import clock
from panel.law.period import day_words
from panel.models import RegisteredInterest
from panel.models.settings_fields import settings_of
from panel.pages.base import in_panel
from panel.pages.downloads import pack
from panel.procedure.register import REGISTERS
from panel.record import access_log
from panel.record.export import exported

PEOPLE = {  # file: (relation of the panel, its columns)
    "members": ("members", ("name", "kind", "council", "from_date", "to_date")),
    "chairmen": ("chairmanships", ("member", "office", "from_date", "to_date")),
    "substitutes": ("substitutes", ("name", "member", "from_date", "to_date")),
    "pool": ("pool", ("member", "substitute", "from_date", "to_date")),
    "office-holders": ("office_holders", ("name", "short_name", "office", "from_date", "to_date")),
    "political-groups": ("political_groups", ("member", "name", "declared_where", "from_date", "to_date")),
    "councils": ("councils", ("name",)),
}
INTEREST = ("member", "kind", "what", "concerns", "declared_on", "declared_where", "from_date", "to_date")


def csv_of(rows: Any, columns: tuple[str, ...]) -> str:
    """Rows of a model as CSV."""
    model = rows.model
    head = [str(model._meta.get_field(name).verbose_name).capitalize() for name in columns]
    return "".join(csv_lines(head, ([plain(row, name) for name in columns] for row in rows)))


def plain(row: Any, name: str) -> Any:
    """A column as a cell: a choice and another row in words."""
    shown = getattr(row, f"get_{name}_display", None)
    value = shown() if shown else getattr(row, name)
    return str(value) if hasattr(value, "pk") else value


def write_whole(file: Any, panel: Any, who: rules.Standing, user: Any) -> list[str]:
    """Write the ZIP; the names of the lists in it."""
    found: list[tuple[str, str]] = []

    def put(name: str, words: str, text: str) -> None:
        packed.writestr(name, text)
        found.append((name, words))

    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        numbers = []
        for register in REGISTERS.values():
            rows = register.list_page.listing(panel, who, user, QueryDict("show=all")).rows
            if register.list_page.exported_columns:
                cells = register.list_page.exported(rows, who)
                lines = "".join(csv_lines(register.list_page.exported_columns, cells))
                put(f"{register.slug}.csv", f"{register.words}: the list", lines)
            numbers.append((register.words, register.slug, pack_cases(packed, register, panel, who, user)))
        for name, (relation, columns) in PEOPLE.items():
            put(
                f"people/{name}.csv",
                name.replace("-", " ").capitalize(),
                csv_of(getattr(panel, relation).all(), columns),
            )
        interests = RegisteredInterest.objects.filter(rules.interests(who)).select_related("member")
        put("people/interests.csv", "Register of interests", csv_of(interests, INTEREST))
        put("settings.json", "Settings, each with the day from which it holds", settings_text(panel))
        for register in REGISTERS.values():
            for name, words, head, cells in register.whole(panel, who):
                put(f"{name}.csv", words, "".join(csv_lines(head, cells)))
        if rules.may(who, "journal.verify"):
            with packed.open("record.jsonl", "w") as target:
                for line in exported(panel):
                    target.write(f"{line}\n".encode())
            found.append(("record.jsonl", "The sealed record, which docs/verify_export.py checks"))
        context = {
            "panel": panel, "made": day_words(clock.today()), "by": user.name, "files": found, "numbers": numbers,
            "closing": panel.closing_words(clock.today()),
        }  # fmt: skip
        packed.writestr("index.html", render_to_string("reports/whole.html", context))
    return [name for name, _ in found]


def pack_cases(packed: Any, register: Any, panel: Any, who: rules.Standing, user: Any) -> list[str]:
    """Each case of the register that the person sees, in a folder of its own; their references."""
    rows = register.case_model.objects.filter(rules.visible(who), panel=panel).select_related(
        "panel", *register.related
    )
    found = []
    for case in rows.order_by("year", "serial"):
        pack(packed, CaseContext(case, user, who), f"{register.slug}/{case.reference}/")
        found.append(case.reference)
    return found


def settings_text(panel: Any) -> str:
    """Every row of the settings, as JSON."""
    names = settings_of(type(panel.settings.model()))
    rows = [
        {"from": str(row.from_date), **{name: getattr(row, name) for name in names}} for row in panel.settings.all()
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False, default=str)


@require_safe
@in_panel("register.export")
def whole(request: Any, panel: Any, who: rules.Standing) -> FileResponse:
    """The ZIP as the answer."""
    access_log.note(request, what="whole")
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_whole(file, panel, who, request.user)
    file.seek(0)
    name = f"{panel.slug}-register-{clock.today().isoformat()}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
