"""Valid answers for every step, and cases brought to every state by the real steps.

case = at(world, "sub_panel", allegations=2)
case = take(world, case, "withdraw", parts=["1"])          # default answers, by whoever enters it first
with refused(world, case, "filter", field="grounds"): ...
"""

from datetime import date
from types import SimpleNamespace

import pytest
from django.apps import apps

from complaints.procedure import PROCEDURE
from panel.casework.case_context import CaseContext
from panel.casework.errors import Invalid, Refused, Stale, Unseen
from panel.casework.perform import perform
from panel.law import clock
from panel.law.roles import Role
from panel.models import Duty, Entry, Opening
from panel.procedure.register import of_procedure
from tests import build
from tests.written import nothing_written

RECEIVED = date(2026, 10, 27)  # a Tuesday
ON = date(2026, 11, 2)  # the day on which everything happens here, unless a test says otherwise
LATER = date(2026, 11, 16)
PERSON = {
    Role.OFFICER: "officer", Role.MONITORING_OFFICER: "mo", Role.CHAIRMAN: "chairman", Role.SUB_PANEL: "sitting",
    Role.VICE_CHAIRMAN: "vice", Role.MEMBER: "member", Role.AUDITOR: "auditor", Role.ADMINISTRATOR: "admin",
}  # fmt: skip
DISAPPLIED = {
    "considered": True, "grounds": ["e"], "abuse": "vexatious", "reasons_e": "Fourteen letters about one parking space.",
}  # fmt: skip
TYPED = {"evidence": "Letter of 2 November 2026"}
ATTACHED = ("withdraw", "add_documents")  # steps that need a document


def open_duties(case, *kinds):
    """The case's open duties, of these kinds or all."""
    found = Duty.objects.filter(case_id=case.pk, closed_by=None).order_by("pk")
    return list(found.filter(kind__in=kinds) if kinds else found)


def kinds(case) -> list[str]:
    """Kinds of the open duties, sorted."""
    return sorted(d.kind for d in open_duties(case))


def notices(case):
    """Open duties that are met by telling somebody."""
    procedure = of_procedure(case.procedure).procedure
    return [d for d in open_duties(case) if procedure.duty(d.kind).notice]


def seeds(number=2, deep=50):
    """Seeds of random walks: a few by default, the others with `make test-deep`."""
    return [pytest.param(seed, marks=[pytest.mark.deep] if seed >= number else []) for seed in range(deep)]


def seats(world, *numbers):
    """Members by their place in the world, as a form sends them. Number 3 is `world.sitting`."""
    return [str(world.members[n].pk) for n in numbers]


def sitting(case):
    """Ids of the members who sit on the case's sub-panel, sorted."""
    return sorted(case.roles.filter(kind="sub_panel", to_entry=None).values_list("member_id", flat=True))


def answers(world, case, key: str, by) -> dict:
    """Answers that make the step valid wherever it is offered."""
    look = CaseContext(case, by)
    at = SimpleNamespace(world=world, case=case, look=look)
    given = {name: value(at) if callable(value) else value for name, value in ANSWERS.get(key, {}).items()}
    step = look.procedure.step(key)
    if step.decided_by and not look.roles & set(step.decided_by):
        given = {**TYPED, "decided_as": step.decided_by[0].value, "decider": str(world.members[0].pk), **given}
    if key == "reverse":
        from panel.casework.case_context import Attempt
        from panel.casework.shared_forms import reversible

        given["entry"] = next((str(e.number) for e in reversible(Attempt(look, step, ON))), "")
    return given


def targets(look, stopped: bool) -> list[str]:
    """Duties whose clock can stop, or go on."""
    from complaints.procedure.record_keeping.clocks import targets as found

    return [str(d.pk) for d in found(SimpleNamespace(look=look), stopped=stopped)]


def twin(case) -> str:
    """Another complaint by the same person."""
    rows = of_procedure(case.procedure).case_model.objects.filter(panel=case.panel).exclude(pk=case.pk)
    person = case.complainant
    return next((c.reference for c in rows if person and c.complainant and c.complainant.name == person.name), "")


def leaving(case) -> str:
    """A member who sits."""
    return str(next(iter(sitting(case)), ""))


