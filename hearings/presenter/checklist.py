"""The checklist of a hearing as a task list in four stages."""

from django.urls import reverse

from hearings.keys import StepKey
from hearings.procedure import checklist
from panel.law.period import day_words
from panel.pages.words import step_url

OFFICER = checklist.Item.who
AT_THE_HEARING = checklist.STAGES.index("At the hearing")
SHOWN = {
    "done": ("Completed", None), "skipped": ("Skipped", None), "not_done": ("Not done", None),
    "progress": ("In progress", "blue"), "open": ("Not started", "blue"), "today": ("Due today", "yellow"),
    "late": ("Late", "red"), "unknown": ("Not recorded", None), "later": ("Cannot start yet", None),
}  # fmt: skip


def task_list(look, can_take: set[str]) -> dict:
    """Heading and stages; `can_take` are the steps that the person can take now."""
    items = checklist.items(look)
    standing = {item.key: checklist.standing(look, item) for item in items}
    stages = []
    for number, heading in enumerate(checklist.STAGES):
        if number == AT_THE_HEARING and look.facts.meeting is not None:
            heading = f"{heading}, {day_words(look.facts.meeting.on)}"
        rows = [item_row(look, item, standing[item.key], can_take) for item in items if item.stage == number]
        stages.append({"heading": heading, "items": rows})
    states = [s.state for s in standing.values()]
    done, skipped, missed = (states.count(state) for state in ("done", "skipped", "not_done"))
    heading = f"Checklist: {done} of {len(items)} done" + (f", {skipped} skipped" if skipped else "")
    return {"heading": heading + (f", {missed} not done" if missed else ""), "stages": stages}


def whose(look, item) -> str:
    """Who does it, in the panel's words: "The Commissioner"."""
    return f"The {look.names['commissioner'] if item.who == 'Commissioner' else item.who}"


def item_row(look, item, standing, can_take: set[str]) -> dict:
    """One item: how it stands, why, and where it is settled by whoever may."""
    words, colour = SHOWN[standing.state]
    under = item.provision if item.who == OFFICER else f"{item.provision}. {whose(look, item)}"
    row = {
        "badge": {
            "kind": item.basis,
            "words": item.basis.capitalize(),
            "late": standing.state == "late" and item.basis == "law",
        },
        "words": item.words,
        "note": f"{standing.note}. {under}" if standing.note else under,
    }
    if colour:
        row["tag"] = {"words": words, "colour": colour}
    else:
        row |= {"status": words, "muted": standing.state == "later"}
    if standing.state == "later":
        return row
    if standing.state in ("done", "skipped", "not_done"):
        row["url"] = reverse("panel:case-timeline", args=[look.case.panel.slug, "hearings", look.case.reference])
        return row
    if standing.step in can_take:
        query = {"item": item.key} if standing.step == StepKey.COMPLETE_ITEM else {}
        row["url"] = step_url(look.case, look.register, standing.step, **query)
    if item.basis == "guidance" and "skip_item" in can_take and standing.state in ("open", "progress"):
        row["other"] = {"words": "Skip it", "url": step_url(look.case, look.register, StepKey.SKIP_ITEM, item=item.key)}
    elif item.basis == "law" and "note_not_done" in can_take and standing.state in ("late", "unknown"):
        row["other"] = {
            "words": "Record that it was not done",
            "url": step_url(look.case, look.register, StepKey.NOTE_NOT_DONE, item=item.key),
        }
    return row
