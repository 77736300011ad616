"""What pages show of a hearing beyond the common: the clock, the checklist, who can vote, what was decided."""

from django.urls import reverse

from hearings.facts import look_at
from hearings.models import Question
from hearings.procedure import checklist
from hearings.procedure.law import LAWS, NOTIFICATION, PERIOD, RESERVE_RULES
from hearings.procedure.posts import posts_of
from hearings.report.content import Report, docx, not_in_time
from panel.casework.offers import offers
from panel.files.spreadsheets import csv_lines
from panel.law import clock
from panel.law.period import day_words, long_date, plural
from panel.law.provisions import cite
from panel.pages.words import step_url
from panel.procedure.register import Tab

WITHOUT = "note_appointment_without_notification"
OFFICER = checklist.Item.who
SHOWN = {
    "done": ("Completed", None), "skipped": ("Skipped", None), "not_done": ("Not done", None),
    "progress": ("In progress", "blue"), "open": ("Not started", "blue"), "today": ("Due today", "yellow"),
    "late": ("Late", "red"), "unknown": ("Not recorded", None), "later": ("Cannot start yet", None),
}  # fmt: skip


def choices():
    """What can be logged, as groups of (words, link, note): each post under its Schedule, and appointments made without
    notification."""
    found = []
    for law in LAWS.values():
        rows = [(c.label, f"?under={law.key}&post={c.value}", c.hint) for c in posts_of(law.schedule)]
        found.append((law.words, rows))
    without = [
        (f"Under Schedule {law.schedule}", f"../{WITHOUT}/?under={law.key}", cite(*law.of(NOTIFICATION), capital=True))
        for law in LAWS.values()
    ]
    return [*found, ("The Panel was not notified, and somebody was appointed", without)]


TABS = (
    Tab("questions", lambda own: f"Questions ({len(own.look.facts.questions)})", "hearings/questions.html"),
    Tab("votes", lambda own: "Members and votes", "hearings/votes.html"),
    Tab("report", lambda own: "Report", "hearings/report_page.html"),
)


