"""West Mercia Police and Crime Panel, from its published papers of 7 September 2022 and nothing else: no complaint, no
target, no address.

Every date is one on which the papers show somebody in the place. They do not say since when: each member and the
Commissioner are entered from the first day that the papers name them (the minutes of 15 June and 11 July 2022).
"""

from datetime import date

from panel.models import Chairmanship, Council, Member, OfficeHolder, Panel, PanelSettings, Substitute
from panel.record.act import sealed_act

SLUG = "west-mercia"
JUNE, JULY = date(2022, 6, 15), date(2022, 7, 11)  # the meetings whose minutes are in the papers
AGENDA = date(2022, 8, 30)  # the day it was issued: it asks the public to write by 9am on the working day before
PROCEDURE = date(2013, 12, 1)  # "approved at its meeting in December 2013"; the papers do not give the day

SUBSTANTIVE, CO_OPTED, INDEPENDENT = Member.Kind.SUBSTANTIVE, Member.Kind.CO_OPTED, Member.Kind.INDEPENDENT
MEMBERS = (
    ("Cllr Aled Luckman", SUBSTANTIVE, "Worcestershire County Council", JUNE),
    ("Cllr Barry Durkin", CO_OPTED, "Herefordshire Council", JUNE),
    ("Cllr Sebastian Bowen", SUBSTANTIVE, "Herefordshire Council", JUNE),
    ("Cllr Helen Jones", SUBSTANTIVE, "Bromsgrove District Council", JUNE),
    ("Cllr Tom Wells", SUBSTANTIVE, "Malvern Hills District Council", JULY),
    ("Cllr Nyear Nazir", SUBSTANTIVE, "Redditch Borough Council", JUNE),
    ("Cllr Nigel Lumby", SUBSTANTIVE, "Shropshire Council", JUNE),
    ("Cllr Jeff Anderson", CO_OPTED, "Shropshire Council", JUNE),
    ("Cllr Roger Evans", CO_OPTED, "Shropshire Council", JUNE),
    ("Cllr Vivienne Parry", CO_OPTED, "Shropshire Council", JUNE),
    ("Cllr Jim Lavery", SUBSTANTIVE, "Telford and Wrekin Council", JUNE),
    ("Cllr Paul Watling", CO_OPTED, "Telford and Wrekin Council", JUNE),
    ("Cllr Graham Ballinger", SUBSTANTIVE, "Wyre Forest District Council", JUNE),
    ("Cllr Rob Adams", SUBSTANTIVE, "Wychavon District Council", JUNE),
    ("Cllr James Stanley", SUBSTANTIVE, "Worcester City Council", JUNE),
    ("Mrs C Clive", INDEPENDENT, None, JUNE),
    ("Ms B McDowall", INDEPENDENT, None, JUNE),
)
OFFICES = (("Cllr Aled Luckman", "chairman"), ("Cllr Barry Durkin", "vice_chairman"))
# Each for one meeting: that of their minutes.
SUBSTITUTES = (
    ("Cllr Steve Reynolds", "Cllr Paul Watling", JUNE),
    ("Cllr Marc Bayliss", "Cllr Aled Luckman", JULY),
)
# The minutes write "Champion"; he signs "Campion". Marc Bayliss was proposed as Deputy on 7 September 2022; the papers
# do not say that he was appointed, so he is not there. They say of his predecessor only that she retired in July 2022.
OFFICE_HOLDERS = (
    ("John Campion", "Mr Campion", OfficeHolder.Office.COMMISSIONER, JUNE, None),
    ("Tracey Onslow", "Ms Onslow", OfficeHolder.Office.DEPUTY, JUNE, date(2022, 7, 31)),
)


def build() -> Panel:
    """The panel with its people."""
    with sealed_act(None, by=None, name="set_up"):
        panel = Panel.objects.create(
            slug=SLUG, code="WM", name="West Mercia Police and Crime Panel", police_area="West Mercia",
            host_authority="Worcestershire County Council",
        )  # fmt: skip
    with sealed_act(panel, by=None, name="set_up", why="The papers of the Panel’s meeting on 7 September 2022"):
        said = {
            "panel": panel, "procedure_approved": "December 2013", "procedure_apart": True, "second_factor": False,
            "contact_name": "Sheena Jones, Democratic, Governance and Scrutiny Manager, Worcestershire County Council, "
            "County Hall, Spetchley Road, Worcester WR5 2NP",
            "proper_officer": "Assistant Director for Legal and Governance",
        }  # fmt: skip
        PanelSettings.objects.create(from_date=PROCEDURE, **said)
        PanelSettings.objects.create(from_date=AGENDA, participation_hour=9, **said)
        councils = {c: Council.objects.create(panel=panel, name=c) for c in sorted({m[2] for m in MEMBERS if m[2]})}
        members = {
            name: Member.objects.create(
                panel=panel, name=name, kind=kind, council=councils.get(council), from_date=first
            )
            for name, kind, council, first in MEMBERS
        }
        for name, office in OFFICES:
            Chairmanship.objects.create(panel=panel, member=members[name], office=office, from_date=JUNE)
        for name, whom, day in SUBSTITUTES:
            Substitute.objects.create(panel=panel, member=members[whom], name=name, from_date=day, to_date=day)
        for name, short, office, first, last in OFFICE_HOLDERS:
            OfficeHolder.objects.create(
                panel=panel, name=name, short_name=short, office=office, from_date=first, to_date=last
            )
    return panel
