"""Every condition the law or the procedure sets, one function each: a Refusal with its provision, or None.

Guards see the attempt (or attempt and allegation) and grey the step out; checks see the answers.
"""

import re

from complaints.models import Allegation, Subject
from panel.access import rules
from panel.casework.shared_forms import reversible as reversible
from panel.casework.shared_steps import in_the_future as in_the_future
from panel.casework.shared_steps import in_the_past as in_the_past
from panel.law import clock
from panel.law.period import day_words, listed
from panel.law.roles import Basis, Role
from panel.procedure.vocabulary import Refusal, even_unfinished, says

# Guards of one allegation


def not_due_to_iopc(a, part):
    """No forward step on an allegation that must go to the IOPC first (regs 15(1), 27)."""
    if part.due_to_iopc:
        return Refusal(
            f"Allegation {part.number} must first go to the IOPC.",
            ("para 3", "reg 13", "reg 15", "reg 27"),
            "refer it to the IOPC.",
            first="refer_to_iopc",
        )
    return None


def not_suspended(a, part):
    """While the IOPC suspends the procedure no forward step is taken on the allegation (reg 22)."""
    if part.suspended_on:
        return Refusal(
            f"The IOPC has suspended the procedure on allegation {part.number} since {day_words(part.suspended_on)}.",
            ("para 3", "reg 22"),
            "wait until the IOPC lifts the suspension.",
        )
    return None


def a_complaint(a):
    """There is a complaint: a conduct matter has nobody to ask, nothing to copy and nobody to add to it (regs 11, 12)."""
    if a.case.conduct_matter:
        return Refusal(
            "It is a conduct matter: there is no complaint, and nobody who complained.",
            (*a.step.under, "reg 11", "reg 12"),
        )
    return None


def still_a_complaint(a, part):
    """A complaint that the IOPC treats as a conduct matter can no longer be withdrawn (reg 16)."""
    if a.facts.is_conduct_matter(part):
        return Refusal(
            f"Allegation {part.number} is a conduct matter: there is no complaint left to withdraw.",
            ("para 15", "reg 11", "reg 16"),
        )
    return None


def suspended(a, part):
    """There is a suspension to lift."""
    if not part.suspended_on:
        return Refusal("The IOPC has not suspended the procedure.", ("para 3", "reg 22"))
    return None


def was_with_iopc_when_withdrawn(a, part):
    """The IOPC may go on only with what was with it when it was withdrawn (reg 16)."""
    if not a.facts.withdrawn_from_iopc(part):
        return Refusal("It was not with the IOPC when it was withdrawn.", ("para 15", "reg 16"))
    return None


def identified_as_serious(a, part):
    """Only what appears to be an offence, or was called in, is referred (reg 13)."""
    if not part.due_to_iopc:
        return Refusal(
            "No criminal offence has been said to appear, and the IOPC has not called it in.",
            ("para 3", "reg 13"),
            "say that a criminal offence appears.",
            first="identify_serious",
        )
    return None


def not_serious_already(a, part):
    """It is said once; after the IOPC has referred it back it may be said again."""
    if part.due_to_iopc:
        return Refusal(
            f"Allegation {part.number} is identified already.", ("para 3", "reg 13"), "refer it to the IOPC.",
            first="refer_to_iopc",
        )  # fmt: skip
    return None


def seen_late_is_for_the_monitoring_officer(a, part):
    """Once recorded, only the Monitoring Officer says that it was not for the Panel after all (para 2)."""
    if part.status != "received" and Role.MONITORING_OFFICER not in a.roles:
        return Refusal(
            "It is recorded already: only the Monitoring Officer can redirect it now.",
            ("para 2", "reg 9"),
            "ask the Monitoring Officer.",
        )
    return None


def route_is(*routes):
    """The Chairman has chosen one of these routes."""
    words = " or ".join(Allegation.Route(r).label.lower() for r in routes)

    @says("route_is", f"Its route, once decided, is: {words}.")
    def guard(a, part):
        if part.status == "filtered" and part.route not in routes:
            return Refusal(
                f"The Chairman has not decided on this: {words}.", ("para 7", "para 11"), "another decision, if needed."
            )
        return None

    return guard