def joining(world, look) -> str:
    """A member who could sit."""
    taken = {r.member_id for r in look.facts.sub_panel} | look.facts.interested
    return next((str(m.pk) for m in world.members[4:] if m.pk not in taken), "")


def body(case) -> str:
    """Whose decision it would be, where somebody types it up."""
    return {"full_panel": "panel", "filtered": "chairman"}.get(case.status, "sub_panel")


def waivable(look):
    """A duty that this person may waive: the first of all, or for the officer the first that the law does not order."""
    found = look.open_duties
    if Role.MONITORING_OFFICER not in look.roles:
        found = [d for d in found if not look.procedure.duty(d.kind).statutory]
    return found[:1]


# What each step is answered with. A function makes what depends on the case, and only when the step is taken.
ANSWERS = {
    "ask_for_information": {"missing": "On which day it was said", "by_when": LATER},
    "resume": {"came": "nothing"},
    "record": {"theme": "statements", "offence": "no"},
    "redirect": {"reason": "policy", "redirected_to": "The Commissioner’s office", "why": "It is about a policy."},
    "decline_to_record": {"ground": "not_a_complaint", "why": "There is nothing in it to deal with."},
    "brief_chairman": {"note": "The webcast of 14 October shows it at minute 41."},
    "advise": {"conclusion": "Informal resolution", "advice": "None of the grounds fits.", "fits": []},
    "decide_copies": {"copy": "full", "subjects": lambda at: [str(s.office_holder_id) for s in at.look.facts.subjects]},
    "filter": {"offence": "no", "route": "sub_panel_resolves", "why": "Best settled face to face.", "no_advice_why": "He is away."},
    "appoint_sub_panel": {"members": lambda at: seats(at.world, 3, 4, 5), "purpose": "resolve", "by_when": LATER},
    "replace_sub_panel_member": {"leaving": lambda at: leaving(at.case), "joining": lambda at: joining(at.world, at.look), "why": "Ill"},
    "refer_to_full_panel": {"meeting_on": LATER, "why": "It concerns all members."},
    "take_no_action": {**DISAPPLIED, "why": "As the ground says.", "decided_as": lambda at: body(at.case)},
    "resolve_informally": {"dealt_with_by": "officer", "decided_as": lambda at: body(at.case)},
    "request_documents": {"asked_for": "The letter of 14 October", "by_when": LATER},
    "request_attendance": {"asked_for": "The sub-panel’s meeting", "by_when": LATER},
    "note_comments": {"side": lambda at: at.look.facts.holders()[0], "said": "declined"},
    "note_meeting": {"kind": "other", "present": "All three members", "note": "They talked it over."},
    "note_explanation": {"side": lambda at: at.look.facts.holders()[0], "explanation": "He was in a hurry."},
    "note_apology": {"apology": "I am sorry for what I said.", "agreed": True},
    "note_opinion": {"opinion": "The sub-panel thinks the remark was in breach of the code."},
    "record_outcome": {
        "outcome": "explained", "record": "He explained what he had meant, and she accepted it.", "answer_due": LATER,
    },
    "close": {"summary": "A remark at a public meeting was explained."},
    "identify_serious": {"basis": "offence", "clear_on": ON, "why": "Words that may be a threat."},
    "refer_to_iopc": {"sent": "The complaint, by secure email", "tell_office_holder": "yes"},
    "iopc_investigates": {"iopc_reference": "2026/123456"},
    "iopc_refers_back": {"why": "No investigation is needed."},
    "withdraw": {"wish": "withdrawn", "signed_by": "solicitor", "came_through": "direct"},
    "add_allegation": {"what": "Then he walked out", "happened_on": date(2026, 10, 14)},
    "give_notice": {
        "duties": lambda at: [str(d.pk) for d in notices(at.case)], "how": "post", "no_copy": "In the post book", "answer_by": LATER,
        "late_why": "The post room was closed.",
    },
    "waive": {"duties": lambda at: [str(d.pk) for d in waivable(at.look)], "why": "It would serve nobody."},
    "note_contact": {"kind": "note", "note": "She rang to ask how it stands."},
    "declare_interest": {"member": "own", "kind": "close", "nature": "A friend of the complainant", "withdrew": "yes"},
    "assign": {"to_whom": lambda at: str(at.world.mo.pk)},
    "void": {"reason": "mistake", "why": "Typed into the wrong register."},
    "reopen": {"to": "recorded", "why": "New facts."},
    "reverse": {"why": "Entered by mistake."},
    "ask_for_reversal": {"why": "The date is wrong."},
    "iopc_suspends": {"proceedings": "R v Ashcombe", "review_on": LATER},
    "iopc_lifts_suspension": {"why": "The trial is over."},
    "iopc_discontinues": {"direction": "part_4", "why": "Not in the public interest."},
    "iopc_concludes": {"ended": "report", "offence": "yes", "follows": "awaiting_proceedings"},
    "proceedings_end": {"result": "No further action", "left": "recorded"},
    "iopc_treats_as_conduct_matter": {"why": "In the public interest."},
    "record_evidence_step": {"kind": "kept", "note": "The webcast was saved."},
    "add_documents": {"description": "The bundle"},
    "arrange_meeting": {"meets_on": LATER, "place": "County Hall", "present": "The three members"},
    "adjourn": {"meets_on": LATER, "why": "One member is ill."},
    "invite_representations": {"by_when": LATER},
    "note_representations": {"side": lambda at: next(iter(at.look.facts.sides()), ""), "view": "agrees"},
    "decide_publication": {"publish": "no", "why": "It interests nobody."},
    "note_answer": {
        "side": lambda at: next(iter(at.look.facts.holders()), ""), "reply": "done", "answer": "He has done it.",
    },
    "add_conduct": {
        "came_to_light": "In the same lease", "clear_on": ON, "offence": "yes", "offence_is": "Fraud",
        "what_1": "Took another car", "happened_on_1": RECEIVED,
    },
    "note_no_confidence": {"motion": "That the Panel has no confidence in him", "carried": "no"},
    "ask_about_offence": {"why": "He may have threatened her."},
    "rule_out_offence": {"why": "Nothing in the words is a threat."},
    "refer_again": {
        "new": "A second witness", "clear_on": ON, "sent": "The statement, by secure email", "tell_office_holder": "yes",
        "late_new": "She wrote on a Friday.",
    },
    "note_victims_review": {"who": "complainant", "body": "prosecutor", "about": "The decision not to charge"},
    "victims_review_ends": {
        "duties": lambda at: [str(d.pk) for d in open_duties(at.case, "await_review")], "ended": "stands", "note": "Nothing.",
    },
    "stop_clock": {"duties": lambda at: targets(at.look, stopped=False), "waiting_for": "body", "why": "It is away."},
    "restart_clock": {"duties": lambda at: targets(at.look, stopped=True), "why": "It came back."},
    "note_office_left": {"who": lambda at: str(at.look.facts.subjects[0].office_holder_id), "note": "It goes on."},
    "note_external_challenge": {"body": "ombudsman", "about": "How long it took", "by_when": LATER},
    "answer_challenge": {
        "answer": "With the whole file.", "duties": lambda at: [str(d.pk) for d in open_duties(at.case, "answer_challenge")],
    },
    "correct": {"title": lambda at: f"{at.case.title[:100]}, corrected {at.case.version}", "why": "It was misread."},
    "merge": {"into": lambda at: twin(at.case), "why": "Sent twice."},
    "restrict": {"named": lambda at: [str(at.world.officer.pk), str(at.world.chairman.pk)], "why": "A threat was made."},
    "unrestrict": {"why": "The threat is over."},
    "hold": {"need": "proceedings", "why": "A claim is threatened.", "review_on": LATER},
    "lift_hold": {"why": "The claim is settled."},
    "propose_erasure": {"ground": "asked", "why": "Nobody needs it."},
    "decline_erasure": {"why": "The audit needs it."},
    "erase": {"sure": True, "why": "Nobody needs it.", "on": lambda at: clock.today()},
}  # fmt: skip


