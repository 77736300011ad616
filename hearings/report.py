"""The Panel's report to the Commissioner: one set of sections, shown as a page and made as a Word file."""

import io

from hearings import checklist
from hearings.models import Attendance, NotificationItem
from panel.clock import day_words, plural
from panel.proof import head, printed
from panel.provisions import cite


class Report:
    """What the report says of one hearing. Sections: (heading, [block]); a block is a text, or a table as a dict."""

    def __init__(self, look):
        self.look, self.facts, self.case = look, look.facts, look.case
        self.pcc = look.names["commissioner"]

    @property
    def title(self) -> str:
        """The report's title."""
        return f"Report on the proposed appointment: {self.case.title}"[:240]

    @property
    def ready(self) -> bool:
        """Whether the Panel has decided, so that there is something to report."""
        return any(self.facts.decided(p) for p in self.look.parts)

    @property
    def closing(self) -> str:
        """The last line: the head of the record when this copy is made."""
        return printed(head(self.look.panel))

    def intro(self) -> list[str]:
        """Who reports to whom, and under what."""
        panel, law = self.look.panel, self.facts.law
        sent = self.facts.proposal.sent_on if self.facts.proposal else None
        lines = [
            f"From the {panel.name} to the Police and Crime {self.pcc}." if self.pcc == "Commissioner" else f"From the {panel.name} to the {self.pcc}.",
            f"Made under {cite(*law.review, *law.period)}. Reference {self.case.reference}.",
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
            ("What did not happen, and why", self.did_not_happen()),
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
        found.append(
            {
                "yes": "There was a quorum.",
                "no": "There was no quorum.",
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
            False: "The candidate was asked to appear and did not.",
            None: "",
        }[m.candidate_came]
        if came:
            found.append(came)
        found.append({
            "carried": f"The public was excluded by resolution for part of it (Local Government Act 1972, Schedule 12A, paragraph {m.exempt_paragraph or '1'}).",
            "lost": "A motion to exclude the public was lost, so the item stayed open.",
            "none": "No motion to exclude the public was moved.", "": "",
        }[m.exempt])  # fmt: skip
        return [x for x in found if x]

    @property
    def _since(self) -> int:
        """The number of the entry with which the present proposal began."""
        proposal = self.facts.proposal
        return next((e.number for e in self.look.entries if proposal and e.pk == proposal.entry_id), 0)

    def _answer(self, name) -> str:
        e = self.look.last("hold_hearing", "hear_reserve")
        return e.answers.get(name, "") if e else ""

    def answers(self) -> list[dict]:
        """Questions and answers of each candidate, as noted."""
        found = []
        for p in self.look.parts:
            texts = []
            for e in self.look.in_force:
                if e.number < self._since:  # the hearing of an earlier candidate
                    continue
                if e.step in ("hold_hearing", "hear_reserve", "note_answers") and e.answers.get(f"answers_{p.number}"):
                    texts.append(e.answers[f"answers_{p.number}"])
            if texts:
                found.append({"heading": p.name, "texts": texts})
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
        return [{"caption": "Left out of the checklist", "columns": ["What", "Required by", "Why"], "rows": rows}]

    @staticmethod
    def why_not(standing) -> str:
        """Why an item is not done, as far as the record says."""
        if standing.state in ("skipped", "not_done", "unknown", "late"):
            return standing.note or "The record does not say"
        return "Not recorded as done" + (f": {standing.note[0].lower()}{standing.note[1:]}" if standing.note else "")

    def follows(self) -> list:
        """What the Commissioner does next; publication."""
        law = self.facts.law
        vetoed = any(p.status == "vetoed" for p in self.look.parts)
        p = self.facts.proposal
        found = []
        if vetoed:
            found.append(
                f"The {self.pcc} must not appoint the candidate and proposes a reserve candidate ({cite('Sch 8 para 8', '2012/2271 Part 3')})."
            )
        else:
            found.append(
                f"The {self.pcc} may accept or reject the recommendation and must notify the Panel of the decision ({cite(*law.decision)})."
            )
        if p and p.published_on:
            found.append(f"Published on {day_words(p.published_on)}: {p.published_where}.")
        else:
            found.append(
                f"The Panel publishes this report ({cite(*law.publish)}). Guidance suggests five working days after it is sent."
            )
        for part in self.look.parts:
            if part.appointed is not None:
                words = "appointed" if part.appointed else "did not appoint"
                found.append(
                    f"The {self.pcc} {words} {part.name}"
                    + (f" from {day_words(part.appointed_from)}." if part.appointed_from else ".")
                )
        return found

    # The case page's own

    def meeting_rows(self) -> list[dict]:
        """The meeting, as rows."""
        m = self.facts.meeting
        if m is None:
            return []
        rows = [{"label": "Day", "value": day_words(m.on) + (f" at {m.at}" if m.at else "")}]
        extra = [
            ("Place", m.place), ("Candidate attends", ("By video" if m.remote else "In person") if m.place else ""), ("Agenda published", day_words(m.agenda_on) if m.agenda_on else ""),
            ("Why urgent", m.urgent_why), ("Chaired by", m.chair), ("Quorum", m.get_quorate_display()),
            ("In public", {True: "Yes", False: "No", None: ""}[m.in_public]), ("Exempt session", m.get_exempt_display()),
            ("Others present", m.others), ("Interests declared", self._answer("interests")),
        ]  # fmt: skip
        return rows + [{"label": k, "value": v} for k, v in extra if v]

    def summary_rows(self) -> list[dict]:
        """The notification and the report, as rows."""
        f = self.facts
        p = f.proposal
        rows = [{"label": "Post", "value": ", ".join([self.case.get_post_display(), *self.case.flags])}]
        if p is not None:
            came = [
                f"{k.label}{', ' + day_words(f.items[k].came_on) if f.items[k].came_on else ''}"
                for k in checklist_kinds()
                if k in f.items
            ]
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


def checklist_kinds():
    """The four things, in order."""
    return list(NotificationItem.Kind)


def docx(report: Report) -> bytes:
    """The report as a Word file: real headings, header rows that repeat, language and title set."""
    from docx import Document  # half a second to import: only when a report is asked for
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    d = Document()
    d.core_properties.title = report.title
    d.core_properties.author = report.look.panel.name
    d.core_properties.language = "en-GB"
    fonts = d.styles["Normal"].element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    fonts.append(language)
    d.styles["Normal"].font.name = "Arial"
    d.add_heading(report.title, 0)
    for line in report.intro():
        d.add_paragraph(line)
    for heading, blocks in report.sections():
        d.add_heading(heading, 1)
        for block in blocks:
            if isinstance(block, str):
                d.add_paragraph(block)
                continue
            d.add_paragraph(block["caption"], style="Caption")
            t = d.add_table(rows=1, cols=len(block["columns"]), style="Table Grid")
            for cell, words in zip(t.rows[0].cells, block["columns"], strict=True):
                cell.text = ""
                cell.paragraphs[0].add_run(words).bold = True
            header = OxmlElement("w:tblHeader")
            header.set(qn("w:val"), "true")
            t.rows[0]._tr.get_or_add_trPr().append(header)
            for row in block["rows"]:
                for cell, words in zip(t.add_row().cells, row, strict=True):
                    cell.text = str(words)
            d.add_paragraph("")
    d.add_paragraph().add_run(report.closing).font.size = Pt(8)
    out = io.BytesIO()
    d.save(out)
    return out.getvalue()
