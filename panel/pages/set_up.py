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
from panel.law.spoken import say
from panel.models import Chairmanship, Council, Entry, Member, Membership, OfficeHolder, Panel, PanelSettings
from panel.models.settings_fields import settings_of
from panel.pages.base import denied, forbidden, in_panel
from panel.record.act import sealed_act


@dataclass(frozen=True)
class Need:
    """One thing a panel needs."""

    key: str
    words: str
    page: str  # the name of the page on which it is done
    button: str  # what the button says while it is the next one
    without: str  # what stays silent, or cannot be done, while it is not: "Without it ...", or a sentence of its own
    kind: str = ""  # of the people to add, for `panel:person-add`
    can_wait: bool = False


PEOPLE, MANY, SETTINGS, INVITE, WHO_ACTS = "person-add", "many-people", "settings-change", "invite", "who-acts"
# (heading, what stands under it); no complaint can be logged before the first of them is done
BEGIN = "Needed to begin"
NEEDS: tuple[tuple[str, tuple[Need, ...]], ...] = (
    (BEGIN, (
        Need("commissioner", "Commissioner and Deputy", PEOPLE, "Enter the Commissioner",
             "no complaint about them can be logged", kind="office-holders"),
        Need("officer", "The scrutiny officer’s account", INVITE, "Invite the scrutiny officer",
             "nobody logs a complaint or a hearing"),
        Need("monitoring_officer", "The Monitoring Officer’s account", INVITE, "Invite the Monitoring Officer",
             "nobody advises, corrects the record or agrees to who acts"),
    )),
    ("People", (
        Need("councils", "Councils", PEOPLE, "Enter the councils",
             "no member can be entered with the council that appointed them", kind="councils"),
        Need("members", "Members", MANY, "Enter the members",
             "nobody can sit on a sub-panel or vote at a hearing"),
        Need("chairman", "Chairman and Vice-Chairman", PEOPLE, "Enter the Chairman",
             "papers cannot name who presides", kind="chairmen"),
        Need("chairman_role", "The Chairman’s account", INVITE, "Invite the Chairman",
             "nobody makes the filtering decision, unless the officer types it up"),
        Need("second_factor", "A second factor", SETTINGS, "Require a second factor",
             "a password alone opens every case"),
    )),
    ("How you work", (
        Need("who_acts", "Who may act", WHO_ACTS, "Say who may act",
             "Until you change it, each step is taken as the procedure has it: the Chairman decides"),
        Need("targets", "Targets", SETTINGS, "Set the targets",
             "nothing is late but what the law dates; all that is open is still listed"),
        Need("retention", "How long cases are kept", SETTINGS, "Say how long cases are kept",
             "nothing is ever proposed for erasing"),
    )),
    ("Paper", (
        Need("names", "Where complaints go", SETTINGS, "Enter where complaints go",
             "letters and reports cannot say where complaints go", can_wait=True),
        Need("report", "The annual report’s text", SETTINGS, "Complete the report’s text",
             "the report does not say when the Panel approved its procedure", can_wait=True),
    )),
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
        has_who_acts=there(Entry.objects.filter(step__in=("change_settings", "change_who_acts"))),
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
    asked = (name for name, s in settings_of(PanelSettings).items() if s.group == group and not s.beside)
    return any(getattr(row, name) for name in asked)


def set_up_list(panel, who) -> dict:
    """The list as its component shows it: {lead, next, groups, done, of, put_away}."""
    is_done = done(panel, panel.settings_on(clock.today()))
    every = [need for _, needs in NEEDS for need in needs]
    missing = [need for need in every if not is_done[need.key]]
    needed = sum(need in missing for need in dict(NEEDS)[BEGIN])
    first = next((need for need in missing if may_do(who, need)), None)
    things = "1 thing is" if needed == 1 else f"{needed} things are"
    begin = f"{things} needed before you can work." if needed else "You can log complaints now."
    of, so_far = len(every), len(every) - len(missing)
    return {
        "lead": f"{begin} {so_far} of {of} done." if missing else "The Panel is set up.",
        "next": {"words": say(first.button), "url": address(panel, first)} if first else None,
        "groups": [
            {"heading": h, "rows": [row_of(panel, who, n, is_done[n.key]) for n in needs]} for h, needs in NEEDS
        ],
        "done": so_far,
        "of": of,
        "put_away": reverse("panel:set-up", args=[panel.slug]) if rules.may(who, "settings.change") else "",
    }


def row_of(panel, who, need, is_done) -> dict:
    """A line of the task list."""
    return {
        "id": f"task-{need.key}",
        "words": say(need.words),
        "url": address(panel, need) if may_do(who, need) else "",
        "hint": say("" if is_done else need.without if need.without[0].isupper() else f"Without it {need.without}"),
        "status": "Completed" if is_done else "Can wait" if need.can_wait else "Not yet started",
        "tag": not is_done and not need.can_wait,
        "done": is_done,
    }


def may_do(who, need) -> bool:
    """Whether the person may do it."""
    return rules.may(
        who,
        {SETTINGS: "settings.change", WHO_ACTS: "settings.change", INVITE: "users.change"}.get(
            need.page, "people.change"
        ),
    )


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
            return forbidden(request, *denied(who, "settings.change"))
        put_away(panel, request.user)
        return redirect("panel:home", panel.slug)
    return render(request, "panel/set_up.html", {"list": set_up_list(panel, who)})


def put_away(panel, user) -> None:
    """Take the list off the home page from today on; its own page stays."""
    with sealed_act(panel, by=user, name="put_away_set_up", why="Put the set-up list away"):
        row = panel.settings_from(clock.today())
        row.show_set_up = False
        row.save()
