"""The sample of steps that the dearest tests take every day."""

from panel.procedure.register import REGISTERS
from tests.daily import daily, kinds, sample

EVERY = [step for register in REGISTERS.values() for procedure in register.procedures for step in procedure.steps]


def all_kinds(steps) -> set[str]:
    return set().union(*map(kinds, steps))


def test_few_steps_have_every_kind_of_question_and_page_between_them():
    for steps in (EVERY, REGISTERS["complaints"].procedure.steps):
        few = sample(steps)
        assert all_kinds(few) == all_kinds(steps)
        assert len(few) * 4 < len(steps)
        for step in few:  # and none is there for nothing
            assert all_kinds([s for s in few if s is not step]) != all_kinds(steps), step.key


def test_the_kinds_are_told_apart():
    """Each of these stands on some pages, and not on all: otherwise the sample would be chosen by nothing."""
    steps = REGISTERS["complaints"].procedure.steps
    for kind in ("reveals", "confirms", "typed up", "makes a case", "makes a part", "reasons", "needs a document",
                 "RadiosField", "LongTextField", "DutiesMixin"):  # fmt: skip
        assert 0 < sum(kind in kinds(s) for s in steps) < len(steps), kind


def test_the_others_are_deep():
    steps = REGISTERS["complaints"].procedure.steps
    params = daily(steps)
    assert [p.values[0] for p in params] == [s.key for s in steps]
    assert [p.values[0] for p in params if not p.marks] == [s.key for s in sample(steps)]
    assert {m.name for p in params for m in p.marks} == {"deep"}
