"""The stored slugs of states, steps, duties and standing items that code compares with, as named members."""

from enum import StrEnum


class StateKey(StrEnum):
    """Where a meeting can stand."""

    PLANNED = "planned"
    CALLED = "called"
    HELD = "held"
    ADJOURNED = "adjourned"
    VOID = "void"
    CANCELLED = "cancelled"
    MINUTES_CONFIRMED = "minutes_confirmed"


class StepKey(StrEnum):
    """Steps that other code names."""

    PLAN_MEETING = "plan_meeting"
    MOVE_MEETING = "move_meeting"
    PUBLISH_AGENDA = "publish_agenda"
    HOLD_MEETING = "hold_meeting"
    ADJOURN_MEETING = "adjourn_meeting"
    RECORD_ATTENDANCE = "record_attendance"
    WRITE_MINUTES = "write_minutes"
    CONFIRM_MINUTES = "confirm_minutes"
    TABLE_ITEM = "table_item"


class DutyKey(StrEnum):
    """Kinds of duty that other code names."""

    PUBLISH_AGENDA = "publish_agenda"
    PUBLISH_WELSH_AGENDA = "publish_welsh_agenda"
    SEND_PAPERS = "send_papers"
    HOLD_MEETING = "hold_meeting"
    DRAFT_MINUTES = "draft_minutes"
    PAPER = "paper"


class ItemKind(StrEnum):
    """What an item is: one that every meeting has, or one of this meeting."""

    WELCOME = "welcome"
    SUBSTITUTES = "substitutes"
    CHAIR = "chair"
    APOLOGIES = "apologies"
    PARTICIPATION = "participation"
    MINUTES = "minutes"
    WORK_PROGRAMME = "work_programme"
    TABLED = "tabled"
    ITEM = "item"
