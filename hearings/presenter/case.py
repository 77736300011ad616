"""One hearing for one person: what the shared pages of a case, and the templates of hearings, ask of it."""

from functools import cached_property

from django.urls import reverse

from hearings.facts import look_at
from hearings.keys import StateKey, StepKey
from hearings.models import Question
from hearings.presenter.checklist import task_list
from hearings.presenter.clock import Clock
from hearings.presenter.outcome import became_rows
from hearings.presenter.overview import candidates_table, identity_rows, meeting_rows, summary_rows
from hearings.presenter.packed import packed_files
from hearings.presenter.people import MEMBER_COLUMNS, forecast_shown, members_shown, votes_shown
from hearings.presenter.planned import plan_shown
from hearings.presenter.reports import ReportShown
from hearings.report.answers import by_candidate
from hearings.report.content import Report
from hearings.report.frozen import copies, made_to_send
from panel.casework.offers import offers
from panel.files import paper, pdf
from panel.law.roles import DECLARATIONS
from panel.pages.words import step_url
from panel.procedure.register import Tab

TABS = (
    Tab("questions", lambda own: f"Questions ({len(own.look.facts.questions)})", "hearings/questions.html"),
    Tab("votes", lambda own: "Members and votes", "hearings/votes.html"),
    Tab("report", lambda own: "Report", "hearings/report_page.html"),
)


