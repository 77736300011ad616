"""What the steps that every register shares are answered with, unless a register's chapter answers them otherwise."""

from panel.law import clock
from panel.law.roles import Role
from tests.reading import LATER, notices


def waivable(at):
    """A duty that this person may waive: the first of all, or for the officer the first that the law does not order."""
    found = at.look.open_duties
    if Role.MONITORING_OFFICER not in at.look.roles:
        found = [d for d in found if not at.look.procedure.duty(d.kind).statutory]
    return [str(d.pk) for d in found[:1]]


ANSWERS = {
    "give_notice": {
        "duties": lambda at: [str(d.pk) for d in notices(at.case)], "how": "post", "no_copy": "In the post book",
        "answer_by": LATER, "late_why": "The post room was closed.",
    },
    "waive": {"duties": waivable, "why": "It would serve nobody."},
    "add_documents": {"description": "The bundle"},
    "note_contact": {"kind": "note", "note": "She rang to ask how it stands."},
    "take_off_message": {"why": "It is of another case"},
    "declare_interest": {"member": "own", "kind": "close", "nature": "A friend of the complainant", "withdrew": "yes"},
    "assign": {"to_whom": lambda at: str(at.world.mo.pk)},
    "join_group": {"group": "new", "title": "Post about the march", "why": "They are about one post."},
    "leave_group": {"why": "It is about another post."},
    "restrict": {
        "named": lambda at: [str(at.world.officer.pk), str(at.world.chairman.pk)], "why": "A threat was made.",
    },
    "unrestrict": {"why": "The threat is over."},
    "void": {"reason": "mistake", "why": "Typed into the wrong register."},
    "ask_for_reversal": {"why": "The date is wrong."},
    "reverse": {"why": "Entered by mistake."},  # and the last entry that this person can take back
    "hold": {"need": "proceedings", "why": "A claim is threatened.", "review_on": LATER},
    "lift_hold": {"why": "The claim is settled."},
    "propose_erasure": {"ground": "asked", "why": "Nobody needs it."},
    "decline_erasure": {"why": "The audit needs it."},
    "erase": {"sure": True, "why": "Nobody needs it.", "on": lambda at: clock.today()},
}  # fmt: skip
