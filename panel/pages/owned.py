"""Open duties by whose they are: asked for by role, as the panel has arranged today who acts."""

from django.db.models import Exists, F, OuterRef, Q

from panel.access import rules
from panel.models import Case, Duty, Panel
from panel.procedure.register import procedures_of


def kinds_owned(roles, panel) -> Q:
    """Duties whose kind belongs to one of these roles in that panel today, of every register."""
    test = Q(pk__in=[])
    for procedure in procedures_of(panel).values():
        keys = [k.key for k in (*procedure.duties, *procedure.retired_duties) if k.owner in roles]
        test |= Q(case__procedure=procedure.key, kind__in=keys)
    return test


def open_duties(who, roles, panel=None):
    """Open duties of visible cases that belong to these roles, earliest first, those without a day last. `panel` is that of
    the person, where it has been read already."""
    panel = panel or Panel.objects.get(pk=who.panel_id)
    # Asked of each duty's case: open duties are few, where the cases that a person sees are all that ever were.
    seen = Exists(Case.objects.filter(rules.visible(who), pk=OuterRef("case")))
    rows = Duty.objects.filter(seen, kinds_owned(roles, panel), closed_by=None, case__panel=who.panel_id)
    return rows.order_by(F("due").asc(nulls_last=True), "case", "kind", "recipient", "pk")
