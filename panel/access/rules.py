"""The rule book: who may see and do what. Deny by default; it reads memberships and case roles, nothing else.

who = access.standing(user, panel)
Case.objects.filter(access.visible(who))        # the cases they see
access.may(who, "settings.change")              # an action of ACTIONS
access.roles_on(who, case_roles)                # the roles they hold on one case, none with an interest
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from panel.access.rows import CaseRoleRow, MembershipRow, PanelRow
from panel.law import clock
from panel.law.roles import CasePart, Role
from panel.law.spoken import say

O, MO, CH, VC, ME, AU, AD, CO = (  # noqa: E741 - one letter each keeps the table readable
    Role.OFFICER,
    Role.MONITORING_OFFICER,
    Role.CHAIRMAN,
    Role.VICE_CHAIRMAN,
    Role.MEMBER,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
    Role.COMMISSIONERS_OFFICE,
)
STAFF = (O, MO)
ALL_CASES = (O, MO, CH, VC, AU)
EVERYBODY = (O, MO, CH, VC, ME, AU, AD)

# action: (what it is in words, who may)
ACTIONS: dict[str, tuple[str, tuple[Role, ...]]] = {
    "home.view": ("Open the panel’s home page", (*EVERYBODY, CO)),
    "case.list": ("See the list of cases, their own only where the rules say so", (O, MO, CH, VC, ME, AU, CO)),
    "case.history": ("See a case’s history, field by field", (O, MO, AU)),
    "case.seen": ("See who has opened a case (UK GDPR, articles 5(2) and 32)", (O, MO, AU)),
    "case.log": ("Log a complaint", (*STAFF, CO)),
    "register.bring_in": ("Bring in complaints from an old register", STAFF),
    "group.join": ("Let complaints about one matter join a group, or leave it", STAFF),
    "message.view": ("See the emails that came in and are on no case yet", (O, MO, AU)),
    "message.take": ("Take in an email or a letter, put it on a case or remove it", STAFF),
    "letters.view": ("See the list of all letters that went out", ALL_CASES),
    "letter.write": ("Write letters and say that they went", STAFF),
    "complainant.view": ("See who complained", (O, MO, CH, VC, AU)),
    "document.exempt": ("Open exempt documents of the cases they see", (O, MO, CH, VC, ME, AU)),
    "document.restricted": ("Open restricted documents", ALL_CASES),
    "case.export": ("Download the list they see, as CSV or Excel", (O, MO, AU)),
    "register.export": ("Download the whole register as one file", (O, MO, AU)),
    "case.package": ("Download a whole case as one file", (O, MO, AU)),
    "bundle.make": ("Make a bundle of a case’s papers", STAFF),
    "bundle.open": ("Open bundles made for others", (O, MO, AU)),
    "public.make": ("Make the public version of an outcome", STAFF),
    "report.view": ("Read the annual reports that were issued", (O, MO, CH, VC, ME, AU)),
    "report.cases": ("Open the cases behind the figures of an annual report", ALL_CASES),
    "report.draft": ("See the annual report’s figures before it is issued", (O, MO, AU)),
    "report.write": ("Write the annual report’s text and issue it", STAFF),
    "people.view": ("See the panel’s members, office holders and councils", EVERYBODY),
    "people.change": ("Change members, office holders and councils", (O, MO, AD)),
    "users.view": ("See who can sign in, and in which role", (O, MO, AU, AD)),
    "users.change": ("Invite people, give and end roles, and close accounts", (AD,)),
    "users.sign_ins": ("See when people signed in", (MO, AU, AD)),
    "case.hand_over": ("Hand over the cases of somebody who left", STAFF),
    "case.remind": ("Send a reminder to whoever has to do something", STAFF),
    "retention.view": ("See which cases have been kept long enough (UK GDPR, article 5(1)(e))", (O, MO, AU)),
    "post.view": ("See what mail went out, and whether it arrived", (O, MO, AU, AD)),
    "post.change": ("Take back mail that waits, and say what became of it where that is not known", (O, MO, AD)),
    "settings.view": ("See the panel’s settings", (O, MO, AU, AD)),
    "settings.change": ("Change the panel’s settings", (MO, AD)),
    "settings.agree": ("Agree to a change of who acts", (MO,)),
    "journal.view": ("See the history across cases", (O, MO, AU)),
    "journal.settings": ("See the history of people and settings", (O, MO, AU, AD)),
    "journal.verify": ("Check that the record is as it was sealed", (MO, AU)),
    "journal.openings": ("Search who opened which case, document or report (UK GDPR, articles 5(2), 32)", (MO, AU)),
    "person.export": ("See and download all that is held on one person (UK GDPR, article 15)", (MO,)),
    "business.view": ("See the work programme, and what the Panel told the Commissioner", (O, MO, CH, VC, ME, AU)),
    "business.change": ("Change the work programme, and note what the Panel told the Commissioner", STAFF),
    "interests.view": (
        "See the register of members’ interests; a panel member only their own",
        (O, MO, CH, VC, ME, AU),
    ),
    "interests.change": ("Change the register of members’ interests", STAFF),
    "interests.erase": ("Erase what a member’s interest says, at the end of its time", (MO,)),
    "help.view": ("Read the help", (*EVERYBODY, CO)),
}

ADDS = {  # what nobody may do once the panel is closed
    "case.log", "group.join", "message.take", "letter.write", "public.make", "report.write", "people.change",
    "case.hand_over", "case.remind", "register.bring_in", "settings.change", "settings.agree", "business.change",
    "interests.change",
}  # fmt: skip


CaseRoles = Iterable[CaseRoleRow]
Person = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class Office:
    """Somebody who holds the role of Chairman or Vice-Chairman on a day, and whether they are away on it."""

    role: Role
    user_id: int
    away: bool


@dataclass(frozen=True)
class Acting:
    """Who acts as Chairman, and in which office; where nobody does, `why` in words."""

    users: frozenset[int] = frozenset()
    office: Role | None = None
    why: str = ""


@dataclass(frozen=True)
class Standing:
    """One person in one panel on one day: their roles by membership, and the seats they hold as a member."""

    user_id: int | None
    panel_id: int
    roles: frozenset[Role] = frozenset()
    offices: tuple[Office, ...] = ()  # the panel's Chairman and Vice-Chairman that day, whoever the person is
    panels: frozenset[int] = frozenset()  # in which the person holds a role that day
    closed: bool = False  # the panel is closed that day: nobody adds anything
    waits: bool = False  # a deputy of the Monitoring Officer, who is here: sees as they do, takes none of their steps
    on: date = field(default_factory=clock.today)

    @cached_property
    def sits_on(self) -> frozenset[int]:
        """Ids of the cases on whose sub-panel the person sits."""
        return frozenset(pk for (pk,) in _case_role_ids(self, CasePart.SUB_PANEL).values_list("case"))

    @cached_property
    def has_first(self) -> frozenset[int]:
        """Ids of the cases that the person, or their office, has at a first stage."""
        return frozenset(pk for (pk,) in _first_ids(self).values_list("case"))

    @property
    def words(self) -> str:
        """The roles as written beside the name: "Chairman", "scrutiny officer and administrator"."""
        order = [r for r in Role if r in self.roles]
        return " and ".join(r.words for r in order)


def standing(user: Person, panel: PanelRow, on: date | None = None) -> Standing:
    """What the person is in that panel on that day (today, if not given). Nobody inactive is anything."""
    on = on or clock.today()
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Standing(None, panel.pk, on=on)
    wanted = Q(user=user) | Q(role__in=(CH, VC, MO), panel=panel)
    found = apps.get_model("panel", "Membership").objects.filter(wanted, user__is_active=True)
    rows = [m for m in found if m.holds(on)]
    mine = frozenset(Role(m.role) for m in rows if m.user_id == user.pk and m.panel_id == panel.pk)
    held = offices([m for m in rows if m.panel_id == panel.pk], on)
    panels = frozenset(m.panel_id for m in rows if m.user_id == user.pk)
    officers = [m for m in rows if m.panel_id == panel.pk and m.role == MO]
    waits, closed = deputy_waits(officers, user.pk, on), panel.closed_on(on)
    return Standing(user.pk, panel.pk, mine, held, panels, closed=closed, waits=waits, on=on)


def office(panel: PanelRow) -> Standing:
    """The Panel's office, where a command does its work and nobody is signed in."""
    return Standing(None, panel.pk, frozenset({O}), closed=panel.closed_on(clock.today()))


