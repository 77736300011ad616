"""The cases about a person, cut into cells. Many cases cost as many database queries as one."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress

from django.db.models import F, Prefetch

from panel.casework.case_context import CaseContext
from panel.casework.entry_words import entry_words
from panel.models import Case, Document, Duty, Entry, Link, Move
from panel.pages.timeline import answers_of, by_words
from panel.pages.words import sentence
from panel.procedure.register import REGISTERS
from panel.record.digests import erasable
from panel.record.history import RowWords, model_of
from panel.subject_access.cells import PRIVILEGED, Cutter, DisclosedBlock, DisclosedCell, document_flags, record_of
from panel.subject_access.find import both, leaves, models_held, path_to
from panel.templatetags.panel_tags import moment

PLAIN = ("What was done", "By", "Entered", "Moved")  # labels of a step that nobody typed: never withheld


def case_blocks(search, pks) -> Iterator[DisclosedBlock]:
    """The cases with these numbers, each whole. The database is asked for all of them together."""
    looks, warnings = case_contexts(search, pks), {}
    for _, concern in search.concerns:
        if concern.kept_back:
            warnings |= concern.kept_back([pk for pk in pks if concern in search.cases[pk]])
    rows, past = rows_of_cases(pks)
    shared = RowWords()
    shared.learn([r for found in (*rows.values(), *past.values()) for r in found])
    for pk in pks:
        look = looks[pk]
        only = "The case is restricted to named people" if look.case.restricted else ""
        warning = "; ".join(filter(None, (warnings.get(pk), only)))
        names = RowWords(look)
        names._related = shared._related
        yield DisclosedBlock(
            look.case.reference,  # its title may name others, and is a cell
            case_cells(search, look, rows[pk], past[pk], names, warning),
            look.case,
            look.procedure.state(look.case.status).label,
            ", ".join(dict.fromkeys(c.words for c in search.cases[pk])),
            warning,
        )


def case_contexts(search, pks) -> dict[int, CaseContext]:
    """Each of these cases as the reader sees it. The rows that its words need are loaded for all cases together."""
    found: dict[int, CaseContext] = {}
    user_names = dict(search.panel.memberships.values_list("user", "user__name"))
    members = list(search.panel.members.select_related("council", "user").order_by("name"))
    for register in REGISTERS.values():
        rows = register.case_model.objects.filter(pk__in=pks).select_related("assigned_to", *register.related)
        cases = list(rows.prefetch_related(*register.many))
        for case in cases:
            case.panel = search.panel
        found |= {look.case.pk: look for look in CaseContext.many(cases, search.user, search.who)}
    for look in found.values():
        look.__dict__ |= {"entries": [], "duties": [], "user_names": user_names}
        look.facts.__dict__["members"] = members
    entries = Entry.objects.filter(case__in=pks).select_related("by", "decided_by", "reversed_by").order_by("number")
    for e in entries.prefetch_related(Prefetch("moves", Move.objects.select_related("part"))):
        found[e.case_id].entries.append(e)
    for d in Duty.objects.filter(case__in=pks).select_related("part", "opened_by", "closed_by").order_by("pk"):
        found[d.case_id].duties.append(d)
    return found


def rows_of_cases(pks) -> tuple[dict, dict]:
    """({case: its rows}, {case: their history, the oldest first}) of every model; steps and moves are told in words."""
    found = defaultdict(list), defaultdict(list)
    for model in models_held():
        if model in (Entry, Move, Link) or not path_to(model, Case):
            continue
        for each, into in zip(both(model), found, strict=False):
            path = path_to(each, Case)
            rows = each._base_manager.filter(**{f"{path}__in": pks}).annotate(held_case=F(path))
            for row in rows.order_by("pk"):
                into[row.held_case].append(row)
    return found


def case_cells(search, look, rows, past, names, warning) -> Iterator[DisclosedCell]:
    """One case: its own row, its steps in words, then every other row of it."""
    concerns = search.cases[look.case.pk]
    steps = {e.pk: e.step for e in look.entries}
    about = {c: why for c, why in concerns[0].others.items() if all(c in concern.others for concern in concerns)}

    def why(row, column):
        model = model_of(row)
        if model is Document:
            return document_flags(row, steps.get(row.entry_id), look.register)
        found = [about.get(column, "")] if model is type(look.case) else []
        return [*found, warning] if any(found) or column in erasable(model) else found

    cut = Cutter(search, names, why=why)
    model = type(look.case)
    yield from cut.cells([r for r in rows if type(r) is model], [r for r in past if model_of(r) is model])
    for e in look.entries:
        reasons = [PRIVILEGED if e.step in look.register.privileged else "", warning]
        for label, text in step_words(look, e):
            why = reasons if label not in PLAIN else ()
            yield cut.cell(f"Step {e.number}", e.on.isoformat(), label, text, why, record=record_of(e))
    yield from cut.cells([r for r in rows if type(r) is not model], [r for r in past if model_of(r) is not model])


def done_words(look, entry) -> str:
    """A step in words; its key in words if no register declares it any more."""
    with suppress(KeyError, ValueError, TypeError):
        return entry_words(look, entry)
    return sentence(entry.step.replace("_", " "))


def step_words(look, entry) -> Iterator[tuple[str, str]]:
    """(label, words) of what a step says: who, when, what moved where, each answer and the reasons."""
    yield "What was done", done_words(look, entry)
    yield "By", by_words(entry)
    yield "Entered", moment(entry.entered_at)
    for m in entry.moves.all():
        if m.source != m.target:
            states = [look.procedure.state(s).label for s in (m.source, m.target) if s]
            yield "Moved", f"{sentence(look.register.part_word)} {m.part.number}: {' to '.join(states)}"
    try:
        rows = [(row["label"], str(row["value"])) for row in answers_of(look, entry)]
    except (KeyError, ValueError, TypeError, AttributeError):  # an answer that its form knows no more
        rows = [(name.replace("_", " "), text) for name, text in leaves(entry.answers)] + [("Reasons", entry.why)]
    yield from ((label, text) for label, text in rows if text)
