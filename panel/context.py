"""What every page's shell shows: panel, person, navigation, footer."""

from django.urls import reverse

from panel import access
from panel.registers import REGISTERS

# (words, url name, action): shown when the rule book lets the person
NAVIGATION = (
    ("Home", "panel:home", "home.view"),
    ("Panel", "panel:people", "people.view"),
    ("Settings", "panel:settings", "settings.view"),
    ("Annual report", "panel:report", "report.view"),
    ("History", "panel:journal", "journal.view"),
)
# Chairman and members have few pages, an administrator other ones (pages.md): what they do not need is left out.
LEFT_OUT = {
    "chairman": {"Panel", "Settings", "History"},
    "vice_chairman": {"Panel"},
    "member": {"Panel"},
    "administrator": {"History"},
}


def shell(request):
    """The context of templates/base.html. Signed out, or outside a panel, most of it is missing."""
    panel, who = getattr(request, "panel", None), getattr(request, "who", None)
    user = getattr(request, "user", None)
    found = {"footer": footer(panel), "panels": [], "roles_url": reverse("roles"), "home_url": reverse("start")}
    if user is not None and user.is_authenticated:
        found["person"] = {"name": user.name, "role": who.words if who else ""}
        found["switch_url"] = reverse("choose-panel")
    if panel is not None and who is not None:
        found["panel"] = {
            "name": panel.name,
            "slug": panel.slug,
            "host": panel.host_authority,
            "url": reverse("panel:home", args=[panel.slug]),
        }
        found["nav"] = navigation(request, panel, who)
        if who.panels - {panel.pk}:
            found["panels"] = access.panels(user).exclude(pk=panel.pk)
    return {"shell": found}


def navigation(request, panel, who):
    """The service navigation: what the rule book lets the person open, the registers after Home."""
    items = []
    left_out = set.intersection(*[LEFT_OUT.get(r.value, set()) for r in who.roles]) if who.roles else set()
    for words, name, action in NAVIGATION:
        if access.may(who, action) and words not in left_out:
            items.append((words, reverse(name, args=[panel.slug])))
        if words == "Home" and access.may(who, "case.list"):
            items += [(r.words, reverse("panel:cases", args=[panel.slug, r.slug])) for r in REGISTERS.values()]
    if left_out:
        items.append(("Help", reverse("help")))
    home, users = (reverse(name, args=[panel.slug]) for name in ("panel:home", "panel:users"))
    path = reverse("panel:people", args=[panel.slug]) if request.path.startswith(users) else request.path
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
