"""Valid answers for every step, and cases brought to every state by the real steps.

case = at(world, "sub_panel", allegations=2)
case = take(world, case, "withdraw", parts=["1"])          # default answers, by whoever enters it first
with refused(world, case, "filter", field="grounds"): ...
"""

from types import SimpleNamespace

import pytest
from django.apps import apps

from complaints.procedure import PROCEDURE
from panel.casework.case_context import Attempt, CaseContext
from panel.casework.errors import Invalid, Refused, Stale, Unseen
from panel.casework.offers import offer
from panel.casework.perform import perform
from panel.casework.shared_forms import reversible
from panel.law.roles import Role
from panel.models import Entry, Opening
from panel.procedure.register import of_procedure
from tests import build
from tests.answers import answers_to, collect, lacking, whole
from tests.complaints.procedure import answers as chapters
from tests.complaints.procedure.answers.deciding import DISAPPLIED as DISAPPLIED
from tests.reading import LATER as LATER
from tests.reading import ON as ON
from tests.reading import RECEIVED as RECEIVED
from tests.reading import kinds as kinds
from tests.reading import notices as notices
from tests.reading import open_duties as open_duties
from tests.reading import seats as seats
from tests.reading import sitting as sitting
from tests.written import nothing_written

PERSON = {
    Role.OFFICER: "officer", Role.MONITORING_OFFICER: "mo", Role.CHAIRMAN: "chairman", Role.SUB_PANEL: "sitting",
    Role.VICE_CHAIRMAN: "vice", Role.MEMBER: "member", Role.AUDITOR: "auditor", Role.ADMINISTRATOR: "admin",
}  # fmt: skip
ANSWERS = collect(chapters)
TYPED = {"evidence": "Letter of 2 November 2026"}
ATTACHED = ("withdraw", "add_documents")  # steps that need a document


def seeds(number=2, deep=50):
    """Seeds of random walks: a few by default, the others with `make test-deep`."""
    return [pytest.param(seed, marks=[pytest.mark.deep] if seed >= number else []) for seed in range(deep)]


def answers(world, case, key: str, by) -> dict:
    """Answers that make the step valid wherever it is offered."""
    look = CaseContext(case, by)
    step = look.procedure.step(key)
    given = answers_to(ANSWERS, step, SimpleNamespace(world=world, case=case, look=look))
    if step.decided_by and not look.roles & set(step.decided_by):
        given = {**TYPED, "decided_as": step.decided_by[0].value, "decider": str(world.members[0].pk), **given}
    if key == "reverse":
        given["entry"] = next((str(e.number) for e in reversible(Attempt(look, step, ON))), "")
    return given


def who_enters(world, case, key: str):
    """The person of the first role that may enter the step and is held on the case; what the full Panel decides, the
    officer types up."""
    by = of_procedure(case.procedure).procedure.step(key).entered_by
    by = [r for r in by if r in PERSON]
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
    with whole(of_procedure(case.procedure).procedure.step(key), over):
        perform(case, key, by=by, files=files, **given)
    return fresh(case)


def fresh(case):
    """The case as the database has it."""
    return of_procedure(case.procedure).case_model.objects.select_related("panel").get(pk=case.pk)


def part(case, number=1):
    """An allegation as the database has it."""
    return of_procedure(case.procedure).part_model.objects.get(case_id=case.pk, number=number)


def group_of(world, case):
    """The group that the case belongs to; a new one, if it belongs to none."""
    case = fresh(case)
    if not case.groupings.filter(to_entry=None).exists():
        take(world, case, "join_group")
    return case.groupings.get(to_entry=None).group


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
        lacking(f"no test can bring a complaint to {state!r}: add the steps that lead there to PATHS in tests/steps.py")
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
    "note_victims_review": PATHS["awaiting_proceedings"],
    "victims_review_ends": [*PATHS["awaiting_proceedings"], ("note_victims_review", {})],
    "iopc_treats_as_conduct_matter": [*PATHS["with_iopc"], ("withdraw", {})],
    "restart_clock": [("stop_clock", {})],
    "answer_challenge": [("note_external_challenge", {})],
    "note_challenge_decision": [("note_external_challenge", {})],
    "note_challenge_remedy": [("note_external_challenge", {}), ("note_challenge_decision", {})],
    "note_first_stage": [("begin_first_stage", {})],
    "pass_to_panel": [("begin_first_stage", {})],
    "sign_off_action_plan": [*PATHS["informal_resolution"], ("agree_action_plan", {})],
    "adjourn": [*PATHS["filtered"], ("arrange_meeting", {})],
    "unrestrict": [("restrict", {})],
    "leave_group": [("join_group", {})],
    "end_representative": [("note_representative", {})],
    "reverse": [("record", {})],
    "replace_sub_panel_member": PATHS["sub_panel"],
    "note_opinion": PATHS["sub_panel"],
    "lift_hold": [("hold", {})],
    "propose_erasure": WITHDRAWN, "decline_erasure": [*WITHDRAWN, ("propose_erasure", {})],
    "erase": [*WITHDRAWN, ("propose_erasure", {})],
}  # fmt: skip
OUTCOME = ("invite_representations", "note_representations", "decide_publication", "note_answer")
MADE = ("log", "record_conduct_matter", "enter_from_register")


def conduct_matter(world, **over):
    """A conduct matter recorded on ON."""
    case = build.Complaint(panel=world.panel, procedure="complaints")
    given = {
        "came_to_light": "In the press", "clear_on": ON, "offence": "yes", "offence_is": "Misconduct in public office",
        "subjects": [str(world.pcc.pk)], "title": "Car lease",
        "allegations": [{"what": "Took a car", "happened_on": RECEIVED}],
    }  # fmt: skip
    return perform(case, "record_conduct_matter", by=world.officer, on=ON, **{**given, **over}).case


OLD = {
    "old_reference": "C/2019/7", "received_on": "2019-05-03", "recorded_on": "2019-05-10", "decided_on": "2019-06-12",
    "name": "Gwen Oldfield", "title": "Rudeness at a meeting", "what": "He was rude at a meeting", "to": "closed",
    "outcome": "apology", "theme": "behaviour_public",
}  # fmt: skip


def from_register(world, on="2019-08-20", **over):
    """A complaint that ended before, entered from an old register."""
    case = build.Complaint(panel=world.panel, procedure="complaints")
    given = {**OLD, "subjects": [str(world.pcc.pk)], **over}
    return perform(case, "enter_from_register", by=world.officer, on=on, **given).case


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
    if key == "take_off_message":
        return take(world, at(world, "received"), "note_contact", message=build.message(world).key)
    if key == "record_outcome":
        return heard(world, at(world, "informal_resolution"))
    if key in OUTCOME:
        case = heard(world, at(world, "informal_resolution"))
        case = take(world, case, "record_outcome", outcome="report")
        return take(world, case, "invite_representations") if key == "note_representations" else case
    step = PROCEDURE.step(key)
    case = at(world, step.from_states[0])
    offered = offer(CaseContext(case, who_enters(world, case, key)), step)
    if offered.refusal:
        lacking(
            f"{key!r} cannot be taken on a complaint that is brought to {step.from_states[0]!r} ({offered.refusal}): "
            "add the steps that must come before it to TAKEN in tests/steps.py"
        )
    return case
