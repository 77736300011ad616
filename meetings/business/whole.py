"""What of the Panel's business goes with the whole register as a file, beside the meetings themselves."""

from typing import Any

from meetings.business import members, told
from meetings.business_models import WorkItem
from panel.law import clock

PROGRAMME = (
    "Area of scrutiny", "In which table", "Meeting", "How often", "Last report", "Notes and follow-up", "Who writes the paper",
    "Paper asked for by", "Paper came", "Dealt with", "Taken off", "By law by",
)  # fmt: skip


def whole_of(panel: Any, who: Any) -> list[tuple[str, str, Any, Any]]:
    """(name, words, head, rows) of the work programme, what the Commissioner was told, and attendance year by year."""
    programme = [
        (
            r.title, r.get_kind_display(), r.meeting_on, r.how_often, r.last_report, r.follow_up, r.owed_by, r.owed_on,
            r.came_on, r.done_on, "Yes" if r.off else "", r.due_on,
        )
        for r in WorkItem.objects.filter(panel=panel)
    ]  # fmt: skip
    first = panel.members.order_by("from_date").values_list("from_date", flat=True).first()
    years, day = [], clock.today()
    while first is not None and len(years) < members.MOST_YEARS:
        year = clock.municipal_year(day)
        years.append(year)
        begins = clock.year_bounds(year)[0]
        if begins <= first:
            break
        day = begins - members.ONE_DAY
    attended = [(year, *row) for year in years for row in members.exported(panel, who, year)]
    return [
        ("work-programme", "Work programme", PROGRAMME, programme),
        ("told-the-commissioner", "What the Panel told the Commissioner", told.EXPORTED, told.exported(panel, who)),
        ("attendance", "Members and their attendance, by year", ("Year", *members.EXPORTED), attended),
    ]
