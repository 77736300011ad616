"""Help by task: five short pages, each with a picture of the page it is about, and the tables of states behind them."""

from contextlib import nullcontext
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from panel.access import rules
from panel.law.roles import GRANTED, Role
from panel.law.spoken import say, speaking
from panel.pages.roles_page import states_tables


@dataclass(frozen=True)
class Task:
    """Something that people do: for whom, in which steps, and what its picture shows."""

    key: str
    title: str
    whose: tuple[Role, ...]
    first: str  # what it is for, in one sentence
    steps: tuple[str, ...]
    shows: str  # what the picture shows
    then: str  # what is seldom thought of

    @property
    def picture(self) -> str:
        """Its file among the static files."""
        return f"panel/help/{self.key}.png"


OFFICER, CHAIRMAN, MO = Role.OFFICER, Role.CHAIRMAN, Role.MONITORING_OFFICER
TASKS = (
    Task(
        "log", "Log a complaint that came by email", (OFFICER, MO),
        "The email fills the form, you check it, and the complaint has its reference and its days.",
        (
            "Open Complaints and press “Log a complaint”. Drop the email there, with whatever came beside it, and continue. "
            "Without a file, choose to type it in.",
            "Check each answer against the email beside it. Give a short title without the complainant’s name, and one "
            "allegation for each thing complained of.",
            "Continue. The page shows complaints that look similar: it is one of its own, or it belongs to one of them.",
            "Press “Log the complaint”. Its page says what is due next and by when.",
        ),
        "Where logging begins: a box for the email or letter, and a link to type it in.",
        "Logging is not recording: that is the next step, and a decision of its own.",
    ),
    Task(
        "decide", "Decide as Chairman", (CHAIRMAN, Role.VICE_CHAIRMAN),
        "Everything you need to decide how a complaint is handled stands on one page.",
        (
            "Your home page lists the decisions that wait for you. Open one.",
            "Read what is on the left: the allegations, the officer’s note and the Monitoring Officer’s advice.",
            "Choose how it is handled. To take no action, or to handle it in another way, needs both parts of the test and a "
            "ground, with your reasons.",
            "Continue. The page says exactly what will happen. Confirm, or change an answer.",
        ),
        "The decision, with what to read on the left and the choices on the right.",
        "If you have an interest, declare it on the case: the Vice-Chairman then decides.",
    ),
    Task(
        "prove", "Prove who decided what", (MO, Role.AUDITOR),
        "Every step, every change and every opening is kept and sealed; what was changed behind the application’s back is "
        "found.",
        (
            "Open the case, then History: who changed what, from what to what, when, why and under which provision.",
            "“Who has seen this” lists everybody who opened it. For all cases, open History in the menu.",
            "Above the history stands whether it is as it was sealed. For the whole record, whoever runs the server takes "
            "“verify_audit”, with the heads that were noted outside.",
            "Download the whole case as one file for a court or the IOPC.",
        ),
        "The history of a case: each act with its changes, its author and its reasons.",
        "What was typed for somebody else says both who decided and who typed it.",
    ),
    Task(
        "hearing", "Prepare a hearing", (OFFICER,),
        "From the notification of an appointment to the report, with the three weeks counted for you.",
        (
            "Open Hearings and log the notification: the post, the candidate, and the day on which it came.",
            "The page shows the last day of the three weeks, and a checklist of what is needed before the meeting.",
            "Arrange the hearing for a meeting of the Panel; plan the questions, and print the sheet for the Chairman.",
            "Enter who was there and what was recommended, write the report, and send it to the Commissioner.",
        ),
        "A hearing: how the three weeks run, what can be done next, and the checklist.",
        "For a chief constable the Panel may veto, by two thirds of all its members.",
    ),
    Task(
        "report", "The year’s report", (OFFICER, MO),
        "The figures are counted from the record; you add the words and issue it.",
        (
            "Open Annual report and choose the year, and as the record stood on which day.",
            "Read the figures on the right: each opens the cases behind it. The text on the left begins from them.",
            "Change what you like. “Check the paper” looks for names and shows it as it will lie in the agenda.",
            "Issue it. It is kept as it went out, in Word, PDF and as a page; a later version is another one.",
        ),
        "The report: its text on the left, the figures that it explains on the right.",
        "A complaint counts in the year in which it was received, a decision in the year in which it took effect.",
    ),
)  # fmt: skip


def in_own_words(request):
    """Within it words are those of the person's panel, where they have one alone."""
    panels = list(rules.panels(request.user)[:2]) if request.user.is_authenticated else []
    return speaking(panels[0].words) if len(panels) == 1 else nullcontext()


def row(task: Task) -> dict:
    """A task as a link, with for whom it is."""
    whose = ", ".join(role.words for role in task.whose)
    note = f"{say(whose[:1].upper() + whose[1:])}. {say(task.first)}"
    return {"words": say(task.title), "url": reverse("help-task", args=[task.key]), "note": note}


@login_not_required
@require_safe
def help_page(request):
    """The tasks, how a complaint goes, what each role finds, whom to ask."""
    with in_own_words(request):
        roles = [{"label": say(role.words[:1].upper() + role.words[1:]), "value": say(role.sees)} for role in GRANTED]
        return render(request, "site/help.html", {"roles": roles, "tasks": [row(task) for task in TASKS]})


@login_not_required
@require_safe
def help_task(request, key):
    """One task: its steps, with a picture."""
    task = next((t for t in TASKS if t.key == key), None)
    if task is None:
        raise Http404
    with in_own_words(request):
        context = {
            "task": task, "title": say(task.title), "first": say(task.first), "steps": [say(s) for s in task.steps],
            "shows": say(task.shows), "then": say(task.then), "others": [row(t) for t in TASKS if t is not task],
        }  # fmt: skip
        return render(request, "site/help_task.html", context)


@login_not_required
@require_safe
def help_states(request):
    """What every state means, in the words of the procedures."""
    with in_own_words(request):
        return render(request, "site/help_states.html", {"registers": states_tables()})


urls = [
    path("", help_page, name="help"),
    path("states/", help_states, name="help-states"),
    path("<slug:key>/", help_task, name="help-task"),
]