def who_enters(world, case, key: str):
    """The person of the first role that may enter the step and is held on the case; what the full Panel decides, the
    officer types up."""
    by = of_procedure(case.procedure).procedure.step(key).entered_by
    found = [world.people[PERSON[r]] for r in by if r is not Role.SUB_PANEL or world.members[3].pk in sitting(case)]
    return world.officer if case.status == "full_panel" and Role.OFFICER in by else found[0]


def dated(on, given) -> dict:
    """The answers with the day of the step: ON, unless the step or the test wants another."""
    return {"on": on, **given} if on is ON else {**given, "on": on}


def take(world, case, key: str, by=None, on=ON, files=None, **over):
    """Take the step with valid answers, changed by `over`; the case as it then is, read afresh."""
    by = by or who_enters(world, case, key)
    given = dated(on, {**answers(world, case, key, by), **over})
    if key in ATTACHED and files is None:
        files = {"documents": [build.pdf()]}
    perform(case, key, by=by, files=files, **given)
    return fresh(case)


def fresh(case):
    """The case as the database has it."""
    return of_procedure(case.procedure).case_model.objects.select_related("panel").get(pk=case.pk)


def part(case, number=1):
    """An allegation as the database has it."""
    return of_procedure(case.procedure).part_model.objects.get(case_id=case.pk, number=number)