sent_to_sub_panel = route_is("sub_panel_resolves", "sub_panel_considers")
sent_to_full_panel = route_is("full_panel")
sent_to_resolution = route_is("informal_resolution")
nothing_left_to_do = route_is("no_action", "other_handling")


def _before(role, a, part):
    """Whether the allegation is before that body, so that it can decide: the sub-panel what it was given, the Panel
    what was referred to it, and the Chairman what neither the Panel has nor anybody lacks (paras 7, 11, 16)."""
    if role == Role.SUB_PANEL:
        return part.status in ("sub_panel", "informal_resolution") and bool(a.facts.sub_panel)
    if role == Role.PANEL:
        return part.status == "full_panel"
    return part.status != "full_panel"


def before_whom_it_is(a, part):
    """Who has the power to decide a step here decides only what is before them; who types it up is asked later."""
    mine = a.roles & set(a.step.decided_by)
    if mine and not any(_before(role, a, part) for role in mine):
        return Refusal(
            f"Allegation {part.number} is not before you: {_whose(part)} decides.",
            ("para 11", "para 16"),
        )
    return None


def decided_by_whom_it_was_before(a):
    """A decision that is typed up is that of the body which had it (paras 11, 16)."""
    for part in a.parts:
        if not _before(a.decided_as, a, part):
            return Refusal(
                f"Allegation {part.number} was not before the {Role(a.decided_as).words}: {_whose(part)} decides",
                ("para 11", "para 16"),
                field="decided_as",
            )
    return None


def _whose(part):
    return {"full_panel": "the full Panel", "filtered": "the Chairman"}.get(
        part.status, "the sub-panel or the Chairman"
    )


# Guards of the case


def everybody_told(a, part):
    """An allegation is closed when everybody entitled to be told of it has been, or telling them was waived (reg 37); the
    office holder's copy of the complaint included, which must have been decided on (reg 31)."""
    kinds = {k.key: k for k in a.look.procedure.duties}
    waiting = [d for d in a.look.open_duties if kinds[d.kind].notice and kinds[d.kind].statutory]
    waiting = [d for d in waiting if part.number in (a.look.numbers_of(d) or [part.number])]
    if waiting:
        first = waiting[0]
        words = kinds[first.kind].words.format(to=a.facts.recipient_words(first.recipient))
        more = f", and {len(waiting) - 1} more" if len(waiting) > 1 else ""
        return Refusal(
            f"Somebody has still to be told: {words[0].lower()}{words[1:]}{more}.",
            ("para 14", "reg 37"),
            "record that they were told, or waive it with a reason.",
            first="give_notice",
        )
    if any(d.kind == "decide_copies" for d in a.look.open_duties):
        return Refusal(
            "What copy of the complaint the office holder gets has not been decided.",
            ("para 6", "reg 31"),
            "decide the office holder’s copy.",
            first="decide_copies",
        )
    return None


def both_heard(a):
    """Informal resolution has an outcome when both sides have had the chance to comment (reg 28)."""
    for side in a.facts.sides():
        if not a.facts.heard(side, a.on):
            name = a.facts.recipient_words(side)
            return Refusal(
                f"{name} has not had the chance to comment.",
                ("para 12", "reg 28"),
                f"invite {name} to comment, then note the comments or wait until the day given is over.",
                first="note_comments" if a.facts.invited(side, a.on) else "give_notice",
            )
    return None


def a_target_runs(a):
    """A target of the Panel's own can stop; what the law times cannot (law.md, section 3)."""
    if not any(_is_target(a, d) and d.stopped_on is None for d in a.look.open_duties):
        return Refusal("No target of the Panel’s own is running. What the law times never stops.", ("para 5", "reg 34"))
    return None


def a_target_stands(a):
    """A stopped target can go on, unless the IOPC's suspension holds it (reg 22)."""
    stopped = [d for d in a.look.open_duties if d.stopped_on]
    if stopped and all(held_by_suspension(a, d) for d in stopped):
        return Refusal(
            "The IOPC’s suspension holds every stopped target.", ("reg 22",), "note that the IOPC lifts the suspension."
        )
    if not stopped:
        return Refusal("No target is stopped.", ("para 5", "reg 34"), "stop one.")
    return None


def held_by_suspension(a, duty) -> bool:
    """Whether the IOPC suspends what the target is about."""
    return a.facts.suspended(next((p for p in a.look.parts if p.pk == duty.part_id), None))