def deputy_waits(officers: Iterable[MembershipRow], user_id: int, on: date) -> bool:
    """Whether the person is Monitoring Officer as a deputy only, and somebody else is there to act. `officers` are the
    memberships of that role that hold on that day."""
    mine = [m for m in officers if m.user_id == user_id]
    others = (m for m in officers if m.user_id != user_id and not m.deputy and not m.away(on))
    return bool(mine) and all(m.deputy for m in mine) and any(others)


def panels(user: Person, on: date | None = None) -> QuerySet[Any]:
    """The panels in which the person holds a role that day (today, if not given), as a queryset."""
    held = apps.get_model("panel", "Membership").objects
    rows = held.in_force(on or clock.today()).filter(user=user) if user.is_active else held.none()
    every: Any = apps.get_model("panel", "Panel").objects
    found: QuerySet[Any] = every.on(on or clock.today()).filter(pk__in=rows.values("panel"))
    return found


def runs_installation(user: Person, on: date | None = None) -> bool:
    """Whether the person is an installation administrator that day (today, if not given): makes panels, and by it sees
    nobody's people or cases."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return False
    rows = apps.get_model("panel", "InstallationAdministrator").objects.in_force(on or clock.today())
    return bool(rows.filter(user=user).exists())


def keepers(panel: PanelRow, on: date | None = None) -> QuerySet[Any]:
    """Who may keep a case of the panel that day (today, if not given), as memberships: staff whose account is open."""
    rows: QuerySet[Any] = panel.memberships.in_force(on or clock.today())
    return rows.filter(role__in=STAFF, user__is_active=True).select_related("user")


def needs_second_factor(who: Standing, panel: PanelRow) -> bool:
    """Whether the person must have proved twice who they are, as that panel wants of whoever sees its cases. `panel` is
    from `Panel.objects.on(day)`."""
    return panel.second_factor and may(who, "case.list")


def needs_second_factor_somewhere(user: Person) -> bool:
    """Whether any panel in which the person holds a role wants it of them."""
    today = clock.today()
    return any(needs_second_factor(standing(user, row, today), row) for row in panels(user, today))


def may(who: Standing, action: str) -> bool:
    """Whether the person may do that in their panel, which adds nothing once it is closed. Raises KeyError for an action
    nobody declared."""
    return bool(who.roles & set(ACTIONS[action][1])) and not (who.closed and action in ADDS)


def may_agree(who: Standing) -> bool:
    """Whether the person may agree to a change of who acts: the Monitoring Officer; a deputy only while nobody else is here to
    act."""
    return may(who, "settings.agree") and not who.waits


def visible(who: Standing) -> Q:
    """The cases that the person sees. An interest takes a case away from everybody but an auditor, who only reads; a
    restricted case is seen by the people named, the Monitoring Officer and an auditor."""
    if not who.roles & {O, MO, CH, VC, ME, AU, CO}:
        return Q(pk__in=[])
    from_table = _withdrawn_from(who)
    here = Q(panel=who.panel_id)
    if not who.roles & {MO, AU}:
        here &= Q(restricted=False) | Q(pk__in=_case_role_ids(who, CasePart.NAMED))
    if who.roles & set(ALL_CASES):
        return here if AU in who.roles else here & ~from_table
    seat = Q(pk__in=_case_role_ids(who, CasePart.SUB_PANEL)) | Q(pk__in=_first_ids(who))
    tabled = Q(tabled_on__isnull=False) if ME in who.roles else Q(pk__in=[])
    return here & (seat | tabled) & ~from_table


def interests(who: Standing) -> Q:
    """The interests of members, as registered, that the person sees: all, or as a panel member their own."""
    if who.roles & set(ALL_CASES):
        return Q(panel=who.panel_id)
    return Q(panel=who.panel_id, member__user=who.user_id) if may(who, "interests.view") else Q(pk__in=[])


def mail(who: Standing) -> Q:
    """The mail that the person may know of: the panel’s and its people’s; that of a case where they see it and who complained."""
    if not may(who, "post.view"):
        return Q(pk__in=[])
    people = apps.get_model("panel", "Membership").objects.filter(panel=who.panel_id).values("user")
    found = Q(case=None, panel=who.panel_id) | Q(case=None, panel=None, user__in=people)
    if may(who, "case.list") and may(who, "complainant.view"):
        found |= Q(case__in=apps.get_model("panel", "Case").objects.filter(visible(who)).values("pk"))
    return found


def _case_role_ids(who: Standing, kind: CasePart, person: Q | None = None) -> QuerySet[Any]:
    """Ids of the cases on which the person, or another one given, holds that kind of role, as a subquery."""
    # The models stand above this module: the app registry is the way round.
    rows: QuerySet[Any] = apps.get_model("panel", "CaseRole").objects.filter(kind=kind.value, to_entry=None)
    person = person or Q(user=who.user_id) | Q(member__user=who.user_id)
    return rows.filter(person, case__panel=who.panel_id).values("case")


def _withdrawn_from(who: Standing) -> Q:
    """The cases from which the person has withdrawn for an interest, and all that belong to one matter with them."""
    own = _case_role_ids(who, CasePart.INTERESTED)
    now = apps.get_model("panel", "GroupMember").objects.filter(to_entry=None)
    return Q(pk__in=own) | Q(pk__in=now.filter(group__in=now.filter(case__in=own).values("group")).values("case"))


def _first_ids(who: Standing) -> QuerySet[Any]:
    """Ids of the cases that the person has at a first stage, as a subquery: as the member to whom one was given, or as one
    of the Commissioner's office. `has_it_first` says the same of one case."""
    member = Q(member__isnull=False) & (Q(user=who.user_id) | Q(member__user=who.user_id))
    return _case_role_ids(who, CasePart.DELEGATE, member | Q(member=None) if CO in who.roles else member)