def last(case) -> Entry:
    """The last entry."""
    return Entry.objects.filter(case_id=case.pk).order_by("-number").first()


def statuses(case) -> list[str]:
    """Where the allegations stand, in their order."""
    return list(case.parts.order_by("number").values_list("status", flat=True))


PATHS = {
    "received": [],
    "awaiting_information": [("ask_for_information", {})],
    "recorded": [("record", {})],
    "referred_to_iopc": [("record", {}), ("identify_serious", {}), ("refer_to_iopc", {})],
    "with_iopc": [("record", {}), ("identify_serious", {}), ("refer_to_iopc", {}), ("iopc_investigates", {})],
    "awaiting_proceedings": [
        ("record", {}), ("identify_serious", {}), ("refer_to_iopc", {}), ("iopc_investigates", {}), ("iopc_concludes", {}),
    ],
    "filtered": [("record", {}), ("filter", {"route": "informal_resolution"})],
    "sub_panel": [("record", {}), ("filter", {}), ("appoint_sub_panel", {})],
    "full_panel": [("record", {}), ("filter", {"route": "full_panel"}), ("refer_to_full_panel", {})],
    "informal_resolution": [
        ("record", {}), ("filter", {}), ("appoint_sub_panel", {}), ("resolve_informally", {"dealt_with_by": "sub_panel"}),
    ],
    "void": [("void", {})],
    "not_recorded": [("decline_to_record", {})],
    "redirected": [("redirect", {})],
    "withdrawn": [("withdraw", {})],
}  # fmt: skip


def at(world, state: str, allegations=1, **logged):
    """A complaint received on RECEIVED and brought to that state on ON: the one that is ready, or a new one."""
    if allegations == 1 and not logged and state in world.ready:
        return world.ready.pop(state)
    if state == "conduct_matter":  # no state: a conduct matter, which stands at Recorded
        return conduct_matter(world)
    case = build.log(world, on=RECEIVED, allegations=allegations, **logged)
    if state in ("outcome_recorded", "closed"):
        case = heard(world, walk(world, case, PATHS["informal_resolution"]))
        case = take(world, take(world, case, "decide_copies"), "record_outcome")
        if state == "closed":
            case = close(world, case)
        return case
    if state not in PATHS:
        raise LookupError(f"tests/steps.py: add the steps that lead to {state!r} to PATHS")
    return walk(world, fresh(case), PATHS[state])


def walk(world, case, path):
    """Take these steps."""
    for key, over in path:
        case = take(world, case, key, **over)
    return case


def heard(world, case, on=ON):
    """Both sides have said what they had to say, or that they would not."""
    for side in CaseContext(case, world.officer).facts.sides():
        case = take(world, case, "note_comments", side=side, on=on)
    return case


def everybody_told(world, case, on=ON):
    """The copy is decided on, and everybody is told."""
    if open_duties(case, "decide_copies"):
        case = take(world, case, "decide_copies", on=on)
    return take(world, case, "give_notice", on=on) if notices(case) else case


def close(world, case, on=ON):
    """Everybody is told, then it is closed."""
    return take(world, everybody_told(world, case, on), "close", on=on)


