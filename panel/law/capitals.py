"""What looks like a person's name because of its capital letters, among words that are none. No Django."""

import re
from collections.abc import Iterator

# Words with which a sentence, an office or a title begins: what comes after them may be a name ("Officer Zebedee Farnsworth").
LEADS = """
a after all also an and any are as at because before both but by can complaint complaints could dear did do does each either
every for from had has have he her here his how however i if in is it its may members might my neither no nobody nor not
nothing of on once one only or our she should since so some somebody that the their then there these they this those though
thus to today under until was we were what when where whether which while who why will with would yes yesterday yet you your
thank kind yours sincerely faithfully regards best
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october
november december
police crime commissioner deputy assistant chief constable chairman chairwoman chair vice monitoring officer scrutiny senior
head councillor member independent panel committee sub section paragraph regulation schedule part act article appendix annex
item minute north south east west new great old mr mrs ms miss mx dr sir dame prof professor rev reverend cllr lord lady pc dc
ps ds sgt sergeant inspector
"""
# Words with which the name of a body, a street or a place ends.
BODIES = """
academy act agency airport area arms association authority avenue board borough bridge building buildings centre church city
close college commission commissioner committee company constable constabulary council county court crescent crown department
district division drive estate farm fire force forum foundation gardens gazette green group hall health herald hill hospital
hotel house inn institute journal lane library limited ltd magistrates market mail mews ministry museum news office officer
ombudsman organisation palace panel parish park partnership place plan police post prison region regulations report rescue
river road room row school service services society square standard station street team terrace theatre times town trust
union university valley village ward way works yard england wales kingdom
"""
_LEADS, _BODIES = frozenset(LEADS.split()), frozenset(BODIES.split())
NO_NAMES = _LEADS  # words that name nobody and nothing by themselves
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_GAP = re.compile("[ \u00a0]{1,2}|\\.[ \u00a0]?|[-\u2010\u2011]")


def capitalised(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of whatever looks like first name and surname: two or more words with capital letters in a row, without
    those that begin a sentence, an office or a title, and not the name of a body, a street or a place."""
    run: list[re.Match[str]] = []
    for m in _WORD.finditer(text):
        if run and not (_is_capital(m[0]) and _goes_on(run[-1], text[run[-1].end() : m.start()])):
            yield from _name_in(run)
            run = []
        if _is_capital(m[0]):
            run.append(m)
    yield from _name_in(run)


def _goes_on(last: re.Match[str], gap: str) -> bool:
    """Whether the next word is in the same name: a full stop stands behind an initial alone."""
    return bool(_GAP.fullmatch(gap)) and (len(last[0]) == 1 or not gap.startswith("."))


def _is_capital(word: str) -> bool:
    """Whether a word begins with a capital letter and is no abbreviation such as IOPC."""
    return word[0].isupper() and not (word.isupper() and 1 < len(word) < 6)


def _name_in(run: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    while run and run[0][0].casefold() in _LEADS:
        run = run[1:]
    whole = [m for m in run if len(m[0]) > 1]
    apart = len(run) > 1 and re.search("[ \u00a0]", run[0].string[run[0].end() : run[-1].start()])
    if apart and whole and re.sub("['’]s$", "", run[-1][0].casefold()) not in _BODIES:
        yield run[0].start(), run[-1].end()
