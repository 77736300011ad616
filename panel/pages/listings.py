"""What the pages about people, settings, users and roles list, as rows for `components/table.html`."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Case, Count, Exists, OuterRef, Q, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from panel.access import rules
from panel.law import clock
from panel.law.period import day_words, listed, plural
from panel.law.roles import GRANTED, CasePart, Role
from panel.models import CaseRole, Duty, Membership, Move
from panel.pages.settings_forms import KEEP, MEETINGS, REPORT, SIGN_IN, TARGETS, WHO_ACTS, WORDS, label
from panel.pages.worklist import open_duties
from panel.procedure.register import procedures
from panel.procedure.vocabulary import To
from panel.templatetags.panel_tags import moment


def in_states(rows, procedures):
    """The rows with `standing`, the place of their status in the procedures' order, to sort by."""
    keys = dict.fromkeys(s.key for p in procedures for s in p.states)
    return rows.annotate(standing=Case(*(When(status=key, then=n) for n, key in enumerate(keys)), default=len(keys)))


@dataclass(frozen=True)
class View:
    """A built-in view of a list: its words, and the test that it adds to the filters, given the person and the
    register's procedures."""

    key: str
    words: str
    show: str
    test: Callable
    roles: tuple[Role, ...]


def waiting_for(who, procedures) -> Q:
    """An open duty that belongs to one of the person's roles."""
    kinds = [k.key for p in procedures for k in p.duties if k.owner in who.roles]
    return Q(Exists(Duty.objects.filter(case=OuterRef("pk"), closed_by=None, kind__in=kinds)))


def ended_this_year(who, procedures) -> Q:
    """Ended by a step that took effect in this municipal year."""
    first, _ = clock.year_bounds(clock.municipal_year(clock.today()))
    over = {key for p in procedures for key in p.ends}
    ends = Move.objects.alias(undoes=Coalesce("entry__reverses_id", 0)).filter(
        part__case=OuterRef("pk"), target__in=over, entry__on__gte=first, undoes=0, entry__reversed_by=None,
    ).exclude(source__in=over)  # fmt: skip
    return Q(Exists(ends))


READERS = (Role.OFFICER, Role.MONITORING_OFFICER, Role.CHAIRMAN, Role.VICE_CHAIRMAN, Role.AUDITOR)
WAITING = (
    View("waiting", "Waiting for me", "open", waiting_for, READERS[:4]),
    View("overdue", "Overdue", "open", lambda who, procedures: Q(next_due__lt=clock.today()), READERS),
)


def views_of(views, who) -> list[View]:
    """Those of the person's roles."""
    return [v for v in views if who.roles & set(v.roles)]


def distinct(words) -> str:
    """Each once, in order."""
    return ", ".join(dict.fromkeys(w for w in words if w))


def capital(words: str) -> str:
    """With a capital letter first."""
    return words[:1].upper() + words[1:]


def table(caption, columns, rows) -> dict:
    """A table's arguments; the first column needs no label where rows turn into blocks."""
    heads = [{"words": words, "quiet": n == 0} for n, words in enumerate(columns)]
    return {"caption": caption, "columns": heads, "rows": [{"cells": cells} for cells in rows]}


def between(row) -> str:
    """A row's days: "Since 13 May 2024", "13 May 2024 to 5 May 2026", "From 1 June 2027"."""
    if row.to_date:
        return f"{day_words(row.from_date)} to {day_words(row.to_date)}"
    return f"{'From' if row.from_date > clock.today() else 'Since'} {day_words(row.from_date)}"


def is_past(row) -> bool:
    """Whether its last day is over."""
    return row.to_date is not None and row.to_date < clock.today()