def stops_while_it_runs(a):
    """A clock stops on a day on which it runs: not before it began, and not once it has run out."""
    for d in a.form.duties_chosen():
        if a.on < d.opened_by.on:
            day = day_words(d.opened_by.on)
            return Refusal(f"The date must be on or after {day}, when the target began", ("para 5",), field="on")
        if a.on > d.due:
            return Refusal(
                f"The date must be on or before {day_words(d.due)}, the target’s last day: what is late stays late",
                ("para 5", "reg 34"),
                field="on",
            )
    return None


def left_while_in_office(a):
    """The day somebody left office is that of their term, where it is on record."""
    chosen = next((s.office_holder for s in a.facts.subjects if str(s.office_holder_id) == a.answers["who"]), None)
    if chosen is None:
        return None
    if chosen.to_date and chosen.to_date != a.on:
        return Refusal(
            f"{chosen.short_name} left office on {day_words(chosen.to_date)}: enter that day, or correct the term",
            ("para 5", "reg 34"),
            field="on",
        )
    if a.on < chosen.from_date:
        return Refusal(
            f"{chosen.short_name} took office on {day_words(chosen.from_date)}", ("para 5", "reg 34"), field="on"
        )
    return None


def a_conduct_matter_stays_recorded(a):
    """A conduct matter was recorded once and for all: it is not decided again whether to record it (regs 11, 12)."""
    if a.answers.get("to") == "received" and any(a.facts.is_conduct_matter(p) for p in a.parts):
        return Refusal(
            "A conduct matter is on the record already: it goes on at Recorded", ("reg 11", "reg 12"), field="to"
        )
    return None


def _is_target(a, duty):
    return a.look.procedure.duty(duty.kind).basis is Basis.TARGET and duty.due is not None


def went_on_after_it_stopped(a):
    """A clock goes on no earlier than it stopped."""
    days = [d.stopped_on for d in a.form.duties_chosen() if d.stopped_on]
    if days and a.on < max(days):
        return Refusal(
            f"The date must be on or after {day_words(max(days))}, when it was stopped", ("para 5",), field="on"
        )
    return None


def a_duty_of(key, reason, remedy=""):
    """A duty of that kind is open."""

    @says("a_duty_of", f"A duty “{key}” is open.")
    def guard(a):
        if not any(d.kind == key for d in a.look.open_duties):
            return Refusal(reason, a.step.under, remedy)
        return None

    return guard


def nothing_stands_elsewhere(a):
    """A record is merged whole: nothing in it may have gone further, be due to the IOPC or be suspended (para 5)."""
    for p in a.look.parts:
        if a.look.procedure.state(p.status).open and p.status not in a.step.frm:
            state = a.look.procedure.state(p.status).words
            return Refusal(f"Allegation {p.number} has gone further: {state}.", ("para 5", "reg 34"))
        for guard in (not_due_to_iopc, not_suspended):
            if refusal := guard(a, p):
                return refusal
    return None


def a_meeting_is_arranged(a):
    """There is a meeting that could be put off (para 12)."""
    if a.look.last("arrange_meeting") is None and not any(d.kind == "panel_meets" for d in a.look.open_duties):
        return Refusal("No meeting is arranged.", ("para 11", "para 12"), "arrange a meeting.")
    return None


def an_outcome_is_recorded(a):
    """There is an outcome that could be published (para 14)."""
    if not any(p.outcome for p in a.look.parts):
        return Refusal("No outcome is recorded.", ("para 14", "reg 28"), "record the outcome.")
    return None


def direction_is_obeyed(a):
    """What the IOPC directs is done: whoever decides may not decide against it (reg 24)."""
    decides = {"take_no_action": "no_action", "resolve_informally": "informal_resolution"}
    route = decides.get(a.step.key) or a.answers.get("route")
    for p in a.parts:
        if p.direction == "disapply" and route not in DISAPPLIES:
            return Refusal(
                f"The IOPC directed that allegation {p.number} be handled otherwise than under Part 4: "
                + ("it is not resolved informally" if a.step.key in decides else "choose that, or no action"),
                ("reg 24",),
                field="route",
            )
        if p.direction == "part_4" and route in DISAPPLIES:
            return Refusal(
                f"The IOPC directed that allegation {p.number} be resolved informally: "
                + ("no action cannot be decided" if a.step.key in decides else "choose a route that does"),
                ("reg 24",),
                field="route",
            )
    return None