def holds(who: Standing, case_roles: CaseRoles, kind: CasePart) -> bool:
    """Whether the person holds that role on the case whose current roles are given."""
    return any(
        r.kind == kind and r.to_entry_id is None and who.user_id in (r.user_id, r.member.user_id if r.member else None)
        for r in case_roles
        if who.user_id is not None
    )


def offices(memberships: Iterable[MembershipRow], on: date) -> tuple[Office, ...]:
    """The offices among memberships that hold on that day."""
    rows = [m for m in memberships if m.role in (CH, VC)]
    return tuple(Office(Role(m.role), m.user_id, m.away(on)) for m in rows)


def interested(case_roles: CaseRoles) -> frozenset[int]:
    """Ids of the users who have declared an interest in the case whose roles are given."""
    declared = [r for r in case_roles if r.kind == CasePart.INTERESTED and r.to_entry_id is None]
    users = {r.user_id for r in declared} | {r.member.user_id for r in declared if r.member}
    return frozenset(user for user in users if user is not None)


def who_acts(held: tuple[Office, ...], but: frozenset[int] = frozenset()) -> Acting:
    """Who acts as Chairman: the Chairman who is here and has no interest, else such a Vice-Chairman, else nobody. `but`
    are the users with an interest."""
    why = {}
    for role in (CH, VC):
        mine = [o for o in held if o.role is role]
        here = frozenset(o.user_id for o in mine if not o.away and o.user_id not in but)
        if here:
            return Acting(here, role)
        away = [o for o in mine if o.away]
        why[role] = "not there" if not mine else "away" if len(away) == len(mine) else "interested"
    words = {"away": ("is away", "are away"), "interested": ("has an interest", "have an interest")}
    if why[CH] == why[VC]:
        both = say("there is neither a Chairman nor a Vice-Chairman")
        return Acting(
            why=both if why[CH] == "not there" else say(f"the Chairman and Vice-Chairman {words[why[CH]][1]}")
        )
    said = [
        f"there is no {name}" if why[role] == "not there" else f"the {name} {words[why[role]][0]}"
        for role, name in ((CH, CH.words), (VC, VC.words))
    ]
    return Acting(why=" and ".join(said))