class PeoplePage:
    """Everybody on and around a panel: those in office or to come, then those who left. Six queries."""

    def __init__(self, panel, who):
        self.panel, self.change = panel, rules.may(who, "people.change")
        self.members = list(panel.members.select_related("council", "user").order_by("council__name", "kind", "name"))
        self.chairmanships = list(panel.chairmanships.select_related("member").order_by("office", "-from_date"))
        self.substitutes = list(panel.substitutes.select_related("member").order_by("name"))
        self.holders = list(panel.office_holders.order_by("office", "-from_date"))
        sitting = Q(members__from_date__lte=clock.today()) & (
            Q(members__to_date=None) | Q(members__to_date__gte=clock.today())
        )
        self.councils = list(panel.councils.annotate(sitting=Count("members", filter=sitting)))

    def named(self, kind, row, words=None) -> dict:
        """The cell with a row's name: a link where the person may change it."""
        cell = {"words": words or row.name}
        if self.change:
            cell["url"] = reverse("panel:person", args=[self.panel.slug, kind, row.pk])
        return cell

    def adding(self, kind, words) -> dict | None:
        """The link to add a row, where the person may."""
        return (
            {"words": words, "url": reverse("panel:person-add", args=[self.panel.slug, kind])} if self.change else None
        )

    def section(self, kind, heading, add, caption, columns, rows, cells) -> dict:
        """One heading with its table of present rows, its table of past ones, and the link to add one."""
        now, past = [r for r in rows if not is_past(r)], [r for r in rows if is_past(r)]
        return {
            "heading": heading,
            "table": table(caption, columns, [cells(r) for r in now]) if now else None,
            "past": table(f"Former: {caption}", columns, [cells(r) for r in past]) if past else None,
            "past_words": f"Former ({len(past)})",
            "add": self.adding(kind, add),
        }

    def sections(self) -> list[dict]:
        """The page's parts in order."""
        subs: dict[int, list[str]] = {}
        for s in self.substitutes:
            if not is_past(s):
                subs.setdefault(s.member_id, []).append(s.name)
        return [
            self.section(
                "chairmen", "Chairman and Vice-Chairman", "Add a Chairman or Vice-Chairman",
                "Chairman and Vice-Chairman", ("Name", "Office", "Days"), self.chairmanships,
                lambda c: [self.named("chairmen", c, c.member.name), c.get_office_display(), between(c)],
            ),
            self.section(
                "members", f"Members ({len([m for m in self.members if m.holds(clock.today())])})", "Add a member",
                "Members", ("Name", "Council", "Kind", "Days", "Substitutes", "Account"), self.members,
                lambda m: [
                    self.named("members", m), m.council.name if m.council else "None", m.get_kind_display(), between(m),
                    listed(subs.get(m.pk, [])) or "None", m.user.email if m.user else "None",
                ],
            ),
            self.section(
                "substitutes", "Substitutes", "Add a substitute", "Substitutes", ("Name", "For", "Days"),
                self.substitutes, lambda s: [self.named("substitutes", s), s.member.name, between(s)],
            ),
            self.section(
                "office-holders", "Office holders", "Add an office holder", "Office holders",
                ("Name", "Office", "Days"), self.holders,
                lambda h: [self.named("office-holders", h), h.get_office_display(), between(h)],
            ),
            self.councils_section(),
        ]  # fmt: skip

    def councils_section(self) -> dict:
        """Councils have no days: all are listed."""
        rows = [[self.named("councils", c), plural(c.sitting, "member")] for c in self.councils]
        return {
            "heading": "Councils",
            "table": table("Councils", ("Name", "Members now"), rows) if rows else None,
            "add": self.adding("councils", "Add a council"),
        }


def panel_tabs(panel, who, here: str) -> list[dict]:
    """The pages about the panel itself that the person may open."""
    pages = (
        ("People", "panel:people", "people.view"),
        ("Who can sign in", "panel:users", "users.view"),
        ("Settings", "panel:settings", "settings.view"),
        ("How long cases are kept", "panel:retention", "retention.view"),
    )
    return [
        {"words": words, "url": reverse(name, args=[panel.slug]), "current": name == here}
        for words, name, action in pages
        if rules.may(who, action)
    ]


# Settings


