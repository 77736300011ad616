"""Taking a step back: what it changed is put back, field by field, from the rows that its link names."""

from typing import Any

from django.apps import apps
from django.db.models import Q

from panel.casework.by_itself import case_now
from panel.casework.case_context import Attempt
from panel.law.roles import CasePart
from panel.models import Case, CaseRole, Duty, Link


def put_back(attempt: Attempt) -> None:
    """Put back, field by field, what the reversed entry changed; close what it opened, open what it closed.

    The link of the reversed entry names the history rows it wrote. A field that was changed again since stays.
    """
    case, undone = attempt.case, attempt.reversed_entry
    link = Link.objects.get(entry=undone)
    register = attempt.look.register
    live: dict[Any, dict[Any, Any]] = {
        register.case_model: {case.pk: case},
        register.part_model: {p.pk: p for p in attempt.look.parts},
    }
    for label, part in link.rows.items():
        model = apps.get_model(label)
        if not hasattr(model, "instance_type"):
            continue
        attname = model.instance_type._meta.pk.attname
        newest_first = model.objects.filter(history_id__in=part["digests"]).order_by("-history_id")
        for row in newest_first:  # back through several
            if row.history_type == "+":
                continue
            pk = getattr(row, attname)
            # Not row.prev_record, which goes by the moment: acts and rows of one moment follow each other too.
            earlier = model.objects.filter(**{attname: pk}, history_id__lt=row.history_id)
            before = earlier.order_by("-history_id").first()
            obj = live.get(model.instance_type, {}).get(pk) or model.instance_type._base_manager.get(pk=pk)
            changed = False
            for f in row.tracked_fields:
                if f.attname in KEPT or f.primary_key or (model.instance_type is Duty and f.attname in CLOSING):
                    continue
                then, now = getattr(before, f.attname), getattr(row, f.attname)
                if then != now and getattr(obj, f.attname) == now:
                    setattr(obj, f.attname, then)
                    changed = True
            if changed and obj is not case and obj not in attempt.parts:
                obj.save()
    given = CaseRole.objects.filter(case=case, to_entry=None)
    mine = Q(from_entry=undone)
    if (
        attempt.parts and given.filter(mine, kind=CasePart.SUB_PANEL).exists()
    ):  # the body falls, later replacements with it
        mine |= Q(kind=CasePart.SUB_PANEL, from_entry__number__gt=undone.number)
    for role in given.filter(mine):
        role.to_entry = attempt.entry
        role.save()
    for duty in case.duties.filter(opened_by=undone, closed_by=None):
        duty.end(attempt.entry, Duty.Closed.REVERSED)
    others = set()
    for duty in Duty.objects.filter(closed_by=undone):  # of other cases too: a step may serve all of one meeting
        duty.closed_by, duty.closed_how, duty.late_reason = None, "", ""
        duty.save()
        others.add(duty.case_id)
    for other in Case.objects.filter(pk__in=others - {case.pk}):
        keep_next_due(other)


def keep_next_due(case: Case) -> None:
    """Keep the earliest day of a case's open duties, after a step on another case that opened or closed some of them."""
    own = case_now(case.pk)
    own.next_due = own.first_due()
    own.save()


CLOSING = {"closed_by_id", "closed_how", "late_reason"}  # of a duty: put back for all that the step closed


# Kept by perform itself, never put back field by field.
KEPT = {"status", "version", "next_due", "id", "case_ptr_id", "part_ptr_id", "panel_id", "reference"}