def answer_has_a_day(a):
    """Recommendations name the day by which an answer is due (s 28(6))."""
    if a.answers.get("outcome") == Allegation.Outcome.RECOMMENDATIONS and not a.answers.get("answer_due"):
        return Refusal("Enter the day by which an answer is due", ("s 28(6)",), field="answer_due")
    return None


def a_sub_panel_was_appointed(a):
    """There is a sub-panel, even if an interest has emptied a seat of it."""
    if not a.facts.sub_panel and a.look.last("appoint_sub_panel") is None:
        return Refusal("No sub-panel has been appointed.", ("para 11",), "the Chairman appoints one.")
    return None


def somebody_complained(a):
    """Only a complaint is withdrawn: nobody made a conduct matter (regs 11, 12, 16)."""
    if a.case.conduct_matter:
        return Refusal("It is a conduct matter: nobody complained who could withdraw it.", ("para 15", "reg 16"))
    return None


def copies_can_be_decided(a):
    """It is about somebody who is to get a copy."""
    if not a.facts.subjects:
        return Refusal("It names no office holder.", ("para 6", "reg 31"))
    return None


# Checks of answers


def subject_held_office(a):
    """An incident outside a term of office needs a reason why it belongs here (reg 2; docs/law.md)."""
    for n, row in a.form.allegation_rows():
        if not row["happened_on"] or row["early_reason"]:
            continue
        holders = a.form.holders()
        if holders and not any(h.holds(row["happened_on"]) for h in holders):
            h = holders[0]
            when = f"took office on {day_words(h.from_date)}"
            if h.to_date and row["happened_on"] > h.to_date:
                return Refusal(
                    f"{h.short_name} left office on {day_words(h.to_date)}. Enter why a later incident belongs here",
                    ("reg 2",),
                    field=f"early_reason_{n}",
                )
            return Refusal(
                f"{h.short_name} {when}. Enter why an earlier incident belongs here",
                ("reg 2",),
                field=f"early_reason_{n}",
            )
    return None


def dates_in_order(a):
    """Incident, then complaint, then receipt; none in the future."""
    made = a.answers.get("made_on")
    if made and made > a.on:
        return Refusal("Date it was made must be on or before the date we received it", ("para 4",), field="made_on")
    for n, row in a.form.allegation_rows():
        if row["happened_on"] and row["happened_on"] > (made or a.on):
            return Refusal(
                "The day it happened must be on or before the day the complaint was made",
                ("para 4",),
                field=f"happened_on_{n}",
            )
    return None


def iopc_date_in_order(a):
    """The IOPC cannot have decided in the future."""
    day = a.answers.get("iopc_decided_on")
    if day and day > a.look.today:
        return Refusal("The day the IOPC decided must be today or in the past", ("reg 13",), field="iopc_decided_on")
    return None


def withholding_needs_a_ground(a):
    """Only the office holder's copy may be anonymised or withheld, and withholding only on a ground of reg 31."""
    copy = a.answers["copy"]
    if copy != Subject.Copy.FULL and Role.MONITORING_OFFICER not in a.roles:
        return Refusal(
            "Only the Monitoring Officer decides to anonymise or withhold the copy (paragraph 6, regulation 31)",
            ("para 6", "reg 31"),
            field="copy",
        )
    if copy != Subject.Copy.FULL and not a.form.cleaned_data.get("why"):
        return Refusal("Enter the reasons", ("para 6", "reg 31"), field="why")
    return None


def comments_have_a_day(a):
    """Who is invited to comment is told by when (reg 28)."""
    invited = [d for d in a.form.duties_chosen() if d.kind == "invite_comments"]
    if invited and not a.answers.get("answer_by"):
        return Refusal("Enter the day by which they may comment", ("para 12", "reg 28"), field="answer_by")
    return None


@even_unfinished
def monitoring_officer_consulted(a):
    """The Chairman considers each allegation in consultation with the Monitoring Officer, or says why not (para 7)."""
    if not all(a.facts.advised(p) for p in a.parts) and not a.answers.get("no_advice_why"):
        return Refusal(
            "Enter why you are deciding without the Monitoring Officer’s advice", ("para 7",), field="no_advice_why"
        )
    return None


