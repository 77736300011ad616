"""The steps that can happen next on a case, and the steps that cannot happen yet."""

from datetime import date

from panel.casework.offers import Offer, list_roles, offers
from panel.law.roles import Role
from panel.pages.remedy import remedied
from panel.pages.words import duty_words, step_url
from panel.procedure.vocabulary import NEW, Refusal, Target

MOST_AT_HAND = 5  # steps, the button included, that a case page shows without unfolding anything


class NextMixin:
    """The part of `CasePage` that offers steps."""

    @property
    def next(self) -> dict | None:
        """The steps that can happen next: the button, other people's steps, links, rare steps folded. None for an
        auditor."""
        look = self.look
        if not look.roles - {Role.AUDITOR, Role.ADMINISTRATOR}:
            return None
        can = [o for o in offers(self.look) if o.refusal is None]
        if look.roles == {Role.MEMBER}:
            can = [o for o in can if o.step.anybody]
        button = self._button(can)
        wanted, waiting = self._wanted(), self._waiting_steps()
        links, others, rare = [], [], []
        for o in can:
            if button and o.step.key == button["key"]:
                continue
            url = step_url(self.case, self.register, o.step.key)
            row = {
                "key": o.step.key,
                "words": o.step.label,
                "url": url,
                "note": o.step.hint,
                "provision": o.step.provision,
            }
            if o.step.decided_by and not look.roles & set(o.step.decided_by):
                if o.step.key in waiting:
                    link = {"words": "Type it up for them", "url": url}
                    others.append(self._others_row(o) | {"link": link})
                else:
                    onward = o.step.key in self.own.onward and not o.step.folded
                    (links if onward else rare).append(
                        row | {"note": f"Somebody else decides: you type it up. {o.step.hint}"}
                    )
            elif o.step.folded and o.step.key not in wanted:
                rare.append(row)
            else:
                links.append(row)
        others += [self._others_row(o) for o in offers(self.look) if o.because == "role" and o.step.key in waiting]
        at_hand = [*others, *links]
        beside = (button or {}).get("beside")  # a letter that went another way is noted by the step that it meets
        if beside and (row := next((r for r in (*at_hand, *rare) if r["key"] == beside["key"]), None)):
            at_hand = [row | beside, *(r for r in at_hand if r is not row)]
            rare = [r for r in rare if r is not row]
        room = MOST_AT_HAND - bool(button)
        found = {"button": button, "steps": at_hand[:room], "groups": self._groups([*at_hand[room:], *rare])}
        if not can:
            waited = sorted(self._waiting_for())
            waits = f"Waiting for {', '.join(waited)}." if waited else ""
            found["nothing"] = " ".join(filter(None, (waits, self._nobody())))
        if self.case.erased_on:
            found["nothing"] = "What the case said was erased; its steps and dates stay as they are."
        return found

    def _groups(self, rows: list[dict]) -> list[dict]:
        """The steps that are not at hand, under the headings of the procedure, in its order."""
        together: dict[str, list[dict]] = {heading: [] for heading, _ in self.look.procedure.groups}
        for row in rows:
            together.setdefault(self.look.procedure.group_of(row["key"]), []).append(row)
        return [{"heading": heading, "steps": found} for heading, found in together.items() if found]

    def _others_row(self, offer: Offer) -> dict:
        """The row of a step that somebody else takes or decides."""
        roles = offer.step.decided_by or offer.whose
        words = f"{offer.step.label[0].lower()}{offer.step.label[1:]}"
        return {
            "key": offer.step.key,
            "words": f"{self.people.who(roles[0], self.look)} is to {words}",
            "note": (self.people.nobody(self.look) if roles[0] is Role.CHAIRMAN else "")
            or f"Only {list_roles(roles)} can do this.",
            "provision": offer.step.provision,
        }

    def _button(self, can) -> dict | None:
        """The step that this person should take: for their most urgent duty, else a step that moves the case."""
        by_key = {o.step.key: o for o in can}

        def urgent(duty):
            late = duty.is_over(self.today)
            waits = duty.due is None or duty.stopped_on is not None
            kind = self.look.procedure.duty(duty.kind)
            return (not (late and kind.late_in_law), waits, duty.due or date.max, not kind.statutory, duty.pk)

        for d in sorted(self.look.open_duties, key=urgent):
            kind = self.look.procedure.duty(d.kind)
            if kind.continuing or d.sleeps(self.today):
                continue  # such as keeping the evidence: it is always owed, and never what comes next
            if kind.owner in self.look.roles and kind.met_by in by_key and kind.met_by not in self.own.never_first:
                step = by_key[kind.met_by].step
                query = {"duty": d.pk} if kind.notice else {}
                if letter := self.letters.link(d, names=True):
                    what = duty_words(kind, self.look.facts.recipient_words(d.recipient))
                    beside = {"key": step.key, "url": step_url(self.case, self.register, step.key, **query)}
                    return {"key": "", "beside": beside, **letter, "note": f"{what}.", "provision": kind.provision}
                note = (
                    duty_words(kind, self.look.facts.recipient_words(d.recipient)) + "." if kind.notice else step.hint
                )
                return {
                    "key": step.key,
                    "words": step.button if kind.notice else step.label,
                    "url": step_url(self.case, self.register, step.key, **query),
                    "note": note,
                    "provision": kind.provision,
                }
        for o in [by_key[key] for key in self.own.asked if key in by_key] + can:
            if o.step.key in self.own.asked:
                return self._button_of(o.step)
            if o.step.key in self.own.never_first or (
                o.step.decided_by and not self.look.roles & set(o.step.decided_by)
            ):
                continue  # somebody else's decision is never what this person is to do
            if o.step.moves and not o.step.folded and o.step.to is not Target.UNDO and o.step.key in self.own.onward:
                return self._button_of(o.step)
        return None

    def _button_of(self, step) -> dict:
        url = step_url(self.case, self.register, step.key)
        return {"key": step.key, "words": step.label, "url": url, "note": step.hint, "provision": step.provision}

    def _wanted(self) -> set[str]:
        return {self.look.procedure.duty(d.kind).met_by for d in self._awake()} - self.own.never_first

    def _awake(self) -> list:
        """Open duties that can be done now, without those that are owed all the time."""
        kind = self.look.procedure.duty
        return [d for d in self.look.open_duties if not (kind(d.kind).continuing or d.sleeps(self.today))]

    def _waiting_steps(self) -> set[str]:
        """The steps for which open duties of other people wait."""
        return {
            k.met_by for d in self._awake() if (k := self.look.procedure.duty(d.kind)).owner not in self.look.roles
        } - self.own.never_first

    def _nobody(self) -> str:
        """The sentence that nobody can decide what waits for the Chairman, where that is so."""
        waits = any(self.look.procedure.duty(d.kind).owner is Role.CHAIRMAN for d in self._awake())
        return self.people.nobody(self.look) if waits else ""

    def _waiting_for(self) -> set[str]:
        found = set()
        for d in self._awake():
            kind = self.look.procedure.duty(d.kind)
            if kind.owner not in self.look.roles:
                found.add(self.people.who(kind.owner, self.look, d.recipient))
        return found

    @property
    def cannot(self) -> dict | None:
        """The steps that cannot happen yet, with reasons: the nearest three, the rest folded. None where nobody could
        act."""
        state = self.look.procedure.state(self.case.status)
        if not state.open or not self.look.roles - {Role.AUDITOR, Role.MEMBER, Role.ADMINISTRATOR}:
            return None
        rows = []
        for o in offers(self.look):
            if o.refusal is None or o.because == "role" or not self._ahead(o):
                continue
            rows.append((0 if o.because == "guard" else 1, o))
        rows.sort(key=lambda r: r[0])
        steps = [
            {"words": step.label, "why": why.reason, "provision": why.provision, "first": self._remedy(why)}
            for step, why in ((o.step, remedied(self.look, o.step, o.refusal)) for _, o in rows)
        ]
        return {"steps": steps[:3], "more": steps[3:]} if steps else None

    def _remedy(self, refusal: Refusal) -> dict | str:
        """What to do first, as a link where this person can take that step now."""
        can = {o.step.key for o in offers(self.look) if o.refusal is None}
        if refusal.first not in can:
            return refusal.remedy
        url = step_url(self.case, self.register, refusal.first)
        return {"words": refusal.remedy or self.look.procedure.step(refusal.first).label, "url": url}

    def _ahead(self, offer: Offer) -> bool:
        """Whether the step leads onward: it moves parts to a later state than the case has, or a guard bars it now."""
        if offer.because == "guard":
            return offer.step.key in self.own.onward
        if not offer.step.moves or offer.step.creates or not isinstance(offer.step.to, str):
            return False
        procedure = self.look.procedure
        further = (
            max(procedure.rank(s)[1] for s in offer.step.from_states if s != NEW) > procedure.rank(self.case.status)[1]
        )
        return further and offer.step.key in self.own.onward
