"""What each role may do and how each procedure runs, read from the declarations."""

from panel.access import rules
from panel.law.roles import GRANTED, Role
from panel.pages.tables import capital, table
from panel.procedure.register import procedures
from panel.procedure.vocabulary import Target

# What each role may: generated, so that it cannot differ from what is enforced


def actions_table() -> dict:
    """The rule book's actions against the roles that a membership gives."""
    columns = ("What", *[capital(r.words) for r in GRANTED])
    rows = [[words, *["Yes" if r in roles else "No" for r in GRANTED]] for words, roles in rules.ACTIONS.values()]
    return table("What each role can open and do", columns, rows)


def role_list(roles) -> str:
    """Roles in a sentence."""
    return ", ".join(r.words for r in Role if r in roles)


def procedure_tables() -> list[dict]:
    """For each procedure: who enters each step, whose decision it is, and under which provision."""
    out = []
    for procedure in procedures().values():
        rows = [
            [
                step.label,
                "Anybody who sees the case, for themselves" if step.anybody else capital(role_list(step.entered_by)),
                capital(role_list(step.decided_by)) if step.decided_by else "Whoever enters it",
                capital(step.provision),
            ]
            for step in procedure.steps
        ]
        columns = ("Step", "Who enters it", "Whose decision", "Provision")
        out.append({"heading": f"Steps: {procedure.words}", "table": table("Steps and who takes them", columns, rows)})
    return out


def states_tables() -> list[dict]:
    """For each procedure: its states, the stage each belongs to, and the usual ways on from it."""
    out = []
    for procedure in procedures().values():
        rows = []
        for state in procedure.states:
            ways = [
                s
                for s in procedure.steps
                if state.key in s.from_states and s.moves and not s.creates and s.to is not Target.UNDO
            ]
            if state.open:
                ways = [s for s in ways if not s.folded]
            on = "; ".join(f"{s.label} ({role_list(s.decided_by or s.entered_by)})" for s in ways)
            on = on or "See the case page"
            tag = {"tag": {"words": state.label, "colour": state.colour}}
            rows.append([tag, procedure.stages[state.stage], on if state.open else f"Ended. {on}"])
        table_of = table("States", ("State", "Stage", "What can happen next"), rows)
        out.append({"heading": procedure.words, "table": table_of})
    return out