DISAPPLIES = ("no_action", "other_handling")


@even_unfinished
def both_parts_of_the_test(a):
    """Disapplying needs reg 15(2)(a) and a ground of reg 15(3), each with its own answers and reasons. Para 9 of the
    procedure says "or"; the law says "and", and the law wins. The IOPC's direction or a conduct matter needs none."""
    route = a.answers.get("route", "") if "route" in a.form.fields else "no_action"
    if route not in DISAPPLIES:
        if not a.form.cleaned_data.get("why"):
            a.form.add_error("why", "Enter your reasons")
        return None
    form = a.form
    if all(a.facts.disapplied_freely(p) for p in a.parts):
        if not a.form.cleaned_data.get("why") and not a.answers.get("grounds"):
            form.add_error("why", "Enter your reasons")
        return None
    if not a.answers.get("considered"):
        what = "no action should be taken" if route == "no_action" else "it should be handled in another way"
        form.add_error("considered", f"Tick that {what}, or choose another route")
    grounds = a.answers.get("grounds") or []
    if not grounds:
        form.add_error("grounds", "Select at least one ground")
    for letter in grounds:
        form.clean_ground(letter)
    return None


def twelve_months_have_passed(a):
    """Ground (b) fits only where more than twelve months lie between the latest incident and the complaint."""
    if "b" not in (a.answers.get("grounds") or []):
        return None
    for part in a.parts:
        day, made = part.happened_on or a.answers.get("incident_on"), a.facts.made_on(part)
        if day is None:
            return Refusal(
                f"Enter the day on which allegation {part.number} last happened: it is not on record",
                ("reg 15(3)(b)",),
                field="incident_on",
            )
        if day > made:
            return Refusal(
                f"The day it happened must be on or before {day_words(made)}, when allegation {part.number} was made",
                ("reg 15(3)(b)",),
                field="incident_on",
            )
        if not clock.more_than_twelve_months(day, made).answer:
            return Refusal(
                f"Ground (b) does not fit allegation {part.number}: "
                f"{clock.more_than_twelve_months(day, made).explanation}",
                ("reg 15(3)(b)",),
                field="grounds",
            )
    return None


def sub_panel_is_lawful(a):
    """As many members as the setting says (three), in office that day, none twice, none interested (para 11)."""
    chosen = a.form.members_chosen()
    size = a.targets.sub_panel_size
    if len({m.pk for m in chosen}) != len(chosen):
        return Refusal("A member can sit only once", ("para 11",), field="members")
    if len(chosen) != size:
        return Refusal(
            f"A sub-panel has exactly {number_words(size)} members: select {number_words(size)}",
            ("para 11",),
            field="members",
        )
    return _the_one_that_sits(a, chosen) or _may_sit(a, chosen, "members")


def _the_one_that_sits(a, chosen):
    """A complaint has one sub-panel (para 11): what else of it comes before one comes before the same members."""
    covered = {p.pk for p in a.parts}
    there = [p for p in a.look.parts if p.pk not in covered and _before(Role.SUB_PANEL, a, p)]
    missing = [r.member for r in a.facts.sub_panel if r.member not in chosen and r.member.holds(a.on)]
    if there and missing:
        return Refusal(
            f"Allegation {there[0].number} is before a sub-panel already, and a complaint has one: select its members, "
            f"{listed([r.member.name for r in a.facts.sub_panel])}",
            ("para 11",),
            field="members",
        )
    return None


def _may_sit(a, members, field):
    for m in members:
        if not m.holds(a.on):
            return Refusal(f"{m.name} was not a member of the Panel on {day_words(a.on)}", ("para 11",), field=field)
        if m.pk in a.facts.interested:
            return Refusal(f"{m.name} has declared an interest and cannot sit", ("para 11",), field=field)
    return None


