"""The Panel's report to the Commissioner: one set of sections, shown as a page and made into a Word file."""

from hearings.attendance import WORDS, decision_of
from hearings.facts import look_at
from hearings.keys import StepKey
from hearings.models import NotificationItem
from hearings.procedure import checklist
from hearings.procedure.law import DECISION, FALLS, PERIOD, PUBLICATION, RESERVE_RULES, REVIEW
from hearings.procedure.posts import flags_of, title
from panel.law.period import day_words, plural
from panel.law.provisions import cite
from panel.law.roles import DECLARATIONS, CasePart
from panel.record.heads import head, printed

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
        office = f"Police and Crime {self.pcc}" if self.pcc == "Commissioner" else self.pcc
        sent = self.facts.proposal.sent_on if self.facts.proposal else None
        return [
            f"From the {self.look.panel.name} to the {office}.",
            f"Made under {cite(*self.under)}. Reference {self.case.reference}.",
            f"Sent on {day_words(sent)}." if sent else "Draft: not sent yet.",
        ]

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
                    f"The Panel has vetoed the appointment of {r.person} as {self.case.get_post_display()} "
                    f"({cite('Sch 8 para 5')})."
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
        for kind in NotificationItem.Kind:
            item = f.items.get(kind)
            known = day_words(item.came_on) if item and item.came_on else "Came; the papers do not say when"
            rows.append([kind.label, "Has not come" if item is None else known])
        if p.received_on:
            said = f"The Panel received the notification on {day_words(p.received_on)}."
        else:
            said = "The papers do not say on which day the Panel received the notification."
        found: list = [
            said,
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
        public = {True: ", in public", False: ", not in public", None: ""}[m.in_public]
        late = answer_at_hearing(self.look, "late_hearing_why")
        came = {
            True: "The candidate appeared and answered questions.",
            False: "The candidate did not appear.",
            None: "",
        }[m.candidate_came]
        found = [
            f"The confirmation hearing was held on {day_words(m.on)}{where}{public}.",
            f"It was held after the last day. The reason: {late}" if late else "",
            f"Chaired by {m.chair}." if m.chair else "",
            self.quorum(m),
            self.members(),
            f"Others present: {m.others}" if m.others else "",
            self.interests(m),
            came,
            self.exempt_session(m),
        ]
        return [block for block in found if block]

    def interests(self, m) -> str:
        """What was declared by the day of the meeting, on the case or there, and who withdrew for it."""
        said = answer_at_hearing(self.look, "interests") or ""
        roles = [r for r in self.look.case_roles if r.kind in DECLARATIONS and r.from_entry.on <= m.on and r.member]
        named = [
            f"{r.member.name} {'withdrew' if r.kind == CasePart.INTERESTED else 'declared an interest and stayed'}"
            for r in roles
        ]
        found = "; ".join([*([said.rstrip(".")] if said else []), *named])
        return f"Interests declared: {found}." if found else "No interest was declared."

    def quorum(self, meeting) -> str:
        """Whether there was a quorum, and how many were there."""
        needed = self.facts.quorum
        counted = f" {self.facts.in_room} were in the room; the quorum is {needed}." if needed else ""
        return {
            "yes": f"There was a quorum.{counted}",
            "no": f"There was no quorum.{counted}",
            "unknown": "The papers do not say whether there was a quorum.",
        }[meeting.quorate or "unknown"]

    def members(self) -> dict | None:
        """Who attended, by how."""
        by_how: dict[str, list[str]] = {}
        for seat in sorted(self.facts.attended.values(), key=lambda seat: seat.member.name):
            name = f"{seat.substitute} for {seat.member.name}" if seat.substitute else seat.member.name
            by_how.setdefault(seat.how, []).append(name)
        rows = [[words, ", ".join(by_how[how])] for how, words in WORDS.items() if how in by_how]
        return {"caption": "Members", "columns": ["How", "Who"], "rows": rows} if rows else None

    def exempt_session(self, meeting) -> str:
        """Whether the public was excluded."""
        if meeting.exempt == "carried":
            resolved = answer_at_hearing(self.look, "exempt_resolution")
            return (
                "The public was excluded by resolution for part of it (Local Government Act 1972, Schedule 12A, "
                f"paragraph {meeting.exempt_paragraph or '1'})."
            ) + (f" The resolution: {resolved}" if resolved else "")
        return {
            "lost": "A motion to exclude the public was lost, so the item stayed open.",
            "none": "No motion to exclude the public was moved.",
            "": "",
        }[meeting.exempt]

    def answers(self) -> list[dict]:
        """Questions and answers of each candidate, as noted."""
        found = []
        for p in self.look.parts:
            texts = []
            for e in self.look.in_force:
                if not self.facts.during(e.pk):  # the hearing of another candidate
                    continue
                if e.step in (StepKey.HOLD_HEARING, StepKey.HEAR_RESERVE, StepKey.NOTE_ANSWERS) and e.answers.get(
                    f"answers_{p.number}"
                ):
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
        decided = [r for part in self.look.parts if (r := self.facts.decided(part)) is not None]
        return [block for r in decided for block in self.how_decided(r)] or ["The Panel has not decided."]

    def how_decided(self, decision) -> list:
        """How one decision was taken."""
        resolution, decision = decision, decision_of(decision)
        taken = resolution.count.get_taken_display()
        found: list = [
            f"{resolution.person}: {taken[0].lower()}{taken[1:]}, by the Panel, on {day_words(resolution.entry.on)}."
        ]
        if decision.votes_for is not None:
            absent = decision.in_office - decision.votes_for - decision.votes_against - decision.abstained
            rows = [
                ["For", str(decision.votes_for)],
                ["Against", str(decision.votes_against)],
                ["Abstained", str(decision.abstained)],
                ["Absent, or could not vote", str(absent)],
            ]
            found.append({"caption": f"Votes on {resolution.person}", "columns": ["Vote", "Members"], "rows": rows})
        if resolution.veto:
            people = plural(decision.in_office, "person").replace("persons", "people")
            found.append(
                f"{people} were members of the Panel at the time. Two thirds of them is {decision.needed}: {decision.votes_for} "
                "voted for the veto."
            )
        by_name = [[vote.voter, vote.cast.capitalize()] for vote in sorted(decision.votes, key=lambda v: v.voter)]
        if by_name:
            caption = f"How each member voted on {resolution.person}"
            found.append({"caption": caption, "columns": ["Member", "Vote"], "rows": by_name})
        return found

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
                f"The {self.pcc} must not appoint the candidate and proposes a reserve candidate "
                f"({cite('Sch 8 para 8', '2012/2271 Part 3')})."
            )
            if after is not None:
                came = f" on {day_words(after.received_on)}" if after.received_on else ""
                found.append(f"A reserve candidate was notified to the Panel{came}.")
        else:
            found.append(
                f"The {self.pcc} may accept or reject the recommendation and must notify the Panel of the decision "
                f"({cite(*law.of(DECISION))})."
            )
            found += self.decision()
        found.append(self.if_not_in_time())
        if p and p.published_on:
            found.append(f"Published on {day_words(p.published_on)}: {p.published_where}.")
        else:
            found.append(
                f"The Panel publishes this report ({cite(*law.of(PUBLICATION))}). Guidance suggests five working days "
                "after it is sent."
            )
        return [x for x in found if x]

    def decision(self) -> list[str]:
        """Whether the recommendation on each candidate was accepted, when that was announced and notified, and what
        became of the appointment."""
        found = []
        for part in self.look.parts if self.facts.next_proposal is None else ():
            told = next((entry for entry in reversed(self.look.in_force) if decides_on(entry, part)), None)
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


def not_in_time(law, commissioner: str) -> str:
    """What follows without a report within the three weeks, as far as that Schedule says it."""
    if law.schedule == 8:
        return (
            f"If it gives no report by then, a veto falls and the {commissioner} may make the appointment "
            f"({cite(*law.of(FALLS))})."
        )
    return "What follows if it gives no report by then is not in Schedule 1."


def decides_on(entry, part) -> bool:
    """Whether that entry is the Commissioner's decision on that candidate."""
    return entry.step in DECISIONS and part.pk in {move.part_id for move in entry.moves.all()}


def answer_at_hearing(look, name) -> str:
    """What was answered to that question when the hearing was recorded."""
    held = [
        e for e in look.in_force if e.step in (StepKey.HOLD_HEARING, StepKey.HEAR_RESERVE) and look.facts.during(e.pk)
    ]
    return held[-1].answers.get(name, "") if held else ""
