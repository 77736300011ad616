"""The page by which an old register comes in: a file, what its columns are, what was read, all of it or none."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from complaints.old_register.enter import NotEntered, enter
from complaints.old_register.files import MOST_BYTES, NotReadable, read_file
from complaints.old_register.forms import chosen, column_rows, columns_of, differs, word_rows, words_of
from complaints.old_register.meanings import ended_words
from complaints.old_register.rows import Reading, read_rows
from complaints.old_register_models import OldRegister
from panel.law import clock
from panel.law.period import day_words, plural
from panel.pages.base import in_panel
from panel.pages.tables import capital, table
from panel.record import leftovers

MANAGE = Path(__file__).resolve().parents[2] / "manage.py"
MOST_AT_ONCE = 200  # rows that are entered while somebody waits; more by a process of its own
BEGUN = "old_register"  # in the session: how many are being entered by a process of its own
STOPPED_AFTER = timedelta(minutes=30)
MOST_SHOWN, MOST_WRONG = 10, 100
COLUMNS = ("Row", "Reference", "Received", "Ended", "Title", "How it ended")


def waiting_of(panel, user) -> OldRegister | None:
    """The file that this person has sent and not entered yet."""
    return OldRegister.objects.filter(panel=panel, user=user).first()


def reading_of(panel, row: OldRegister) -> Reading:
    """What its rows say, as columns and words are chosen."""
    return read_rows(panel, row.tables, columns_of(row), words_of(row))


def enter_waiting(row: OldRegister) -> int:
    """Enter the rows of a file that was sent, and let the file go; how many. Raises NotEntered."""
    reading = reading_of(row.panel, row)
    if reading.wrong:
        raise NotEntered([f"{one.where}: {words}" for one in reading.wrong for words in one.errors.values()])
    with transaction.atomic():
        entries = enter(row.panel, reading.ready, by=row.user)
        row.delete()
        transaction.on_commit(leftovers.forget)
    return len(entries)


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("register.bring_in")
def old_register(request, panel, who):
    """Send a file; then read what was understood, put it right, enter it."""
    row = waiting_of(panel, request.user)
    here = redirect("panel:old-register", panel.slug)
    if request.method == "POST" and "give_up" in request.POST and row is not None and not at_work(row):
        row.delete()
        leftovers.forget()
        request.session.pop(BEGUN, None)
        messages.success(request, "The file is gone. Nothing was entered.")
        return here
    if row is None and (number := request.session.pop(BEGUN, 0)):
        messages.success(request, f"{plural(number, 'complaint')} entered from the old register.")
        return redirect(f"{list_url(panel)}?show=all&sort=-received")
    if row is None:
        return first(request, panel)
    if request.method == "POST" and not at_work(row):
        reading = reading_of(panel, row)
        now = chosen(row, request.POST, reading)
        changed = differs(row, now)
        if changed or "enter" not in request.POST:
            row.chosen, row.trouble, row.begun_at = now, "", None
            row.save()
            if changed and "enter" in request.POST:
                messages.info(
                    request, "You changed what a column or a word means. Look at what is read now, then enter it."
                )
            return here
        return entered(request, panel, row, reading)
    return shown(request, panel, row)


def first(request, panel):
    """The box for the file."""
    error = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None:
            error = "Choose a CSV or Excel file"
        else:
            try:
                tables, left_out = read_file(file.read(MOST_BYTES + 1))
            except NotReadable as why:
                error = str(why)
            else:
                values = {"name": file.name[:150], "tables": tables, "left_out": left_out, "chosen": {}, "trouble": ""}
                OldRegister.objects.update_or_create(panel=panel, user=request.user, defaults=values)
                return redirect("panel:old-register", panel.slug)
    one_url = reverse("panel:new-case", args=[panel.slug, "complaints", "enter_from_register"])
    context = {"error": error, "one_url": one_url, "back_url": list_url(panel)}
    return render(request, "complaints/old_register.html", context, status=422 if error else 200)


def entered(request, panel, row, reading):
    """Enter it at once, or, where it is long, by a process of its own."""
    if reading.wrong or not reading.ready:
        return shown(request, panel, row, status=422)
    if len(reading.ready) > MOST_AT_ONCE:
        row.begun_at, row.trouble = clock.now(), ""
        row.save()
        request.session[BEGUN] = len(reading.ready)
        transaction.on_commit(lambda: begin(row))
        return redirect("panel:old-register", panel.slug)
    try:
        number = enter_waiting(row)
    except NotEntered as why:
        row.trouble = str(why)
        row.save()
        return shown(request, panel, row, status=422)
    messages.success(request, f"{plural(number, 'complaint')} entered from the old register.")
    return redirect(f"{list_url(panel)}?show=all&sort=-received")


def begin(row: OldRegister) -> None:
    """Let a process of its own enter it, which goes on when the request has ended."""
    subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, str(MANAGE), "import_complaints", "--waiting", str(row.pk), "--panel", row.panel.slug],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def at_work(row: OldRegister) -> bool:
    """Whether a process enters it just now."""
    return row.begun_at is not None and not row.trouble and clock.now() - row.begun_at < STOPPED_AFTER


def list_url(panel) -> str:
    """The list of complaints."""
    return reverse("panel:cases", args=[panel.slug, "complaints"])


def shown(request, panel, row, status=200):
    """What was read: what is wrong first, what would be entered, what is left out; columns and words to change."""
    reading = reading_of(panel, row)
    wrong = [
        {"row": one.where, "words": list(one.errors.values())} for one in reading.wrong[:MOST_WRONG]
    ]  # fmt: skip
    context = {
        "row": row, "ready": len(reading.ready), "wrong": wrong, "number_wrong": len(reading.wrong),
        "of": len(reading.rows), "there": len(reading.there), "unknown": reading.unknown,
        "still_open": [one.where for one in reading.still_open], "columns": column_rows(row), "words": word_rows(row, reading),
        "preview": table("What would be entered", COLUMNS, [preview(one) for one in reading.ready[:MOST_SHOWN]]),
        "more": max(0, len(reading.ready) - MOST_SHOWN), "at_work": at_work(row), "trouble": row.trouble.splitlines(),
        "stopped": bool(row.begun_at and not row.trouble and not at_work(row)), "back_url": list_url(panel),
        "apart": len(reading.ready) > MOST_AT_ONCE, "has_errors": bool(reading.wrong or row.trouble),
    }  # fmt: skip
    return render(request, "complaints/old_register_read.html", context, status=status)


def preview(one) -> list:
    """A row as it would be entered."""
    said = one.answers
    return [
        capital(one.where), said["old_reference"] or "None", day_words(said["received_on"]), day_words(said["on"]),
        {"words": said["title"], "note": said.get("name", "")}, ended_words(said),
    ]  # fmt: skip