def replacement_is_lawful(a):
    """Who joins is a member that day, not interested, and does not sit already (para 11)."""
    joining = a.form.member_named("joining")
    if joining is None:
        return None
    if not a.answers.get("leaving") and len(a.facts.sub_panel) >= a.targets.sub_panel_size:
        return Refusal("Select who leaves: no seat is empty", ("para 11",), field="leaving")
    if joining.pk in {r.member_id for r in a.facts.sub_panel}:
        return Refusal(f"{joining.name} sits on the sub-panel already", ("para 11",), field="joining")
    return _may_sit(a, [joining], "joining")


FINDINGS = re.compile(
    r"\b((?:not |partly )?upheld|upholds?|in breach|breached|guilty|found against|proven|(?:un)?substantiated|"
    r"ordered to apologi[sz]e|sanction(?:s|ed)?|censure[sd]?|reprimand(?:s|ed)?|suspended from office|"
    r"misconduct (?:was|is) found|investigat(?:ed|ion) (?:found|concluded))\b",
    re.IGNORECASE,
)


def no_finding(*names):
    """The Panel cannot investigate, find or sanction (para 13, Sch 7 para 3): such words are refused in an outcome, and
    accepted only as a sub-panel's quoted opinion."""

    @says("no_finding", no_finding.__doc__)
    def check(a):
        for name in names:
            found = FINDINGS.search(" ".join(str(a.answers.get(name) or "").split()))
            if found:
                return Refusal(
                    f"“{found.group(0)}” would be a finding or a sanction, and the Panel has no power to make one "
                    "(paragraph 13). Say what was explained, settled or agreed, or note it as the sub-panel’s opinion",
                    ("para 13",),
                    field=name,
                )
        return None

    return check


def apology_was_agreed(a):
    """No apology on the office holder's behalf unless they agreed to it (para 12, reg 28)."""
    if a.answers.get("outcome") == Allegation.Outcome.APOLOGY and not a.facts.agreed_apology:
        return Refusal(
            "An apology is an outcome only when the office holder has agreed to it: note the apology first "
            "(paragraph 12, regulation 28)",
            ("para 12", "reg 28"),
            field="outcome",
        )
    return None


def opinion_was_given(a):
    """An opinion as outcome rests on an opinion on record (para 13)."""
    if a.answers.get("outcome") == Allegation.Outcome.OPINION and a.look.last("note_opinion") is None:
        return Refusal("Note the sub-panel’s opinion first (paragraph 13)", ("para 13",), field="outcome")
    return None


def decider_could_decide(a):
    """Whoever decided held office that day and has no interest; a Vice-Chairman only when the Chairman could not."""
    m = a.decided_by
    if a.decided_as != Role.CHAIRMAN or (m is None and a.form.typed_for):
        return None
    offices = [c for c in a.panel.chairmanships.filter(member=m) if c.holds(a.on)] if m else []
    if not a.form.typed_for:
        then = rules.roles_on(rules.standing(a.user, a.panel, a.on), a.look.case_roles)
        if Role.CHAIRMAN in then or any(c.office == Role.CHAIRMAN for c in offices):
            return None
        return Refusal(
            f"You were not Chairman, and did not act for the Chairman, on {day_words(a.on)}", ("para 7",), field="on"
        )
    if not offices:
        return Refusal(f"{m.name} was not Chairman or Vice-Chairman on {day_words(a.on)}", ("para 7",), field="decider")
    if m.pk in a.facts.interested:
        return Refusal(f"{m.name} has declared an interest and cannot decide", ("para 7",), field="decider")
    if all(c.office == Role.VICE_CHAIRMAN for c in offices):
        chairmen = {c.member_id for c in a.panel.chairmanships.filter(office=Role.CHAIRMAN) if c.holds(a.on)}
        there = rules.standing(a.user, a.panel, a.on).chairmen
        if chairmen - a.facts.interested and there:
            return Refusal(
                f"{m.name} decides only when the Chairman is away or has an interest", ("para 7",), field="decider"
            )
    return None


def signed_withdrawal(a):
    """Written, and signed by the complainant or whoever is authorised; the document is attached (reg 16)."""
    if a.facts.complainant is None and a.answers.get("signed_by") == "complainant":
        return Refusal(
            "The complaint is anonymous, so nobody known can have signed as its complainant",
            ("reg 16",),
            field="signed_by",
        )
    return None


# Words

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number_words(n: int) -> str:
    """Small numbers in words."""
    return NUMBERS[n] if n < len(NUMBERS) else str(n)