def setting_value(row, name) -> str:
    """A setting in words."""
    value = getattr(row, name)
    if value is None:
        return "Not set" if name in (*MEETINGS, *KEEP) else "No target"
    if value == "":
        return "Not set"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value)


def settings_groups(row) -> list[dict]:
    """A row's settings under headings, for summary lists."""
    groups = (
        ("Words the Panel uses", WORDS),
        ("Targets", TARGETS),
        ("Sub-panels, and who may act", ("sub_panel_size", *WHO_ACTS)),
        ("Hearings", tuple(MEETINGS)),
        ("The annual report", REPORT),
        ("How long cases are kept", KEEP),
        ("Signing in", SIGN_IN),
    )
    return [
        {"heading": heading, "rows": [{"label": label(n), "value": setting_value(row, n)} for n in names]}
        for heading, names in groups
    ]


def settings_rows(panel) -> tuple:
    """(the row in force today or None, those to come, those past), the last two with what they change from the row
    before them."""
    today = clock.today()
    rows = list(panel.settings.all())
    started = [r for r in rows if r.from_date <= today]
    current = started[-1] if started else None
    out = []
    for before, row in zip([None, *rows], rows, strict=False):
        names = (*WORDS, *TARGETS, "sub_panel_size", *WHO_ACTS, *MEETINGS, *REPORT, *KEEP, *SIGN_IN)
        changed = [
            [label(n), setting_value(before, n), setting_value(row, n)]
            for n in names
            if before is not None and getattr(before, n) != getattr(row, n)
        ]
        out.append({"row": row, "first": before is None, "changes": changed})
    to_come = [c for c in out if c["row"].from_date > today]
    past = [c for c in reversed(out) if c["row"].from_date <= today]
    return current, to_come, past


def changes_table(changed) -> dict:
    """What a row of settings changes, as a table of kind "changes"."""
    return table("What changes", ("Setting", "Before", "After"), changed["changes"])


# Users


def account_words(user) -> str:
    """Whether somebody can sign in."""
    if not user.is_active:
        return "Closed"
    return "Can sign in" if user.has_usable_password() else "Invited, no password yet"


def users_tables(panel, who) -> tuple[dict, dict | None]:
    """Who holds a role now or later, and who held one. One query."""
    change = rules.may(who, "users.change")
    rows = list(panel.memberships.select_related("user"))

    def cells(m):
        url = reverse("panel:user", args=[panel.slug, m.pk])
        role = capital(Role(m.role).words)
        own = m.user_id == who.user_id
        name = {"words": m.user.name, "note": m.user.email}
        away = ""
        if m.away_from:
            away = day_words(m.away_from) + (f" to {day_words(m.away_to)}" if m.away_to else ", no last day")
        role_cell = {"words": role, "url": url} if change and not own else {"words": role}
        account = {"words": account_words(m.user)}
        doing = ("Open it again", "Close the account")[m.user.is_active]
        if change and not own:
            invited = m.user.is_active and not m.user.has_usable_password()
            address = reverse("panel:invite-again" if invited else "panel:account", args=[panel.slug, m.pk])
            account = {"words": "Invite again" if invited else doing, "url": address, "note": account_words(m.user)}
        return [name, role_cell, between(m), away or "Not away", account]

    columns = ("Name", "Role", "Days", "Away", "Account")
    now, past = [m for m in rows if not is_past(m)], [m for m in rows if is_past(m)]
    return (
        table("Who can sign in", columns, [cells(m) for m in now]),
        table("Former", columns, [cells(m) for m in past]) if past else None,
    )


def sign_ins_table(rows) -> dict:
    """Sign-ins, the latest first."""
    columns = ("When", "Who", "What", "How")
    return table("Sign-ins", columns, [
        [moment(s.at), {"words": s.user.name, "note": s.user.email}, s.get_what_display(), capital(s.how)] for s in rows
    ])  # fmt: skip


# What each role may: generated, so that it cannot differ from what is enforced


