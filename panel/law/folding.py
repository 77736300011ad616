"""The one rule by which words are compared: without capitals, accents, apostrophes, titles, double spaces; telephone numbers,
postcodes, references and e-mail addresses however they are written. No Django.

fold("O’Brien,  Zoë")                 # "obrien, zoe"
tokens_of("Ms Zoë O’Brien, 01632 960 001")   # {"ms", "zoe", "obrien", "01632", "960", "001", "1632960001"}
to_find("Mrs Thorpe")                 # ["thorpe"]
name_key("Thorpe, Mrs Gillian")       # "gillian thorpe"
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

APOSTROPHES = "'’‘ʼ`´"  # noqa: RUF001 - straight, typographic, and what is typed for them
TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "sir",
        "dame",
        "prof",
        "professor",
        "rev",
        "reverend",
        "cllr",
        "councillor",
        "lord",
        "lady",
    ]
)
SPECIAL = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        **dict.fromkeys(APOSTROPHES, ""),
    }
)

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w/-])(?:(?:\+|00)44[\s.-]?(?:\(0\))?|\(?0)(?:[\s().-]{0,2}\d){9,10}(?![\w-])")
_POSTCODE = re.compile(r"(?<![\w-])([a-z]{1,2}\d[a-z\d]?)\s?(\d[a-z]{2})(?![\w-])")
_REFERENCE = re.compile(r"(?<![\w-])(?:[a-z]{1,4}-)*\d{4}-\d{3,5}(?![\w-])")
_WORD = re.compile(r"[^\W_]+")
Make = Callable[[re.Match[str]], str]


@cache
def fold_letter(letter: str) -> str:
    """A letter as it is compared; nothing for an apostrophe or an accent that stands by itself."""
    lower = letter.casefold().translate(SPECIAL)
    return "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c)).translate(SPECIAL)


def fold(text: object) -> str:
    """A text without capitals, accents and apostrophes, its spaces as they are."""
    words = str(text or "")
    if words.isascii():
        return words.lower().replace("'", "").replace("`", "")
    return "".join(map(fold_letter, words))


def number_of(text: str) -> str:
    """The digits of a British telephone number without its beginning, "1234567890"; "" where it is none."""
    if not re.fullmatch(r"\+?[\d\s().-]{7,}", text.strip()):
        return ""
    found = re.sub(r"\D", "", text)
    found = re.sub(r"^(?:0044|44(?=\d{9}))", "", found).lstrip("0")
    return found if len(found) >= 6 else ""


_WHOLES: tuple[tuple[re.Pattern[str], Make], ...] = (
    (_EMAIL, lambda m: m[0]),
    (PHONE, lambda m: number_of(m[0]) or m[0]),
    (_REFERENCE, lambda m: m[0]),
    (_POSTCODE, lambda m: m[1] + m[2]),
)


def _whole(words: str) -> tuple[list[str], str]:
    """(what is one token however it is written, the rest of a folded text)."""
    found: list[str] = []
    for pattern, make in _WHOLES:
        found += [make(m) for m in pattern.finditer(words)]
        words = pattern.sub(" ", words)
    return found, words


def tokens_of(text: object) -> set[str]:
    """Every word of a text as it is found: whole, and the pieces of what is written in several ways."""
    words = fold(text)
    return {*_whole(words)[0], *_WORD.findall(words)}


def text_of(values: Iterable[object]) -> str:
    """The words of these texts, each once, for a column that is searched."""
    return " ".join(sorted({token for value in values for token in tokens_of(value)}))


def to_find(text: str) -> list[str]:
    """What a text that is searched for asks to be found, in order: its titles only where nothing else is asked."""
    words = fold(text).strip()
    if (digits := number_of(words)) and not _REFERENCE.fullmatch(words):
        return [digits]
    found, rest = _whole(words)
    plain = _WORD.findall(rest)
    without = [word for word in plain if word not in TITLES]
    return list(dict.fromkeys([*found, *(without if found or without else plain)]))


def name_key(name: object) -> str:
    """A name as names are compared: without title, the first name first, whatever stands before a comma last."""
    words = fold(name)
    surname, comma, first = words.partition(",")
    if comma and surname.strip() and first.strip() and "," not in first and not re.search(r"\d", words):
        words = f"{first} {surname}"
    found = re.findall(r"[^\W_]+(?:@[\w.-]+)?", words) if "@" not in words else [words.strip()]
    without = found
    while len(without) > 2 and without[0] in TITLES:
        without = without[1:]
    return " ".join(without if len(without) > 1 else found)
