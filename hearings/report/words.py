"""Words that several parts of the report share: numbers, the post, provisions, what somebody typed as paragraphs."""

from hearings.models import Hearing
from panel.law.period import listed

NUMBERS = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
IN_WORDS = 9  # the largest number in words within a sentence; at its beginning, twenty
ACT = "Police Reform and Social Responsibility Act 2011"
REGULATIONS = "Police and Crime Panels (Precepts and Chief Constable Appointments) Regulations 2012"
PARAGRAPHS = {  # what each Schedule says where: made under, notified, decided
    1: {"report": "10", "notify": "9", "decide": "12", "hearing": "11"},
    8: {"report": "4", "notify": "3", "decide": "7", "hearing": "6"},
}


def number_words(number: int, capital: bool = False) -> str:
    """Numbers to nine in words, others in figures; to twenty at the beginning of a sentence."""
    found = NUMBERS[number] if 0 <= number <= (len(NUMBERS) - 1 if capital else IN_WORDS) else str(number)
    return found[0].upper() + found[1:] if capital else found


def counted(number: int, noun: str, capital: bool = False) -> str:
    """ "nine members", "one member"."""
    return f"{number_words(number, capital)} {noun}{'' if number == 1 else 's'}"


def post_of(case) -> str:
    """The post as the report names it: "Chief Executive", "interim Chief Finance Officer"."""
    words = case.post_words or case.get_post_display()
    if case.post == Hearing.Post.DEPUTY and not case.post_words:
        words = "Deputy Police and Crime Commissioner"
    special = [word for word in ("interim", "temporary") if getattr(case, word)]
    return " ".join([*special, words]) + (" (job share)" if case.job_share else "")


def paragraphs(text: str) -> list[str]:
    """What somebody typed, a paragraph for each line."""
    return [" ".join(line.split()) for line in (text or "").splitlines() if line.strip()]


def sentence(words: str) -> str:
    """The words with a full stop, unless they end a sentence already."""
    words = " ".join((words or "").split())
    return words if not words or words.endswith((".", "?", "!", "”", ".)")) else f"{words}."


def lower_first(words: str) -> str:
    """The words as they go on after a colon; a name or an abbreviation keeps its capital."""
    first = words.split(" ", 1)[0]
    known = first in (
        "Hold",
        "Publish",
        "Ask",
        "Name",
        "Recommend",
        "Report",
        "No",
        "One",
        "Some",
        "When",
        "Because",
        "For",
        "The",
        "A",
        "An",
        "She",
        "He",
        "They",
        "It",
        "In",
        "As",
        "That",
        "This",
        "Her",
        "His",
        "Their",
    )
    return words[0].lower() + words[1:] if known else words


def named(names) -> str:
    """Names in a sentence."""
    return listed(list(names))