class Present:
    """One hearing for one person."""

    parts_words = "Candidates"
    own_dates = True
    never_first: frozenset[str] = frozenset()  # steps taken only when something comes in
    asked = ()  # steps that somebody is asked for without a duty
    stage_hints: dict = {}
    waiting = {"reported": "waiting for the Commissioner", "vetoed": "vetoed"}
    ways_out = "It can also end when the candidate withdraws or the Commissioner takes the proposal back."
    onward = {
        "begin_review", "arrange_hearing", "hold_hearing", "record_recommendation", "veto", "send_report", "pcc_accepts",
        "receive_information", "notify_reserve", "review_reserve", "hear_reserve", "report_reserve",
    }  # fmt: skip
    sees = False  # nobody's name is kept back

    def __init__(self, look):
        self.look, self.case, self.facts_of = look, look.case, look.facts

    def badges(self) -> list[dict]:
        """What marks the case."""
        found = [{"kind": "plain", "words": w} for w in self.case.flags]
        if self.facts_of.proposal and not self.facts_of.complete:
            found.append({"kind": "plain", "words": "Notification incomplete"})
        if self.case.restricted:
            found.append({"kind": "plain", "words": "Restricted"})
        if any(r.kind == "interested" for r in self.look.case_roles):
            found.append({"kind": "plain", "words": "Interest declared"})
        return found

    def facts(self) -> list[dict]:
        """Notified, hearing, report by, procedure: the identity bar."""
        f = self.facts_of
        p, m, today = f.proposal, f.meeting, self.look.today
        rows = []
        if p is not None:
            known = day_words(p.received_on) if p.received_on else f"Not known, by {day_words(self.case.received_on)}"
            rows.append({"label": "Notified", "value": known})
        else:
            rows.append({"label": "Learnt of", "value": day_words(self.case.received_on)})
        if m is not None:
            at = f" at {m.at}" if m.at else ""
            rows.append({"label": "Hearing", "value": f"{day_words(m.on)}{at}", "note": m.place})
        if p is not None and p.sent_on:
            rows.append({"label": "Report sent", "value": day_words(p.sent_on)})
        elif f.count is not None:
            left = (f.count.day - today).days
            note = (
                f"({plural(left, 'day')} left)"
                if left > 0
                else "(today)"
                if left == 0
                else f"({plural(-left, 'day')} late)"
            )
            opened = self.look.procedure.state(self.case.status).open
            rows.append(
                {
                    "label": "Report by",
                    "value": day_words(f.count.day),
                    "note": note if opened else "",
                    "late": left < 0 and opened,
                }
            )
        elif p is not None:
            rows.append({"label": "Report by", "value": "Not known"})
        rows.append({"label": "Procedure", "value": f"Schedule {f.law.schedule}"})
        return rows

    # The clock

    @property
    def clock(self) -> dict | None:
        """The heading, the bar and the details of the three weeks."""
        f, today = self.facts_of, self.look.today
        p = f.proposal
        if p is None:
            return None
        law = f.law
        if f.count is None:
            return {
                "heading": "The three weeks are not shown as running",
                "why": self._not_running(),
                "readings": self._readings(),
            }
        count = f.count
        running = self.look.procedure.state(self.case.status).open and not p.sent_on
        number = next((n.number for n in count.lines if n.day == today and n.number), None)
        to = f"report to the {self.look.names['commissioner']}"
        heading, late = "", False
        if p.sent_on:
            days = (p.sent_on - count.day).days
            how = (
                f"{plural(days, 'day')} after" if days > 0 else "on" if days == 0 else f"{plural(-days, 'day')} before"
            )
            heading = f"Reported on {day_words(p.sent_on)}, {how} the last day"
        elif not running:
            heading = f"The three weeks ran to {long_date(count.day)}"
        elif today == count.day:
            heading = f"Today is the last day: {to}"
        elif today > count.day:
            heading, late = (
                f"The three weeks ended on {day_words(count.day)}, {plural((today - count.day).days, 'day')} ago",
                True,
            )
        elif number:
            heading = f"Day {number} of 21: {to} by {long_date(count.day)}"
        else:
            heading = f"No day is counted now: {to} by {long_date(count.day)}"
        falls = f" The Panel reports by the last day. {not_in_time(law, self.look.names['commissioner'])}"
        falls = falls if running and not f.reserve else ""
        period = ("Sch 8 para 8", RESERVE_RULES[0]) if f.reserve else law.of(PERIOD)
        first = count.first_day
        return {
            "heading": heading, "late": late, "cells": self._cells(count), "words": self._bar_words(count),
            "why": f"Three weeks beginning with the day the Panel received the notification ({cite(*period)}).{falls}",
            "summary": f"See the 21 days, and why the count began on {first.day} {first:%B}",
            "began": self._began(count), "readings": self._readings(),
            "days": [
                {"day": f"Day {n.number}" if n.number else "Not counted", "words": long_date(n.day) + self._marks(n, count), "counted": bool(n.number)}
                for n in count.lines
            ],
        }  # fmt: skip

    def _not_running(self) -> str:
        p = self.facts_of.proposal
        if p.received_on is None and p.counted_from is None:
            return (
                "The papers do not say on which day the Panel was notified, so the last day for its report is not known "
                f"({cite(*self.facts_of.law.of(PERIOD))})."
            )
        if p.counted_from is None:
            why = f" {p.count_by}: {p.count_why}" if p.count_why else ""
            return f"The notification is incomplete, and it was decided that they do not run yet.{why}"
        return (
            f"They began on {day_words(p.counted_from)} and reach the poll of {day_words(p.poll_on)}: the last day is not known "
            f"until the person elected accepts office ({cite(*self.facts_of.law.of(PERIOD))})."
        )

    def _readings(self) -> list[str]:
        """Both readings, where the notification was incomplete when it came."""
        f = self.facts_of
        p = f.proposal
        came = [i.came_on for i in f.items.values() if i.came_on]
        if p.received_on is None or (f.complete and came and max(came) <= p.received_on):
            return []
        rows = []
        first = self._count_from(p.received_on)
        if first:
            rows.append(
                f"Counted from {day_words(p.received_on)}, when the notification was received, the last day is {day_words(first)}."
            )
        if f.complete and came:
            last = self._count_from(max(came))
            if last:
                rows.append(
                    f"Counted from {day_words(max(came))}, when the last of the four things came, it is {day_words(last)}."
                )
        else:
            rows.append("Counted from the day on which the last of the four things comes, it is not known yet.")
        return rows

    def _count_from(self, day):
        p = self.facts_of.proposal
        try:
            return clock.three_weeks(day, p.poll_on, p.accepted_on).day
        except ValueError:
            return None

    def _began(self, count) -> str:
        p = self.facts_of.proposal
        if p.count_why:
            return f"{p.count_by} decided that the count began on {day_words(p.counted_from)}: {p.count_why}"
        if count.first_day != p.counted_from:
            return f"The notification came on {day_words(p.counted_from)}, inside the post-election period, so the first day counted is {day_words(count.first_day)}."  # fmt: skip
        return f"The notification was received on {day_words(p.counted_from)}, with all four things: that day is day 1."

    def _cells(self, count) -> list[str]:
        m, today = self.facts_of.meeting, self.look.today
        cells = []
        for n in count.lines:
            if n.day == count.day:
                cells.append("last")
            elif n.number is None:
                cells.append("out")
            elif m is not None and n.day == m.on:
                cells.append("hearing")
            elif n.day == today:
                cells.append("today")
            else:
                cells.append("gone" if n.day < today else "ahead")
        return cells

    def _bar_words(self, count) -> list[dict]:
        m, today = self.facts_of.meeting, self.look.today
        by_day = {n.day: n.number for n in count.lines}
        first = count.first_day
        rows = [{"words": f"{first.day} {first:%B}, day 1"}]
        if by_day.get(today) and today not in (first, count.day):
            rows.append({"words": f"Today, day {by_day[today]}", "strong": True})
        if m is not None and by_day.get(m.on) and m.on != count.day:
            rows.append({"words": f"Hearing, day {by_day[m.on]}"})
        return [*rows, {"words": "Last day, day 21"}]

    def _marks(self, line, count) -> str:
        f = self.facts_of
        words = []
        if line.number is None:
            words.append(line.words)
        if f.proposal.received_on == line.day:
            words.append("notification received")
        if f.meeting is not None and line.day == f.meeting.on:
            words.append("hearing")
        if line.day == self.look.today:
            words.append("today")
        if f.proposal.sent_on == line.day:
            words.append("report sent")
        if line.day == count.day:
            words.append("last day")
        return f", {', '.join(words)}" if words else ""

    # The checklist

    @property
    def checklist(self) -> dict | None:
        """The task list in four stages."""
        look = self.look
        if self.facts_of.proposal is None:
            return None
        every = checklist.items(look)
        standing = {i.key: checklist.standing(look, i) for i in every}
        can = self._can()
        stages = []
        for n, heading in enumerate(checklist.STAGES):
            m = self.facts_of.meeting
            if n == 2 and m is not None:
                heading = f"{heading}, {day_words(m.on)}"
            rows = [self._item(i, standing[i.key], can) for i in every if i.stage == n]
            stages.append({"heading": heading, "items": rows})
        done = sum(s.state == "done" for s in standing.values())
        skipped = sum(s.state == "skipped" for s in standing.values())
        missed = sum(s.state == "not_done" for s in standing.values())
        heading = f"Checklist: {done} of {len(every)} done" + (f", {skipped} skipped" if skipped else "")
        return {"heading": heading + (f", {missed} not done" if missed else ""), "stages": stages}

    def _can(self) -> set[str]:
        if not hasattr(self, "_offered"):
            self._offered = {o.step.key for o in offers(self.look) if o.refusal is None}
        return self._offered

    def whose(self, item) -> str:
        """Who does it, in the panel's words: "The Commissioner"."""
        return f"The {self.look.names['commissioner'] if item.who == 'Commissioner' else item.who}"

    def _item(self, item, s, can) -> dict:
        words, colour = SHOWN[s.state]
        under = item.provision if item.who == OFFICER else f"{item.provision}. {self.whose(item)}"
        row = {
            "badge": {"kind": item.basis, "words": item.basis.capitalize(), "late": s.state == "late" and item.basis == "law"},
            "words": item.words, "note": f"{s.note}. {under}" if s.note else under,
        }  # fmt: skip
        row |= {"tag": {"words": words, "colour": colour}} if colour else {"status": words, "muted": s.state == "later"}
        if s.state == "later":
            return row
        if s.state in ("done", "skipped", "not_done"):
            row["url"] = reverse("panel:case-timeline", args=[self.case.panel.slug, "hearings", self.case.reference])
            return row
        if s.step in can:
            query = {"item": item.key} if s.step == "complete_item" else {}
            row["url"] = step_url(self.case, self.look.register, s.step, **query)
        if item.basis == "guidance" and "skip_item" in can and s.state in ("open", "progress"):
            row["other"] = {
                "words": "Skip it",
                "url": step_url(self.case, self.look.register, "skip_item", item=item.key),
            }
        elif item.basis == "law" and "note_not_done" in can and s.state in ("late", "unknown"):
            row["other"] = {
                "words": "Record that it was not done",
                "url": step_url(self.case, self.look.register, "note_not_done", item=item.key),
            }
        return row

    # Members and votes

    @property
    def forecast(self) -> dict | None:
        """Who could vote on a veto (Schedule 8, before a decision, and not on a reserve candidate); otherwise who can be
        at the meeting that is to come."""
        f = self.facts_of
        if f.proposal is None or f.own_resolutions or not self.look.procedure.state(self.case.status).open:
            return None
        found = f.forecast()
        if f.law.schedule != 8 or any(p.reserve for p in self.look.parts):
            if f.meeting is None or f.meeting.held:
                return None
            return {
                "heading": "Who can be there", "words": found.attend, "cannot": found.cannot, "members": found.members,
                "cannot_words": "Cannot be in the room",
            }  # fmt: skip
        return {
            "cannot_words": "Cannot vote", "quorum": found.attend if f.quorum else "",
            "heading": "If a veto is moved", "dots": found.dots, "words": found.words, "cannot": found.cannot,
            "under": f"Two thirds of all members in office, whether there or not ({cite('Sch 8 para 5')}).",
            "members": found.members,
        }  # fmt: skip

    @property
    def hearings(self) -> "list[Present]":
        """This hearing, then those of candidates before: each as if it were the only one."""
        f = self.facts_of
        earlier = [Present(look_at(self.look, p)) for p in reversed(f.proposals[:-1])]
        return [self, *(one for one in earlier if one.facts_of.meeting is not None)]

    @property
    def about(self) -> str:
        """Whom the hearing is about, where there were several: " on Gordon Stead"."""
        several = len(self.facts_of.proposals) > 1
        return f" on {' and '.join(self.facts_of.candidates)}" if several else ""

    @property
    def own_votes(self) -> list[dict]:
        """What was decided at this hearing."""
        return self._votes(self.facts_of.own_resolutions)

    @property
    def votes(self) -> list[dict]:
        """What the Panel decided on each candidate, with the votes."""
        return self._votes(self.facts_of.resolutions)

    def _votes(self, resolutions) -> list[dict]:
        found = []
        for r in resolutions:
            stats = []
            if r.votes_for is not None:
                present = r.votes_for + r.votes_against + r.abstained
                stats = [
                    {"number": r.votes_for, "words": "For"}, {"number": r.votes_against, "words": "Against"},
                    {"number": r.abstained, "words": "Abstained"},
                    {"number": r.in_office - present, "words": "Absent, or could not vote"},
                ]  # fmt: skip
            what = "Veto" if r.veto else r.get_recommendation_display()
            line = r.get_taken_display()
            if r.veto:
                said = "carried" if r.carried else "not carried"
                line = f"{r.votes_for} of {plural(r.in_office, 'member')} voted for the veto; it needed {r.needed}: {said}."
            if r.advisory:
                line += " The meeting had no quorum: it only advised."
            rows = [
                {"words": f"{v.member.name}: {v.get_cast_display().lower()}"}
                for v in r.votes.select_related("member").order_by("member__name")
            ]
            found.append(
                {
                    "heading": f"{r.person}: {what[0].lower()}{what[1:]}",
                    "line": line,
                    "stats": stats,
                    "by_name": rows,
                    "reasons": r.reasons,
                    "concerns": r.concerns,
                }
            )
        return found

    @property
    def members(self) -> list[dict]:
        """Every member of the day of the hearing, with how they attended or mean to."""
        f = self.facts_of
        m = f.meeting
        day = m.on if m else self.look.today
        rows = f.attended if m and m.held else f.expected
        found = []
        for member in f.members_on(day):
            row = rows.get(member.pk)
            how = row.get_how_display() if row else ("Absent" if m and m.held else "Has not said")
            if row and row.substitute:
                how = f"{how}: {row.substitute}"
            if row and row.expected and row.how == "room":
                how = "Can attend"
            council = member.council.name if member.council else member.get_kind_display()
            found.append({"cells": [{"words": member.name}, {"words": council}, {"words": how}]})
        return found

    member_columns = [{"words": w, "quiet": w == "Name"} for w in ("Name", "Council", "At the hearing")]

    @property
    def meeting_rows(self) -> list[dict]:
        """The meeting as it was."""
        return Report(self.look).meeting_rows()

    @property
    def themes(self) -> list[dict]:
        """The questions by theme."""
        found = self.facts_of.questions
        return [
            {"heading": theme.label, "questions": [q.text for q in found if q.theme == theme]}
            for theme in Question.Theme
            if any(q.theme == theme for q in found)
        ]

    @property
    def answers(self) -> list[dict]:
        """What was asked and answered."""
        return Report(self.look).answers()

    @property
    def plan_url(self) -> str:
        """Where questions are planned, for who may."""
        return step_url(self.case, self.look.register, "plan_questions") if "plan_questions" in self._can() else ""

    @property
    def report(self) -> Report:
        """The report to the Commissioner."""
        return Report(self.look)

    @property
    def reports(self) -> list[dict]:
        """The reports that can be had, the latest first, each with its addresses."""
        every = Report.every(self.look)
        args = [self.case.panel.slug, self.case.reference]
        return [
            {
                "words": r.short if len(every) > 1 else "",
                "word_url": reverse("panel:hearing-report", args=[*args, r.number, "docx"]),
                "page_url": reverse("panel:hearing-report", args=[*args, r.number, "html"]),
            }
            for r in every
        ]

    def files(self) -> list[tuple[str, str, bytes | str]]:
        """What goes with the case when it is packed whole: (name, what it is, content) of each report, and of members and
        votes, which have rows of their own."""
        found: list[tuple[str, str, bytes | str]] = [
            (f"report-{r.number}.docx", f"Report: {r.short}", docx(r)) for r in Report.every(self.look)
        ]
        seats, votes = [], []
        for one in reversed(self.hearings):
            f = one.facts_of
            if f.meeting is None or not f.meeting.held:
                continue
            who = " and ".join(f.candidates)
            seats += [[who, f.meeting.on, *(cell["words"] for cell in row["cells"])] for row in one.members]
            for r in f.own_resolutions:
                cast = list(r.votes.select_related("member").order_by("member__name"))
                votes.append([r.entry.on, str(r), r.votes_for, r.votes_against, r.abstained, r.in_office, r.needed, ""])
                votes += [
                    [r.entry.on, str(r), "", "", "", "", "", f"{v.member.name}: {v.get_cast_display()}"] for v in cast
                ]
        if seats:
            head = ("Candidate", "Hearing", "Member", "Council", "How")
            found.append(("members.csv", "Who was at each hearing", "".join(csv_lines(head, seats))))
        if votes:
            head = ("Decided", "On what", "For", "Against", "Abstained", "Members in office", "Needed", "Vote by name")
            found.append(("votes.csv", "What was decided, with the votes", "".join(csv_lines(head, votes))))
        return found

    # What every register gives

    def parts_table(self) -> dict:
        """The candidates, each with status, recommendation and decision."""
        rows = []
        for p in self.look.parts:
            state = self.look.procedure.state(p.status)
            note = f"Reserve candidate, after {p.earlier}" if p.reserve else ""
            rows.append({"cells": [
                {"words": p.name, "note": note}, {"tag": {"words": state.words, "colour": state.colour}},
                {"words": "Vetoed" if p.vetoed_on and not p.reserve else p.get_recommendation_display() or "None yet"},
                {"words": self.decision(p)},
            ]})  # fmt: skip
        columns = [
            {"words": w, "quiet": w == "Candidate"} for w in ("Candidate", "Status", "Recommendation", "Decision")
        ]
        return {"columns": columns, "rows": rows}

    def decision(self, p) -> str:
        """What became of it, in one line."""
        if p.appointed is None:
            return (
                "Not known yet"
                if self.look.procedure.state(p.status).open
                else self.look.procedure.state(p.status).words
            )
        words = "Appointed" if p.appointed else "Not appointed"
        words += f" from {day_words(p.appointed_from)}" if p.appointed_from else ""
        return words + (f", announced {day_words(p.announced_on)}" if p.announced_on else "")

    def summary(self) -> list[dict]:
        """The notification, the meeting and the report, as rows."""
        named = [r.user.name for r in self.look.case_roles if r.kind == "named"]
        restricted = [{"label": "Restricted to", "value": ", ".join(named)}] if self.case.restricted else []
        return [*Report(self.look).summary_rows(), *restricted]

    def words(self) -> str:
        """Nothing is quoted."""
        return ""

    def says(self) -> str:
        """One sentence on what is before the Panel."""
        names = " and ".join(p.name for p in self.look.parts)
        return f"{names} is proposed as {self.case.get_post_display()}."


def present(look) -> Present:
    """The hearing for the person who looks."""
    return Present(look)