class HearingPresenter:
    """One hearing for one person. Names without a verb are what templates read; the pages share the others."""

    parts_words = "Candidates"
    own_dates = True
    never_first: frozenset[str] = frozenset()  # steps taken only when something comes in
    asked = ()  # steps that somebody is asked for without a duty
    stage_hints: dict = {}
    waiting = {"reported": "waiting for the Commissioner", "vetoed": "vetoed"}
    ways_out = "It can also end when the candidate withdraws or the Commissioner takes the proposal back."
    onward = {
        "begin_review",
        "record_notification",
        "plan_day",
        "arrange_hearing",
        "hold_hearing",
        "record_recommendation",
        "veto",
        "send_report",
        "pcc_accepts",
        "receive_information",
        "notify_reserve",
        "review_reserve",
        "hear_reserve",
        "report_reserve",
    }
    sees = False  # nobody's name is kept back
    member_columns = MEMBER_COLUMNS

    def __init__(self, look):
        self.look, self.case, self.facts_of = look, look.case, look.facts

    @cached_property
    def can_take(self) -> set[str]:
        """The steps that the person can take now."""
        return {offer.step.key for offer in offers(self.look) if offer.refusal is None}

    # What every register gives

    def badges(self) -> list[dict]:
        """What marks the case."""
        words = list(self.case.flags)
        several = len(self.look.parts) > 1
        for part in self.look.parts:
            if part.became:
                said = f"{part.name}: {part.became[:1].lower()}{part.became[1:]}" if several else part.became
                words.append(said)
        if self.facts_of.proposal and not self.facts_of.complete:
            words.append("Notification incomplete")
        if self.case.restricted:
            words.append("Restricted")
        if any(role.kind in DECLARATIONS for role in self.look.case_roles):
            words.append("Interest declared")
        return [{"kind": "plain", "words": said} for said in words]

    def facts(self) -> list[dict]:
        """The identity bar."""
        return identity_rows(self.look)

    def parts_table(self) -> dict:
        """The candidates."""
        return candidates_table(self.look)

    def summary(self) -> list[dict]:
        """The notification, the meeting and the report, as rows."""
        named = [role.user.name for role in self.look.case_roles if role.kind == "named"]
        restricted = [{"label": "Restricted to", "value": ", ".join(named)}] if self.case.restricted else []
        return [*summary_rows(self.look), *restricted]

    def words(self) -> str:
        """Nothing is quoted."""
        return ""

    def says(self) -> str:
        """One sentence on what is before the Panel."""
        if self.facts_of.proposal is None:
            return f"{self.look.parts[0].name} was appointed {self.case.get_post_display()}, and the Panel was not notified."
        names = " and ".join(part.name for part in self.look.parts)
        return f"{names} is proposed as {self.case.get_post_display()}."

    def files(self) -> list[tuple[str, str, bytes | str]]:
        """What goes with the case when it is packed whole."""
        return packed_files(self.look, [one.look for one in reversed(self.hearings)])

    # The overview

    @property
    def clock(self) -> dict | None:
        """The three weeks; None where the Panel was not notified."""
        return Clock(self.look).shown() if self.facts_of.proposal is not None else None

    @property
    def plan(self) -> dict | None:
        """Which days fit, while nothing is notified."""
        return plan_shown(self.look) if self.case.status == StateKey.PLANNED else None

    @property
    def ended(self) -> bool:
        """Whether it has come to its end."""
        return not self.look.procedure.state(self.case.status).open and self.facts_of.proposal is not None

    @property
    def became(self) -> list[dict]:
        """What became of it, as rows."""
        return became_rows(self.look)

    @property
    def checklist(self) -> dict | None:
        """The task list in four stages; None where the Panel was not notified."""
        return task_list(self.look, self.can_take) if self.facts_of.proposal is not None else None

    @property
    def forecast(self) -> dict | None:
        """Who could vote on a veto, or can be at the meeting."""
        return forecast_shown(self.look)

    @property
    def votes(self) -> list[dict]:
        """What the Panel decided on each candidate, with the votes."""
        return votes_shown(self.facts_of.resolutions)

    # The pages of a hearing, which show each of several

    @property
    def hearings(self) -> "list[HearingPresenter]":
        """This hearing, then those of candidates before: each as if it were the only one."""
        earlier = [HearingPresenter(look_at(self.look, p)) for p in reversed(self.facts_of.proposals[:-1])]
        return [self, *(one for one in earlier if one.facts_of.meeting is not None)]

    @property
    def about(self) -> str:
        """Whom the hearing is about, where there were several: " on Gordon Stead"."""
        several = len(self.facts_of.proposals) > 1
        return f" on {' and '.join(self.facts_of.candidates)}" if several else ""

    @property
    def own_votes(self) -> list[dict]:
        """What was decided at this hearing."""
        return votes_shown(self.facts_of.own_resolutions)

    @property
    def members(self) -> list[dict]:
        """Every member of the day of the hearing, with how they attended or mean to."""
        return members_shown(self.look)

    @property
    def meeting_rows(self) -> list[dict]:
        """The meeting as it was."""
        return meeting_rows(self.look)

    @property
    def themes(self) -> list[dict]:
        """The questions by theme."""
        planned = self.facts_of.questions
        return [
            {
                "heading": theme.label,
                "questions": [
                    {
                        "words": question.text,
                        "note": ", ".join(said for said in (question.asked_by, criterion_words(question)) if said),
                        "asked": {True: "Asked", False: "Planned, not asked", None: ""}[question.asked],
                    }
                    for question in planned
                    if question.theme == theme
                ],
            }
            for theme in Question.Theme
            if any(question.theme == theme for question in planned)
        ]

    @property
    def sheet_url(self) -> str:
        """The plan as a sheet to print."""
        if not self.facts_of.questions:
            return ""
        return reverse("panel:hearing-sheet", args=[self.case.panel.slug, self.case.reference])

    @property
    def answers(self) -> list[dict]:
        """What was asked and answered."""
        return by_candidate(self.look)

    @property
    def plan_url(self) -> str:
        """Where questions are planned, for who may."""
        return (
            step_url(self.case, self.look.register, StepKey.PLAN_QUESTIONS) if "plan_questions" in self.can_take else ""
        )

    # The report

    def report_to_send(self, parts, **more) -> dict:
        """The columns of the report on these candidates as it goes out now. Steps ask it of the register's presenter: the
        paper stands above them."""
        return made_to_send(self.look, parts, **more)

    @cached_property
    def copies(self) -> list:
        """The reports that can be had, the latest first."""
        return [copy for copy in copies(self.look) if copy.ready]

    @property
    def reports(self) -> list[ReportShown]:
        """The reports that can be had, the latest first, each with its addresses and what has changed since."""
        return [ReportShown(self.look, copy, pdf.can_be_made()) for copy in self.copies]

    @property
    def shown_report(self) -> dict | None:
        """The latest report, as the page shows it; before the Panel has decided, what it would say so far."""
        copy = self.copies[0] if self.copies else None
        shown = copy.paper if copy else Report(self.look).paper() if self.facts_of.proposal is not None else None
        return {"paper": shown, "blocks": paper.shown(shown)} if shown is not None else None


def criterion_words(question) -> str:
    """ "criterion 2"."""
    return f"criterion {question.criterion}" if question.criterion else ""