def acting(who: Standing, case_roles: CaseRoles) -> Acting:
    """Who acts as Chairman on the case whose current roles are given, on the day of the standing."""
    return who_acts(who.offices, interested(case_roles))


def chairman_acts(who: Standing, case_roles: CaseRoles) -> bool:
    """Whether a Chairman can act on the case: one is here, and has declared no interest in it."""
    return acting(who, case_roles).office is CH


def roles_on(who: Standing, case_roles: CaseRoles) -> frozenset[Role]:
    """The roles that count for the person on one case. An interest leaves none (but an auditor's reading); a
    Vice-Chairman counts as Chairman only while the Chairman cannot act, and is not away; a seat on its sub-panel counts."""
    if holds(who, case_roles, CasePart.INTERESTED):
        return who.roles & {AU}
    roles = set(who.roles) - ({MO} if who.waits else set())
    if holds(who, case_roles, CasePart.SUB_PANEL):
        roles.add(Role.SUB_PANEL)
    if who.user_id in acting(who, case_roles).users:
        roles.add(CH)
    return frozenset(roles)


def sees_complainant(who: Standing, case_roles: CaseRoles) -> bool:
    """Whether the complainant's identity may be shown: to staff, auditor, Chairman and the case's sub-panel, not to
    members who see the case because it was tabled."""
    if may(who, "complainant.view"):
        return True
    return holds(who, case_roles, CasePart.SUB_PANEL) or has_it_first(who, case_roles)


