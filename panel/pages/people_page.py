"""Everybody on and around a panel, as its page shows them."""

from django.db.models import Count, Q
from django.urls import reverse

from panel.access import rules
from panel.law import clock
from panel.law.period import listed, plural
from panel.law.spoken import say
from panel.pages.tables import between, is_past, table
from panel.procedure.register import REGISTERS


class PeoplePage:
    """Everybody on and around a panel: those in office or to come, then those who left. Eight queries."""

    def __init__(self, panel, who):
        self.panel, self.change = panel, rules.may(who, "people.change")
        self.members = list(panel.members.select_related("council", "user").order_by("council__name", "kind", "name"))
        self.chairmanships = list(panel.chairmanships.select_related("member").order_by("office", "-from_date"))
        self.substitutes = list(panel.substitutes.select_related("member").order_by("name"))
        self.pool = list(panel.pool.select_related("member").order_by("substitute", "member__name"))
        self.groups = list(panel.political_groups.select_related("member").order_by("member__name", "from_date"))
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
            {"words": say(words), "url": reverse("panel:person-add", args=[self.panel.slug, kind])}
            if self.change
            else None
        )

    def section(self, kind, heading, add, caption, columns, rows, cells) -> dict:
        """One heading with its table of present rows, its table of past ones, and the link to add one."""
        now, past = [r for r in rows if not is_past(r)], [r for r in rows if is_past(r)]
        return {
            "heading": say(heading),
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
                "pool", "Standing sub-panel, or pool", "Add somebody to it", "Standing sub-panel, or pool",
                ("Name", "As", "Days"), self.pool,
                lambda p: [
                    self.named("pool", p, p.member.name), "Substitute" if p.substitute else "Member", between(p),
                ],
            ),
            self.section(
                "groups", "Political groups", "Add a member’s group", "Political groups",
                ("Member", "Group", "Days", "Where it was declared"), self.groups,
                lambda g: [self.named("groups", g, g.member.name), g.name, between(g), g.declared_where],
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
        ("Register of interests", "panel:interests", "interests.view"),
        ("What went out", "panel:sent", "letters.view"),
        ("Who can sign in", "panel:users", "users.view"),
        ("Who acts", "panel:who-acts", "settings.view"),
        ("Settings", "panel:settings", "settings.view"),
        ("How long cases are kept", "panel:retention", "retention.view"),
        ("Post", "panel:post", "post.view"),
        *((tab.words, f"panel:{tab.name}", tab.action) for r in REGISTERS.values() for tab in r.panel_tabs),
    )
    return [
        {"words": say(words), "url": reverse(name, args=[panel.slug]), "current": name == here}
        for words, name, action in pages
        if rules.may(who, action)
    ]
