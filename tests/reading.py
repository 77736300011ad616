"""What tests and answers read of a case, and the days on which everything happens."""

from datetime import date

from panel.models import Duty
from panel.procedure.register import of_procedure

RECEIVED = date(2026, 10, 27)  # a Tuesday
ON = date(2026, 11, 2)  # the day on which everything happens to a complaint, unless a test says otherwise
LATER = date(2026, 11, 16)

NOTIFIED = date(2026, 11, 9)  # of a hearing: a Monday, so that the last day is Sunday 29 November
HEARD = date(2026, 11, 16)
SENT = date(2026, 11, 17)
ALL_FOUR = ["name", "criteria", "reasons", "terms"]  # what the Commissioner notifies the Panel of


def open_duties(case, *kinds):
    """The case's open duties, of these kinds or all."""
    found = Duty.objects.filter(case_id=case.pk, closed_by=None).order_by("pk")
    return list(found.filter(kind__in=kinds) if kinds else found)


def kinds(case) -> list[str]:
    """Kinds of the open duties, sorted."""
    return sorted(d.kind for d in open_duties(case))


def notices(case):
    """Open duties that are met by telling somebody."""
    procedure = of_procedure(case.procedure).follows(case.procedure)
    return [d for d in open_duties(case) if procedure.duty(d.kind).notice]


def seats(world, *numbers):
    """Members by their place in the world, as a form sends them. Number 3 is `world.sitting`."""
    return [str(world.members[n].pk) for n in numbers]


def names(world, first, last):
    """Members by their place in the world, as names."""
    return [m.name for m in world.members[first:last]]


def sitting(case):
    """Ids of the members who sit on the case's sub-panel, sorted."""
    return sorted(case.roles.filter(kind="sub_panel", to_entry=None).values_list("member_id", flat=True))
