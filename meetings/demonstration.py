"""What the demonstration shows of the Panel's other business: West Mercia's work programme of September 2022, as its paper
has it."""

from datetime import date

from meetings.business_models import WorkItem
from panel.models import Panel
from panel.record.act import sealed_act

SLUG = "west-mercia"
JUNE, SEPTEMBER, NOVEMBER = date(2022, 6, 15), date(2022, 9, 7), date(2022, 11, 23)
PLAN = "Police and crime plan: activity and performance"
BY_MEETING = (
    (SEPTEMBER, "Draft estates strategy: consultation", None, "Consultation closed on 11 August 2022"),
    (SEPTEMBER, PLAN, JUNE, ""), (SEPTEMBER, "Complaints: annual report", None, "For 2021-22"),
    (SEPTEMBER, "Work programme", JUNE, ""), (NOVEMBER, PLAN, SEPTEMBER, ""), (NOVEMBER, "Work programme", SEPTEMBER, ""),
)  # fmt: skip
EVERY_YEAR = (  # the published table leaves open to which rows its months belong: taken as budget and annual report
    ("statutory", "Proposed precept and medium-term financial plan, with budget briefing or task group",
     "February, July, December"),
    ("statutory", "Police and crime plan, or a variation of it", "When proposed"),
    ("statutory", "Annual report of the Commissioner", "June"),
    ("statutory", "Proposed appointment of a Chief Constable, Chief Executive, Chief Finance Officer or Deputy Commissioner",
     "When notified; report within three weeks"),
    ("regular", PLAN, "Every meeting"), ("regular", "Work programme", "Every meeting"),
    ("regular", "Complaints: annual report", "Once a year"),
)  # fmt: skip


def demonstrate() -> None:
    """Add the programme, unless there is one."""
    panel = Panel.objects.get(slug=SLUG)
    if WorkItem.objects.filter(panel=panel).exists():
        return
    with sealed_act(panel, by=None, name="set_up", why="The work programme in the papers of 7 September 2022"):
        for on, title, last, notes in BY_MEETING:
            WorkItem.objects.create(panel=panel, title=title, meeting_on=on, last_report=last, follow_up=notes)
        for kind, title, often in EVERY_YEAR:
            WorkItem.objects.create(panel=panel, kind=kind, title=title, how_often=often)
