"""The Panel's report to the Commissioner: one set of sections, shown as a page and made as a Word file."""

from functools import cached_property

from docx.shared import Cm

from hearings.facts import look_at
from hearings.models import Attendance, Hearing, Meeting, NotificationItem
from hearings.procedure import checklist
from hearings.procedure.law import DECISION, FALLS, PERIOD, PUBLICATION, RESERVE_RULES, REVIEW
from hearings.procedure.posts import flags_of, title
from panel.access import rules
from panel.files.word import WordFile
from panel.law.clock import participation
from panel.law.period import day_words, plural
from panel.law.provisions import cite
from panel.record.heads import head, printed

WIDTHS = {2: (Cm(5), Cm(11)), 3: (Cm(6.5), Cm(2.5), Cm(7))}  # of a table's columns, by how many
DECISIONS = {"pcc_accepts": "accepted", "pcc_rejects": "rejected"}


class Report:
    """What the report says of one hearing. Sections: (heading, [block]); a block is a text, or a table as a dict."""

    def __init__(self, look, number=None):
        self.number = number or len(look.facts.proposals)
        earlier = self.number < len(look.facts.proposals)
        self.look = look_at(look, look.facts.proposals[self.number - 1]) if earlier else look
        self.facts, self.case = self.look.facts, look.case
        self.pcc = look.names["commissioner"]

    @classmethod
    def every(cls, look) -> "list[Report]":
        """The report on each notification that the Panel has decided on, the latest first."""
        found = [cls(look, n) for n in range(len(look.facts.proposals), 0, -1)]
        return [r for r in found if r.ready]

    @property
    def title(self) -> str:
        """The report's title."""
        said = title(self.facts.candidates, self.case.post, flags_of(self.case))
        return f"Report on the proposed appointment: {said}"

    @property
    def short(self) -> str:
        """Which report it is, where a hearing has several."""
        return self.facts.report_words

    @property
    def ready(self) -> bool:
        """Whether the Panel has decided, so that there is something to report."""
        return any(self.facts.decided(p) for p in self.look.parts)

    @property
    def closing(self) -> str:
        """The last line: the head of the record when this copy is made."""
        return printed(head(self.look.panel))

    @property
    def under(self) -> tuple[str, ...]:
        """The provisions under which the Panel reports: of a reserve candidate others than of the first."""
        law = self.facts.law
        if self.facts.reserve:
            return ("Sch 8 para 8", RESERVE_RULES[0])
        veto = ("Sch 8 para 5",) if any(r.veto for r in self.facts.own_resolutions) else ()
        return law.of(REVIEW, *veto, PERIOD)

    def intro(self) -> list[str]:
        """Who reports to whom, and under what."""
        panel = self.look.panel
        sent = self.facts.proposal.sent_on if self.facts.proposal else None
        lines = [
            f"From the {panel.name} to the Police and Crime {self.pcc}." if self.pcc == "Commissioner" else f"From the {panel.name} to the {self.pcc}.",
            f"Made under {cite(*self.under)}. Reference {self.case.reference}.",
        ]  # fmt: skip
        lines.append(f"Sent on {day_words(sent)}." if sent else "Draft: not sent yet.")
        return lines

    def sections(self) -> list[tuple[str, list]]:
        """Every section in order."""
        return [
            ("What the Panel decided", self.decided()),
            ("What was notified, and when", self.notified()),
            ("The hearing", self.hearing()),
            ("What the Panel considered", self.considered()),
            ("How the Panel decided", self.how()),
            ("What was not done, or is not on record", self.did_not_happen()),
            ("What follows", self.follows()),
        ]

    def decided(self) -> list:
        """Recommendation or veto on each candidate, with reasons."""
        found: list = []
        for p in self.look.parts:
            r = self.facts.decided(p)
            if r is None:
                found.append(f"{p.name}: nothing is decided yet.")
            elif r.veto:
                found.append(
                    f"The Panel has vetoed the appointment of {r.person} as {self.case.get_post_display()} ({cite('Sch 8 para 5')})."
                )
            else:
                said = "be appointed" if r.recommendation == "appoint" else "not be appointed"
                found.append(f"The Panel recommends that {r.person} {said} as {self.case.get_post_display()}.")
                if r.advisory:
                    found.append("The meeting had no quorum, so this is advice and not the Panel’s own decision.")
            if r is not None and r.reasons:
                found.append(f"Reasons: {r.reasons}")
            if r is not None and r.concerns:
                found.append(f"Concerns: {r.concerns}")
        return found

    def notified(self) -> list:
        """The four things with their days; the three weeks."""
        f = self.facts
        p = f.proposal
        if p is None:
            return ["The Panel was not notified."]
        rows = []
        for kind in checklist_kinds():
            item = f.items.get(kind)
            day = (
                "Has not come"
                if item is None
                else day_words(item.came_on)
                if item.came_on
                else "Came; the papers do not say when"
            )
            rows.append([kind.label, day])
        known = f"The Panel received the notification on {day_words(p.received_on)}." if p.received_on else (
            "The papers do not say on which day the Panel received the notification."
        )  # fmt: skip
        found: list = [
            known,
            {"caption": f"What the {self.pcc} supplied", "columns": ["What", "Came on"], "rows": rows},
        ]
        if f.count is not None:
            found.append(f.count.explanation)
            if p.count_why:
                found.append(
                    f"{p.count_by} decided that the three weeks count from {day_words(p.counted_from)}: {p.count_why}"
                )
        return found

    def hearing(self) -> list:
        """The meeting, who was there, interests, exempt session."""
        m = self.facts.meeting
        if m is None or not m.held:
            return ["No hearing has been held."]
        where = f" at {m.place}" if m.place else ""
        public = {True: "in public", False: "not in public", None: ""}[m.in_public]
        found: list = [
            f"The confirmation hearing was held on {day_words(m.on)}{where}{', ' + public if public else ''}."
        ]
        if m.chair:
            found.append(f"Chaired by {m.chair}.")
        quorum = self.facts.quorum
        counted = f" {self.facts.in_room} were in the room; the quorum is {quorum}." if quorum else ""
        found.append(
            {
                "yes": f"There was a quorum.{counted}",
                "no": f"There was no quorum.{counted}",
                "unknown": "The papers do not say whether there was a quorum.",
            }[m.quorate or "unknown"]
        )
        by_how: dict[str, list[str]] = {}
        for a in sorted(self.facts.attended.values(), key=lambda a: a.member.name):
            name = f"{a.substitute} for {a.member.name}" if a.substitute else a.member.name
            by_how.setdefault(a.how, []).append(name)
        rows = [[Attendance.How(k).label, ", ".join(by_how[k])] for k in Attendance.How.values if k in by_how]
        if rows:
            found.append({"caption": "Members", "columns": ["How", "Who"], "rows": rows})
        if m.others:
            found.append(f"Others present: {m.others}")
        interests = self._answer("interests")
        found.append(f"Interests declared: {interests}" if interests else "No interest was declared.")
        came = {
            True: "The candidate appeared and answered questions.",
            False: "The candidate did not appear.",
            None: "",
        }[m.candidate_came]
        if came:
            found.append(came)
        resolved = self._answer("exempt_resolution")
        found.append({
            "carried": f"The public was excluded by resolution for part of it (Local Government Act 1972, Schedule 12A, paragraph {m.exempt_paragraph or '1'})."
            + (f" The resolution: {resolved}" if resolved else ""),
            "lost": "A motion to exclude the public was lost, so the item stayed open.",
            "none": "No motion to exclude the public was moved.", "": "",
        }[m.exempt])  # fmt: skip
        return [x for x in found if x]

    def _answer(self, name) -> str:
        held = [e for e in self.look.in_force if e.step in ("hold_hearing", "hear_reserve") and self.facts.during(e.pk)]
        return held[-1].answers.get(name, "") if held else ""

    def answers(self) -> list[dict]:
        """Questions and answers of each candidate, as noted."""
        found = []
        for p in self.look.parts:
            texts = []
            for e in self.look.in_force:
                if not self.facts.during(e.pk):  # the hearing of another candidate
                    continue
                if e.step in ("hold_hearing", "hear_reserve", "note_answers") and e.answers.get(f"answers_{p.number}"):
                    texts.append(e.answers[f"answers_{p.number}"])
            if texts:
                name = p.name if self.facts.next_proposal is None else " and ".join(self.facts.candidates)
                found.append({"heading": name, "texts": texts})
        return found

    def considered(self) -> list:
        """Questions by theme, and what was answered."""
        found: list = []
        themes: dict[str, list[str]] = {}
        for q in self.facts.questions:
            themes.setdefault(q.get_theme_display(), []).append(q.text)
        if themes:
            rows = [[theme, "\n".join(texts)] for theme, texts in themes.items()]
            found.append({"caption": "Questions planned", "columns": ["Theme", "Questions"], "rows": rows})
        for a in self.answers():
            found.append(f"{a['heading']}:")
            found += [line for text in a["texts"] for line in text.splitlines() if line.strip()]
        return found or ["The record has no questions and answers."]

    def how(self) -> list:
        """By whom, and the votes."""
        found: list = []
        for p in self.look.parts:
            r = self.facts.decided(p)
            if r is None:
                continue
            found.append(
                f"{r.person}: {r.get_taken_display()[0].lower()}{r.get_taken_display()[1:]}, by the Panel, on {day_words(r.entry.on)}."
            )
            if r.votes_for is not None:
                absent = r.in_office - r.votes_for - r.votes_against - r.abstained
                found.append({
                    "caption": f"Votes on {r.person}", "columns": ["Vote", "Members"],
                    "rows": [["For", str(r.votes_for)], ["Against", str(r.votes_against)], ["Abstained", str(r.abstained)],
                             ["Absent, or could not vote", str(absent)]],
                })  # fmt: skip
            if r.veto:
                found.append(
                    f"{plural(r.in_office, 'person')} were members of the Panel at the time. Two thirds of them is {r.needed}: {r.votes_for} voted for the veto.".replace(
                        "persons", "people"
                    )
                )
            by_name = list(r.votes.select_related("member").order_by("cast", "member__name"))
            if by_name:
                found.append(
                    {
                        "caption": f"How each member voted on {r.person}",
                        "columns": ["Member", "Vote"],
                        "rows": [[v.member.name, v.get_cast_display()] for v in by_name],
                    }
                )
        return found or ["The Panel has not decided."]

    def did_not_happen(self) -> list:
        """What the checklist has as skipped, missed or late."""
        rows = [[i.words, i.basis.capitalize(), self.why_not(s)] for i, s in checklist.did_not_happen(self.look)]
        if not rows:
            return ["Everything on the checklist up to the hearing is recorded as done."]
        return [{"caption": "Of the checklist", "columns": ["What", "Whose rule", "What is on record"], "rows": rows}]

    @staticmethod
    def why_not(standing) -> str:
        """Why an item is not done, as far as the record says."""
        if standing.state in ("skipped", "not_done", "unknown", "late"):
            return standing.note or "The record does not say"
        return "Not recorded as done" + (f": {standing.note[0].lower()}{standing.note[1:]}" if standing.note else "")

    def follows(self) -> list:
        """What the Commissioner does next, or did; publication; what follows where the report is not in time."""
        law, p, after = self.facts.law, self.facts.proposal, self.facts.next_proposal
        found = []
        if any(r.veto for r in self.facts.own_resolutions):
            found.append(
                f"The {self.pcc} must not appoint the candidate and proposes a reserve candidate ({cite('Sch 8 para 8', '2012/2271 Part 3')})."
            )
            if after is not None:
                came = f" on {day_words(after.received_on)}" if after.received_on else ""
                found.append(f"A reserve candidate was notified to the Panel{came}.")
        else:
            found.append(
                f"The {self.pcc} may accept or reject the recommendation and must notify the Panel of the decision ({cite(*law.of(DECISION))})."
            )
            found += self.decision()
        found.append(self.if_not_in_time())
        if p and p.published_on:
            found.append(f"Published on {day_words(p.published_on)}: {p.published_where}.")
        else:
            found.append(
                f"The Panel publishes this report ({cite(*law.of(PUBLICATION))}). Guidance suggests five working days after it is sent."
            )
        return [x for x in found if x]

    def decision(self) -> list[str]:
        """Whether the recommendation on each candidate was accepted, when that was announced and notified, and what
        became of the appointment."""
        found = []
        for part in self.look.parts if self.facts.next_proposal is None else ():
            told = next((e for e in reversed(self.look.in_force) if e.step in DECISIONS and part.pk in {m.part_id for m in e.moves.all()}), None)  # fmt: skip
            if part.status not in DECISIONS.values() or told is None:
                continue
            said = f"The {self.pcc} {DECISIONS[told.step]} the recommendation on {part.name}"
            said += f", announced it on {day_words(part.announced_on)}" if part.announced_on else ""
            found.append(f"{said}, and notified the Panel on {day_words(told.on)}.")
            words = "appointed" if part.appointed else "did not appoint"
            start = f" from {day_words(part.appointed_from)}" if part.appointed_from else ""
            found.append(f"The {self.pcc} {words} {part.name}{start}.")
        return found

    def if_not_in_time(self) -> str:
        """What follows where no report is given within the three weeks; nothing, where it was."""
        count, p = self.facts.count, self.facts.proposal
        late = bool(p and p.sent_on and count and p.sent_on > count.day)
        if p is None or self.facts.reserve or (p.sent_on and not late):
            return ""
        said = "The Panel reports within three weeks."
        if late:
            said = f"The report was sent {plural((p.sent_on - count.day).days, 'day')} after the three weeks."
        elif count:
            said = f"The Panel reports within three weeks, here by {day_words(count.day)}."
        return f"{said} {not_in_time(self.facts.law, self.pcc)}"

    # The case page's own

    def meeting_rows(self) -> list[dict]:
        """The meeting, as rows."""
        m = self.facts.meeting
        if m is None:
            return []
        rows = [{"label": "Day", "value": day_words(m.on) + (f" at {m.at}" if m.at else "")}]
        extra = [
            ("Place", m.place), ("Candidate attends", {True: "By video", False: "In person", None: ""}[m.remote]), ("Agenda published", day_words(m.agenda_on) if m.agenda_on else ""),
            ("Why urgent", m.urgent_why), ("Public may ask to take part until", self._participation(m)),
            ("Chaired by", m.chair), ("Quorum", self._quorum(m)),
            ("In public", {True: "Yes", False: "No", None: ""}[m.in_public]), ("Exempt session", self._exempt(m)),
            ("Also at this meeting", self.same_meeting()), ("Others present", m.others), ("Interests declared", self._answer("interests")),
        ]  # fmt: skip
        return rows + [{"label": k, "value": v} for k, v in extra if v]

    def _participation(self, m) -> str:
        """By when the public must ask to take part, where the panel has such a rule and the meeting is to come."""
        hour = self.look.settings_on(m.on).participation_hour
        if m.held or hour is None:
            return ""
        found = participation(m.on, hour)
        return f"{day_words(found.day)} at {found.at:%H:%M}"

    def _quorum(self, m) -> str:
        if not m.held:
            return str(self.facts.quorum or "")
        counted = f": {self.facts.in_room} in the room, {self.facts.quorum} needed" if self.facts.quorum else ""
        return m.get_quorate_display() + counted

    def _exempt(self, m) -> str:
        if m.exempt != "carried":
            return m.get_exempt_display()
        return f"Carried, Schedule 12A paragraph {m.exempt_paragraph or '1'}"

    def _came(self, item) -> str:
        """One of the four things, with the day it came and the documents that came with it, of those one may open."""
        day = f", {day_words(item.came_on)}" if item.came_on else ""
        with_it = [d.name for d in self.documents if d.entry_id == item.entry_id]
        return f"{item}{day}{': ' + ', '.join(with_it) if with_it else ''}"

    @cached_property
    def documents(self) -> list:
        """The documents that the person may open."""
        look = self.look
        return [
            d for d in self.case.documents.all() if rules.sees_document(look.who, look.case_roles, d.classification)
        ]

    def same_meeting(self) -> str:
        """The other appointments heard at the same meeting, each with its own clock and report."""
        m = self.facts.meeting
        seen = Hearing.objects.filter(rules.visible(self.look.who)).exclude(pk=self.case.pk)
        there = Meeting.objects.filter(proposal__hearing__in=seen, on=m.on).values("proposal")
        rows = Meeting.objects.filter(proposal__in=there, entry__reversed_by=None).select_related("proposal__hearing")
        latest = {o.proposal_id: o for o in rows.order_by("pk")}  # one that was moved away is not there any more
        same = [o for o in latest.values() if (o.on, o.at, o.place) == (m.on, m.at, m.place)]
        return "; ".join(sorted(str(o.proposal.hearing) for o in same))

    def summary_rows(self) -> list[dict]:
        """The notification and the report, as rows."""
        f = self.facts
        p = f.proposal
        rows = [{"label": "Post", "value": ", ".join([self.case.get_post_display(), *self.case.flags])}]
        if p is not None:
            came = [self._came(f.items[k]) for k in checklist_kinds() if k in f.items]
            rows.append(
                {"label": "What has come", "lines": came} if came else {"label": "What has come", "value": "Nothing"}
            )
            if p.poll_on:
                accepted = day_words(p.accepted_on) if p.accepted_on else "not known yet"
                rows.append(
                    {"label": "Election", "value": f"Poll on {day_words(p.poll_on)}, office accepted: {accepted}"}
                )
            if p.published_on:
                rows.append({"label": "Report published", "value": f"{day_words(p.published_on)}, {p.published_where}"})
        earlier = ", ".join(c.earlier for c in self.look.parts if c.earlier)
        if earlier:
            rows.append({"label": "Earlier candidates", "value": earlier})
        if self.case.assigned_to:
            rows.append({"label": "Kept by", "value": self.case.assigned_to.name})
        return rows


def not_in_time(law, commissioner: str) -> str:
    """What follows without a report within the three weeks, as far as that Schedule says it."""
    if law.schedule == 8:
        return f"If it gives no report by then, a veto falls and the {commissioner} may make the appointment ({cite(*law.of(FALLS))})."
    return "What follows if it gives no report by then is not in Schedule 1."


def checklist_kinds():
    """The four things, in order."""
    return list(NotificationItem.Kind)


def docx(report: Report) -> bytes:
    """The report as a Word file, in the look of every report."""
    made = report.look.entries[-1].entered_at.replace(tzinfo=None)  # the record as it stands, not the moment of asking
    word = WordFile(report.title, report.case.reference, report.look.panel.name, made)
    word.doc.add_paragraph(report.title, style="Title")
    for line in report.intro():
        word.doc.add_paragraph(line)
    for heading, blocks in report.sections():
        word.doc.add_heading(heading, 1)
        for block in blocks:
            if isinstance(block, str):
                word.doc.add_paragraph(block)
                continue
            rows = [[str(w) for w in row] for row in block["rows"]]
            word.table(block["caption"], block["columns"], rows, WIDTHS[len(block["columns"])])
    word.closing(report.closing)
    return word.saved()
