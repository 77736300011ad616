"""Who may be handed papers of a case: a bundle, a document in it, and the complainant's name. Part of the rule book."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps

from panel.access.rows import MemberRow
from panel.access.rules import Standing, may, sees_complainant, sees_document, standing, visible
from panel.law import clock
from panel.law.roles import CasePart


def opens_bundle(who: Standing, audience_member: MemberRow | None) -> bool:
    """Whether a bundle of a visible case may be opened: by staff and auditor, and by the member whose copy it is."""
    own = audience_member is not None and who.user_id is not None and audience_member.user_id == who.user_id
    return own or may(who, "bundle.open")


def sits_by_name(case_roles: Iterable[Any], member: Any) -> bool:
    """Whether that member of the panel, with an account or without, sits on the case whose roles are given."""
    return any(r.kind == CasePart.SUB_PANEL and r.to_entry_id is None and r.member_id == member.pk for r in case_roles)


def reads_on_paper(case: Any, case_roles: Iterable[Any], member: Any, on: date | None = None) -> bool:
    """Whether a member of the panel may be handed papers of the case: with an account, whoever sees it on screen; without
    one, whoever sits on it or is a member while it is tabled, and has no interest in it."""
    roles, on = list(case_roles), on or clock.today()
    interest = any(r.kind == CasePart.INTERESTED and r.to_entry_id is None and r.member_id == member.pk for r in roles)
    if interest or not member.holds(on):
        return False
    if member.user_id is not None:
        who = standing(member.user, case.panel, on)
        return bool(apps.get_model("panel", "Case").objects.filter(visible(who), pk=case.pk).exists())
    return not case.restricted and (case.tabled_on is not None or sits_by_name(roles, member))


def paper_holds(case_roles: Iterable[Any], member: Any, classification: str) -> bool:
    """Whether a document may stand in the papers of a member who may be handed papers of the case."""
    roles = list(case_roles)
    if sits_by_name(roles, member):
        return True
    if member.user_id is None:
        return classification != "restricted"
    return sees_document(standing(member.user, member.panel), roles, classification)


def paper_names(case_roles: Iterable[Any], member: Any) -> bool:
    """Whether the papers of such a member may name the complainant."""
    roles = list(case_roles)
    if sits_by_name(roles, member):
        return True
    return member.user_id is not None and sees_complainant(standing(member.user, member.panel), roles)