def actions_table() -> dict:
    """The rule book's actions against the roles that a membership gives."""
    columns = ("What", *[capital(r.words) for r in GRANTED])
    rows = [[words, *["Yes" if r in roles else "No" for r in GRANTED]] for words, roles in rules.ACTIONS.values()]
    return table("What each role can open and do", columns, rows)


def role_list(roles) -> str:
    """Roles in a sentence."""
    return ", ".join(r.words for r in Role if r in roles)


def procedure_tables() -> list[dict]:
    """For each procedure: who enters each step, whose decision it is, and under which provision."""
    out = []
    for procedure in procedures().values():
        rows = [
            [
                step.words,
                "Anybody who sees the case, for themselves" if step.anybody else capital(role_list(step.by)),
                capital(role_list(step.decided_by)) if step.decided_by else "Whoever enters it",
                capital(step.provision),
            ]
            for step in procedure.steps
        ]
        columns = ("Step", "Who enters it", "Whose decision", "Provision")
        out.append({"heading": f"Steps: {procedure.words}", "table": table("Steps and who takes them", columns, rows)})
    return out


def states_tables() -> list[dict]:
    """For each procedure: its states, the stage each belongs to, and the usual ways on from it."""
    out = []
    for procedure in procedures().values():
        rows = []
        for state in procedure.states:
            ways = [
                s for s in procedure.steps if state.key in s.frm and s.moves and not s.adds and s.to is not To.BEFORE
            ]
            if state.open:
                ways = [s for s in ways if not s.rare]
            on = "; ".join(f"{s.words} ({role_list(s.decided_by or s.by)})" for s in ways)
            on = on or "See the case page"
            tag = {"tag": {"words": state.words, "colour": state.colour}}
            rows.append([tag, procedure.stages[state.stage], on if state.open else f"Ended. {on}"])
        table_of = table("States", ("State", "Stage", "What can happen next"), rows)
        out.append({"heading": procedure.words, "table": table_of})
    return out


# The demo's accounts

ORDER = [
    Role.OFFICER, Role.CHAIRMAN, Role.VICE_CHAIRMAN, Role.MONITORING_OFFICER, Role.SUB_PANEL, Role.MEMBER, Role.AUDITOR,
    Role.ADMINISTRATOR,
]  # fmt: skip


def demo_accounts(next_url: str = "") -> list[dict]:
    """Who one can sign in as in demo mode, in the order of the roles, each with the link that fills in the form."""
    rows = Membership.objects.in_force(clock.today()).filter(user__is_demo=True, user__is_active=True)
    rows = list(rows.select_related("user", "panel").order_by("pk"))
    seats = CaseRole.objects.filter(kind=CasePart.SUB_PANEL.value, to_entry=None, member__user__is_demo=True)
    sitting: dict[int, int] = {}
    for user_pk in seats.values_list("member__user", flat=True):
        sitting[user_pk] = sitting.get(user_pk, 0) + 1
    found: dict = {}
    for m in rows:
        role = Role(m.role)
        if role is Role.MEMBER and m.user_id in sitting:
            role = Role.SUB_PANEL
        found.setdefault(m.user_id, (role, m))
    out = []
    for role, m in sorted(found.values(), key=lambda pair: ORDER.index(pair[0])):
        query = {"as": m.user.email} | ({"next": next_url} if next_url else {})
        out.append(
            {
                "role": "Sub-panel member" if role is Role.SUB_PANEL else capital(role.words),
                "name": m.user.name,
                "email": m.user.email,
                "sees": sees(role, m, sitting),
                "url": f"?{urlencode(query)}",
            }
        )
    return out


def sees(role, membership, sitting) -> str:
    """What an account finds, counted where that says more."""
    if role is Role.SUB_PANEL:
        return plural(sitting[membership.user_id], "case")
    if role is Role.CHAIRMAN:
        duties = open_duties(rules.standing(membership.user, membership.panel), {role})
        waiting = duties.order_by().values("case", "kind").distinct().count()
        return f"{plural(waiting, 'decision')} waiting" if waiting else role.sees
    return role.sees
