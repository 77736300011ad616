"""Every kind of letter about a meeting of the Panel, beside the notices that they meet.

A kind is added here, with its words in `templates/letters/<key>.txt` (docs/developing.md, "Add a letter kind").
"""

from meetings.procedure import duties
from meetings.procedure.law import MEETINGS, NOTICE
from panel.procedure.vocabulary import LetterKind


def who_owes_a_paper(attempt):
    """Who owes a paper for an item, one each: "item:12"."""
    return [f"item:{row.item_id}" for row in attempt.facts.awaited]


def whose_request(attempt):
    """Who asked to take part and has an answer coming."""
    return [f"request:{row.pk}" for row in attempt.facts.requests if row.accepted is not None]


# fmt: off

KINDS = (
    LetterKind(
        "panel_papers", "Papers for the meeting", duties.the_panel, (NOTICE,), discharges=(duties.SEND_PAPERS,),
        after=("plan_meeting", "move_meeting", "publish_agenda"),
    ),
    LetterKind(
        "panel_moved", "The meeting is moved", duties.everybody, (MEETINGS,), discharges=(duties.TELL_MOVED,),
        after=("move_meeting",),
    ),
    LetterKind(
        "panel_cancelled", "The meeting is cancelled", duties.everybody, (MEETINGS,), discharges=(duties.TELL_CANCELLED,),
        after=("cancel_meeting",),
    ),
    LetterKind(
        "panel_adjourned", "The meeting is adjourned", duties.everybody, (MEETINGS,), discharges=(duties.TELL_ADJOURNED,),
        after=("adjourn_meeting",),
    ),
    LetterKind(
        "draft_minutes", "Draft minutes", duties.the_panel, (MEETINGS,), discharges=(duties.SEND_MINUTES,),
        after=("write_minutes",),
    ),
    LetterKind(
        "participation", "Answer to a request to take part", whose_request, (MEETINGS,),
        discharges=(duties.TELL_REQUEST,), after=("decide_request",),
    ),
    LetterKind(
        "owed", "Reminder of a paper", who_owes_a_paper, (MEETINGS,), chases=(duties.PAPER.key,),
        after=("add_item", "change_item", "table_item"),
    ),
)
