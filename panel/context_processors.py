"""What every page's shell shows: panel, person, navigation, footer."""

from django.urls import reverse

from panel.access import rules
from panel.accounts.sign_in import WARNED_SECONDS, ends_of
from panel.law import clock
from panel.law.roles import Role
from panel.models import Panel
from panel.procedure.register import REGISTERS

# (words, url name, action): shown when the rule book lets the person
PEOPLE = "panel:people"  # whose other pages, who can sign in and the settings, are tabs of it
NAVIGATION = (
    ("Home", "panel:home", "home.view"),
    ("Panel", PEOPLE, "people.view"),
    ("Settings", "panel:settings", "settings.view"),
    ("Annual report", "panel:report", "report.view"),
    ("History", "panel:journal", "journal.view"),
)
# Some roles have few pages, an administrator other ones (pages.md): what they do not need is left out.
LEFT_OUT = {
    "officer": {"Settings"},
    "monitoring_officer": {"Settings"},
    "auditor": {"Settings"},
    "chairman": {"Panel", "Settings", "History"},
    "vice_chairman": {"Panel"},
    "member": {"Panel"},
    "administrator": {"History"},
}
HELPED = {Role.CHAIRMAN, Role.VICE_CHAIRMAN, Role.MEMBER, Role.ADMINISTRATOR}  # with Help among their few pages


def shell(request):
    """The context of templates/base.html. Signed out, or outside a panel, most of it is missing."""
    user = getattr(request, "user", None)
    panel, who = getattr(request, "panel", None), getattr(request, "who", None)
    if panel is None:
        match = request.resolver_match  # none: an address that there is not
        panel, who = panel_named(user, request.path) if match is None else (None, None)
        if panel is None:
            panel, who = only_panel(user, front=match is not None and match.url_name == "account_login")
    found = {"footer": footer(panel), "panels": [], "roles_url": reverse("roles"), "home_url": reverse("start")}
    if user is not None and user.is_authenticated:
        found["person"] = {"name": user.name, "role": who.words if who else ""}
        found["switch_url"] = reverse("choose-panel")
        found["session"] = {
            "ends": ends_of(request),
            "warned": WARNED_SECONDS,
            "url": reverse("session-state"),
            "again": reverse("account_reauthenticate"),
        }
    if panel is None and not found.get("person"):
        found["panel"] = {"name": "Police and Crime Panels"}
    if panel is not None and who is None:
        found["panel"] = {"name": panel.names.name, "host": panel.names.host_authority}
    if panel is not None and who is not None:
        found["panel"] = {
            "name": panel.names.name,
            "slug": panel.slug,
            "host": panel.names.host_authority,
            "url": reverse("panel:home", args=[panel.slug]),
        }
        found["nav"] = navigation(request, panel, who)
        found["closing"] = panel.closing_words(clock.today())
        if rules.may(who, "case.list"):
            found["search"] = [
                {"words": f"Search {r.words.lower()}", "url": reverse("panel:cases", args=[panel.slug, r.slug])}
                for r in REGISTERS.values()
            ]
        if who.panels - {panel.pk}:
            found["panels"] = rules.panels(user).exclude(pk=panel.pk)
    return {"shell": found}


def panel_named(user, path: str):
    """The panel that an address names which there is not, and the person's standing in it, where they hold a role."""
    if user is None or not user.is_authenticated:
        return None, None
    slug = path.split("/")[1]
    if "\x00" in slug:  # which PostgreSQL takes in no text
        return None, None
    panel = rules.panels(user).filter(slug=slug).first()
    return panel, rules.standing(user, panel) if panel else None


def only_panel(user, front: bool):
    """The panel of a page that belongs to none, such as Help, and the person's standing in it: the only one in which
    they hold a role. Signed out, the front door names the only panel of the installation; no other page names any."""
    if user is not None and user.is_authenticated:
        found = list(rules.panels(user)[:2])
        return (found[0], rules.standing(user, found[0])) if len(found) == 1 else (None, None)
    found = list(Panel.objects.on(clock.today())[:2]) if front else []
    return (found[0] if len(found) == 1 else None), None


def navigation(request, panel, who):
    """The service navigation: what the rule book lets the person open, the registers after Home."""
    items = []
    left_out = set.intersection(*[LEFT_OUT.get(r.value, set()) for r in who.roles]) if who.roles else set()
    for words, name, action in NAVIGATION:
        if rules.may(who, action) and words not in left_out:
            own = "People" if name == PEOPLE and who.roles == {Role.ADMINISTRATOR} else words
            items.append((own, reverse(name, args=[panel.slug])))
        if words == "Home" and rules.may(who, "case.list"):
            items += [(r.words, reverse("panel:cases", args=[panel.slug, r.slug])) for r in REGISTERS.values()]
    if who.roles <= HELPED:
        items.append(("Help", reverse("help")))
    home, users, settings, people = (
        reverse(name, args=[panel.slug]) for name in ("panel:home", "panel:users", "panel:settings", PEOPLE)
    )
    path, urls = request.path, [url for _, url in items]
    if path.startswith((users, reverse("panel:post", args=[panel.slug]))) or (
        path.startswith(settings) and settings not in urls
    ):
        path = people
    if path == reverse("panel:held", args=[panel.slug]):  # reached from there
        path = reverse("panel:journal", args=[panel.slug])
    here = max((url for _, url in items if path.startswith(url) and (url != home or path == home)), key=len, default="")
    return [{"words": words, "url": url, "current": url == here} for words, url in items]


def footer(panel):
    """The links at the foot of every page."""
    return [
        {"words": "Help", "url": reverse("help")},
        {"words": "What each role can see and do", "url": reverse("roles")},
        {"words": "Accessibility", "url": reverse("accessibility")},
        {"words": "Privacy", "url": reverse("privacy")},
    ]