def rows() -> dict[str, int]:
    """How many rows every table has; but who opened a page is written down whatever becomes of the step."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model is not Opening:
            found[model._meta.db_table] = model._base_manager.count()
    return found


def refusal(world, case, key: str, by=None, on=ON, files=None, **over) -> Refused | Invalid | Stale | Unseen:
    """What the step is refused with; nothing may be written."""
    by = by or who_enters(world, case, key)
    given = dated(on, {**answers(world, case, key, by), **over} if not case._state.adding else over)
    if key in ATTACHED and files is None:
        files = {"documents": [build.pdf()]}
    with nothing_written(), pytest.raises((Refused, Invalid, Stale, Unseen)) as raised:
        perform(case, key, by=by, files=files, **given)
    return raised.value


def errors(world, case, key: str, **over) -> dict[str, list[str]]:
    """The errors of an answer that is refused, by field."""
    found = refusal(world, case, key, **over)
    assert isinstance(found, Invalid), repr(found)
    return {name: list(map(str, e)) for name, e in found.form.errors.items()}


def cannot(world, case, key: str, by=None, **over) -> tuple[str, ...]:
    """The provisions under which a step is refused before anything is asked."""
    found = refusal(world, case, key, by=by, **over)
    assert isinstance(found, Refused), repr(found)
    return found.refusals[0].provisions


# A complaint on which each step can be taken

WITHDRAWN = [("withdraw", {}), ("give_notice", {}), ("waive_all", {})]  # and nothing is owed
TAKEN = {  # where a step is taken that is not possible at once in the first of its states
    "appoint_sub_panel": [("record", {}), ("filter", {})],
    "refer_to_iopc": [("identify_serious", {})],
    "take_no_action": PATHS["sub_panel"],
    "resolve_informally": PATHS["filtered"],
    "close": [("record", {}), ("filter", {"route": "no_action", "considered": True, "grounds": ["e"], "abuse": "abuse",
                                          "reasons_e": "An abuse."}),
              ("decide_copies", {}), ("give_notice", {})],
    "iopc_lifts_suspension": [("iopc_suspends", {})],
    "rule_out_offence": [("ask_about_offence", {})],
    "note_victims_review": PATHS["referred_to_iopc"],
    "victims_review_ends": [*PATHS["referred_to_iopc"], ("note_victims_review", {})],
    "iopc_treats_as_conduct_matter": [*PATHS["with_iopc"], ("withdraw", {})],
    "restart_clock": [("stop_clock", {})],
    "answer_challenge": [("note_external_challenge", {})],
    "adjourn": [*PATHS["filtered"], ("arrange_meeting", {})],
    "unrestrict": [("restrict", {})],
    "reverse": [("record", {})],
    "replace_sub_panel_member": PATHS["sub_panel"],
    "note_opinion": PATHS["sub_panel"],
    "lift_hold": [("hold", {})],
    "propose_erasure": WITHDRAWN, "decline_erasure": [*WITHDRAWN, ("propose_erasure", {})],
    "erase": [*WITHDRAWN, ("propose_erasure", {})],
}  # fmt: skip
OUTCOME = ("invite_representations", "note_representations", "decide_publication", "note_answer")
MADE = ("log", "record_conduct_matter")


def conduct_matter(world, **over):
    """A conduct matter recorded on ON."""
    case = build.Complaint(panel=world.panel, procedure="complaints")
    given = {
        "came_to_light": "In the press", "clear_on": ON, "offence": "yes", "offence_is": "Misconduct in public office",
        "subjects": [str(world.pcc.pk)], "title": "Car lease",
        "allegations": [{"what": "Took a car", "happened_on": RECEIVED}],
    }  # fmt: skip
    return perform(case, "record_conduct_matter", by=world.officer, on=ON, **{**given, **over}).case


def waive_all(world, case):
    """The Monitoring Officer lets every open duty go."""
    owed = [str(d.pk) for d in open_duties(case)]
    return take(world, case, "waive", by=world.mo, duties=owed) if owed else case


def ready_for(world, key):
    """A complaint on which the step can be taken."""
    if key in TAKEN:
        case = at(world, "received")
        for before, over in TAKEN[key]:
            case = waive_all(world, case) if before == "waive_all" else take(world, case, before, **over)
        return case
    if key == "add_conduct":
        return conduct_matter(world)
    if key == "record_outcome":
        return heard(world, at(world, "informal_resolution"))
    if key in OUTCOME:
        case = heard(world, at(world, "informal_resolution"))
        case = take(world, case, "record_outcome", outcome="report")
        return take(world, case, "invite_representations") if key == "note_representations" else case
    return at(world, PROCEDURE.step(key).from_states[0])
