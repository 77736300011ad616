"""Pages that show every component with made-up data: what the look's tests render, and what one looks at.

PAGES[name](request) -> (template, context); urlpatterns serves them at /look/<name>/.
"""

from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path

from panel.accounts.forms import LoginForm
from tests.look import forms as f
from tests.look import samples as s

TEMPLATES = Path(__file__).parent / "templates"


def _page(number):
    return Paginator(range(250), 25).page(number)


PAGES = {
    "case": lambda: (
        "look/case.html",
        {
            "shell": s.OFFICER,
            "identity": s.IDENTITY,
            "tabs": s.TABS,
            "stages": s.STAGES,
            "below": s.BELOW,
            "next": s.NEXT,
            "cannot": s.CANNOT,
            "duties": s.DUTIES,
            "events": s.EVENTS,
            "allegations": s.ALLEGATIONS,
            "rows": s.SUMMARY,
            "all": {"words": "See all 11 events", "url": "#"},
        },
    ),
    "bare-case": lambda: (
        "look/case.html",
        {
            "shell": s.CHAIRMAN,
            "identity": {"reference": "EX-C-2026-0001", "title": "Ended", "facts": []},
            "tabs": [],
            "stages": [{"words": "Received", "state": "done"}],
            "below": "",
            "cannot": [],
            "duties": [],
            "next": {"nothing": "Waiting for Cllr Margaret Holt."},
            "events": [],
            "rows": [],
            "allegations": {"caption": "None", "columns": [], "rows": []},
            "all": None,
        },
    ),
    "home": lambda: (
        "look/home.html",
        {
            "shell": s.shell(current="Home"),
            "counts": s.COUNTS,
            "overdue": s.OVERDUE,
            "today": s.TODAY,
            "others": s.OTHERS,
        },
    ),
    "chairman": lambda: ("look/chairman.html", {"shell": s.CHAIRMAN, "decisions": s.DECISIONS}),
    "complaints": lambda: (
        "look/complaints.html",
        {"shell": s.OFFICER, "filters": f.FilterForm(), "table": s.LIST, "page": _page(4)},
    ),
    "step": lambda: (
        "look/step.html",
        {
            "shell": s.OFFICER,
            "form": f.ReferForm(f.REFER_WRONG),
            "cancel_url": "#",
            "bar": s.BAR,
            "facts": [
                {"label": "Status", "tag": {"words": "Received"}},
                {"label": "About", "value": "Daniel Ashcombe"},
                {"label": "Refer by", "value": "17 November 2026, 1 day late", "late": True},
            ],
        },
    ),
    "log": lambda: ("look/form.html", {"shell": s.OFFICER, "form": f.LogForm(), "heading": "Log a complaint"}),
    "log-errors": lambda: (
        "look/form.html",
        {"shell": s.OFFICER, "form": f.LogForm(f.LOG_TYPED), "heading": "Log a complaint"},
    ),
    "filter": lambda: (
        "look/filter.html",
        {"shell": s.CHAIRMAN, "form": f.RouteForm(initial={"route": "sub_panel"}), **s.READING},
    ),
    "filter-errors": lambda: (
        "look/filter.html",
        {"shell": s.CHAIRMAN, "form": f.RouteForm(f.ROUTE_WRONG), **s.READING},
    ),
    "history": lambda: (
        "look/history.html",
        {
            "shell": s.shell("Tom Whitlow", "auditor"),
            "identity": s.IDENTITY,
            "tabs": s.TABS,
            "entries": s.ENTRIES,
            "verified": s.VERIFIED,
            "failed": s.NOT_VERIFIED,
        },
    ),
    "others": lambda: (
        "look/others.html",
        {
            "shell": {**s.OFFICER, "panels": s.links("West Mercia"), "switch_url": "#"},
            "documents": s.DOCUMENTS,
            "stats": s.STATS,
            "clock": s.CLOCK,
            "dots": s.DOTS,
            "barred": [{"words": "Commissioner’s chief executive", "why": "it ends with recording"}],
            "checklist": s.CHECKLIST,
            "tasks": s.TASKS,
            "rows": s.SUMMARY,
            "duplicates": s.ALLEGATIONS,
        },
    ),
    "sign-in": lambda: (
        "account/login.html",
        {
            "shell": {"panel": s.OFFICER["panel"], "footer": s.OFFICER["footer"]},
            "form": _login(),
            "redirect_field": "",
            **s.DEMO,
        },
    ),
    "403": lambda: (
        "403.html",
        {
            "shell": s.shell("Tom Whitlow", "auditor", ""),
            "caption": "EX-C-2026-0019, Public meeting at Larkford",
            "exception": "Only the Chairman decides how a complaint is handled (paragraph 7, regulation 15). "
            "You are signed in as an auditor, who reads everything and changes nothing.",
            "back": {"words": "Go back to the case", "url": "#"},
        },
    ),
    "404": lambda: ("404.html", {"shell": s.shell(current="")}),
    "500": lambda: ("500.html", {}),
    "400": lambda: ("400.html", {}),
    "403_csrf": lambda: ("403_csrf.html", {}),
    "413": lambda: ("413.html", {}),
    "429": lambda: ("429.html", {}),
    "bare-403": lambda: ("403.html", {}),
    "bare-404": lambda: ("404.html", {}),
}


def _login():
    return LoginForm({"login": "", "password": ""})


def look(request, name):
    template, context = PAGES[name]()
    if name == "case":
        messages.success(request, "Recorded. Priya Nair has been told.")
    return render(request, template, context)


look.login_required = False  # made-up data; read by LoginRequiredMiddleware


def index(request):
    return HttpResponse("".join(f'<a href="/look/{name}/">{name}</a> ' for name in PAGES))


index.login_required = False

urlpatterns = [
    path("look/", index),
    path("look/<str:name>/", look),
    path("accounts/", include("allauth.urls")),
    *[
        path(f"{name}/", index, name=name)
        for name in ("start", "help", "roles", "accessibility", "privacy", "choose-panel")
    ],
]
