"""What a new panel still needs, in the order in which to do it; each line says what stays silent without it. It stands
on the administrator's home page until all of it is done or it is put away."""

from dataclasses import dataclass

from django.db.models import Exists
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from panel.access import rules
from panel.law import clock
from panel.law.roles import Role
from panel.models import Chairmanship, Council, Entry, Member, Membership, OfficeHolder, Panel, PanelSettings
from panel.models.settings_fields import settings_of
from panel.pages.base import in_panel
from panel.record.act import sealed_act


@dataclass(frozen=True)
class Need:
    """One thing a panel needs."""

    key: str
    words: str
    page: str  # the name of the page on which it is done
    without: str  # what stays silent, or cannot be done, while it is not
    kind: str = ""  # of the people to add, for `panel:person-add`


NEEDS = (
    Need("names", "Names and addresses", "settings-change", "Letters cannot say where complaints go."),
    Need("councils", "Councils", "person-add", "No member can be entered with the council that appointed them.", "councils"),
    Need("members", "Members", "person-add", "Nobody can sit on a sub-panel, or vote at a hearing.", "members"),
    Need("chairman", "Chairman", "person-add", "Papers cannot name who presides.", "chairmen"),
    Need("commissioner", "Commissioner and Deputy", "person-add", "No complaint about them can be logged.", "office-holders"),
    Need("officer", "An account for the scrutiny officer", "invite", "Nobody logs complaints or hearings."),
    Need(
        "monitoring_officer", "An account for the Monitoring Officer", "invite",
        "Nobody can advise, correct the record or agree to who acts.",
    ),
    Need(
        "chairman_role", "An account for the Chairman", "invite",
        "Nobody makes the filtering decision, unless the officer types it up.",
    ),
    Need("who_acts", "Who may act", "settings-change", "The officer may record, and may type up others’ decisions."),
    Need("targets", "Targets", "settings-change", "Nothing will be late but what the law dates."),
    Need("report", "The annual report’s text", "settings-change", "The report does not say when the Panel approved its procedure."),
    Need("retention", "How long cases are kept", "settings-change", "Cases are kept until the Panel has set a time."),
    Need("second_factor", "A second factor for who sees cases", "settings-change", "A password alone opens every case."),
)  # fmt: skip


def done(panel, row) -> dict[str, bool]:
    """What of it is done, by key; `row` are the settings in force. One query."""
    today = clock.today()

    def there(rows):
        return Exists(rows.filter(panel=panel))

    def held(role):
        return there(Membership.objects.in_force(today).filter(role=role, user__is_active=True))

    found = Panel.objects.filter(pk=panel.pk).values(
        has_councils=there(Council.objects),
        has_members=there(Member.objects.in_force(today)),
        has_chairman=there(Chairmanship.objects.in_force(today).filter(office=Chairmanship.Office.CHAIRMAN)),
        has_commissioner=there(OfficeHolder.objects.in_force(today).filter(office=OfficeHolder.Office.COMMISSIONER)),
        has_officer=held(Role.OFFICER),
        has_monitoring_officer=held(Role.MONITORING_OFFICER),
        has_chairman_role=held(Role.CHAIRMAN),
        has_who_acts=there(Entry.objects.filter(step="change_settings")),
    )[0]
    return {
        **{key.removeprefix("has_"): value for key, value in found.items()},
        "names": bool(row.complaints_email or row.complaints_address),
        "targets": any_set(row, "targets"),
        "report": bool(row.procedure_approved),
        "retention": any_set(row, "retention"),
        "second_factor": row.second_factor,
    }


def any_set(row, group) -> bool:
    """Whether any setting under that heading has been given."""
    return any(getattr(row, name) for name, s in settings_of(PanelSettings).items() if s.group == group)


def set_up_list(panel, who) -> dict:
    """The list as its component shows it: {rows, done, of, url}."""
    row = panel.settings_on(clock.today())
    is_done = done(panel, row)
    rows = [
        {
            "words": need.words,
            "url": address(panel, need) if may_do(who, need) else "",
            "hint": "" if is_done[need.key] else f"Without it: {need.without[:1].lower()}{need.without[1:]}",
            "done": is_done[need.key],
        }
        for need in NEEDS
    ]
    return {
        "rows": rows,
        "done": sum(r["done"] for r in rows),
        "of": len(rows),
        "put_away": reverse("panel:set-up", args=[panel.slug]) if rules.may(who, "settings.change") else "",
    }


def may_do(who, need) -> bool:
    """Whether the person may do it."""
    actions = {"settings-change": "settings.change", "invite": "users.change", "person-add": "people.change"}
    return rules.may(who, actions[need.page])


def address(panel, need) -> str:
    """The page on which it is done."""
    return reverse(f"panel:{need.page}", args=[panel.slug, need.kind] if need.kind else [panel.slug])


def wanted(panel, who) -> dict | None:
    """The list for the home page: None once all is done, or it was put away."""
    if not (panel.now or {}).get("show_set_up", True):
        return None
    found = set_up_list(panel, who)
    return found if found["done"] < found["of"] else None


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("people.change")
def set_up(request, panel, who):
    """What the panel still needs; a POST puts the list away."""
    if request.method == "POST":
        if not rules.may(who, "settings.change"):
            return redirect("panel:set-up", panel.slug)
        put_away(panel, request.user)
        return redirect("panel:home", panel.slug)
    return render(request, "panel/set_up.html", {"list": set_up_list(panel, who)})


def put_away(panel, user) -> None:
    """Take the list off the home page from today on; its own page stays."""
    today = clock.today()
    with sealed_act(panel, by=user, name="change_settings", why="Put the set-up list away"):
        now = panel.settings_on(today)
        if now.from_date == today and now.pk:
            row = now
        else:
            kept = {
                f.attname: getattr(now, f.attname) for f in PanelSettings._meta.concrete_fields if not f.primary_key
            }
            row = PanelSettings(**{**kept, "panel_id": panel.pk, "from_date": today})
        row.show_set_up = False
        row.save()