def has_it_first(who: Standing, case_roles: CaseRoles) -> bool:
    """Whether the person, or the Commissioner's office to which they belong, has the case at a first stage. Whoever has left
    that office has nothing of it."""
    there = [r for r in case_roles if r.kind == CasePart.DELEGATE and r.to_entry_id is None]
    office = any(r.member is None for r in there)
    return holds(who, [r for r in there if r.member], CasePart.DELEGATE) or (CO in who.roles and office)


def sees_complainant_of(who: Standing, case_id: int) -> bool:
    """The same for a case of a list, whose roles are not loaded."""
    return may(who, "complainant.view") or case_id in who.sits_on or case_id in who.has_first


def named_to(who: Standing) -> Q:
    """The same as a filter: the cases whose complainant the person may know."""
    if may(who, "complainant.view"):
        return Q()
    return Q(pk__in=_case_role_ids(who, CasePart.SUB_PANEL)) | Q(pk__in=who.has_first)


def sees_document(who: Standing, case_roles: CaseRoles, classification: str) -> bool:
    """Whether a document of a visible case may be opened. Members who see a tabled case open what is before the Panel,
    exempt papers included (LGA 1972 Sch 12A keeps them from the public), and nothing restricted."""
    if may(who, "document.restricted") or holds(who, case_roles, CasePart.SUB_PANEL) or has_it_first(who, case_roles):
        return True
    return classification == "open" or (classification != "restricted" and may(who, "document.exempt"))
