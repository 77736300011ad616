"""The kinds of a panel's settings. One line in `PanelSettings` and a migration make a setting: form, page, history and
help read from the column what is asked, how it is shown and what is refused.

    acknowledge_days = target("acknowledge within, working days")
    officer_records = switch("the scrutiny officer may record", "who_acts", default=True, who_acts=True)

The group is the heading under which pages show it; `panel.pages.settings_groups` and the registers declare the groups.
"""

from dataclasses import dataclass
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from panel.law.clock import HOURS, MOST_DAYS, MOST_YEARS, UNIT_WORDS
from panel.law.period import plural
from panel.law.spoken import say

LONGEST_WORD_CHARACTERS = 40
LONGEST_ADDRESS_CHARACTERS = 300


@dataclass(frozen=True)
class Setting:
    """How a column of settings is asked and shown."""

    kind: str  # "number", "word", "text", "long text", "address", "email", "choice" or "switch"
    group: str  # the key of its heading
    empty: str = "Not set"  # what pages say while nothing is set
    leave_empty: str = "leave it empty"  # in the error of a number beyond its limits; "" where it must be set
    asked_often: bool = False  # every page or home page asks for it, so it comes along with the panel
    who_acts: bool = False  # says who may act, so the Monitoring Officer agrees to a change
    required: str = ""  # the error while nothing is set
    only: tuple[int, str, str] | None = None  # the one number that the law has: (number, why, provision)
    beside: str = ""  # the period whose unit or start it says: asked beside it


def _settled(field: models.Field, setting: Setting) -> Any:
    field.setting = setting
    return field


def target(label: str, group: str = "targets", empty: str = "No target") -> Any:
    """A period that may be left empty: the panel has then set none. The label says the unit."""
    limits = [MinValueValidator(1), MaxValueValidator(MOST_DAYS)]
    field = models.PositiveSmallIntegerField(label, null=True, blank=True, validators=limits)
    leave = "leave it empty for no target" if empty == "No target" else "leave it empty"
    return _settled(field, Setting("number", group, empty, leave))


# From where a period of the panel's own may be counted, and how it reads after the number: "from receipt".
STARTS = {"receipt": "receipt", "recording": "recording", "appointment": "the appointment of a sub-panel"}


def unit(target_name: str, default: str = "working_days", group: str = "targets") -> Any:
    """In which unit a period is counted."""
    choices = [(key, f"{words[0].upper()}{words[1:]}s") for key, words in UNIT_WORDS.items()]
    field = models.CharField("counted in", max_length=12, default=default, choices=choices)
    return _settled(field, Setting("choice", group, beside=target_name))


def start(target_name: str, usual: str, others: tuple[str, ...], group: str = "targets") -> Any:
    """From where a period is counted: as usual, in words, or from one of STARTS."""
    choices = [("", usual[0].upper() + usual[1:]), *((key, STARTS[key][0].upper() + STARTS[key][1:]) for key in others)]
    field = models.CharField("counted from", max_length=12, default="", blank=True, choices=choices)
    return _settled(field, Setting("choice", group, empty=choices[0][1], beside=target_name))


def ways_of(name: str) -> tuple[str, str]:
    """The columns that say in which unit the period is counted, and from where: "acknowledge_unit", "acknowledge_from"."""
    stem = name.rpartition("_")[0]
    return f"{stem}_unit", f"{stem}_from"


def period_words(settings: Any, name: str) -> str:
    """A period as it is set: "5 working days", "8 weeks from receipt"; "" where none is."""
    number = getattr(settings, name)
    if not number:
        return ""
    unit_name, start_name = ways_of(name)
    begins = STARTS.get(getattr(settings, start_name, ""), "")
    words = plural(number, UNIT_WORDS[getattr(settings, unit_name, "working_days")])
    return say(f"{words} from {begins}") if begins else words


def years(label: str, group: str = "retention") -> Any:
    """A number of years for which cases are kept; empty, they are kept until the panel has set one."""
    limits = [MinValueValidator(1), MaxValueValidator(MOST_YEARS)]
    field = models.PositiveSmallIntegerField(label, null=True, blank=True, validators=limits)
    return _settled(field, Setting("number", group, asked_often=True))


def number(label: str, group: str, least: int, most: int, help_text: str = "") -> Any:
    """A number that may be left empty."""
    limits = ([MinValueValidator(least)] if least else []) + [MaxValueValidator(most)]
    field = models.PositiveSmallIntegerField(label, null=True, blank=True, validators=limits, help_text=help_text)
    return _settled(field, Setting("number", group))


def hour(label: str, group: str, help_text: str = "") -> Any:
    """An hour of the day that may be left empty."""
    return number(label, group, HOURS[0], HOURS[-1], help_text)


def fixed(label: str, group: str, value: int, *, why: str, provision: str, required: str) -> Any:
    """A number on which the law leaves no choice: any other is refused with the provision."""
    field = models.PositiveSmallIntegerField(label, default=value)
    return _settled(field, Setting("number", group, leave_empty="", required=required, only=(value, why, provision)))


def word(label: str, default: str, group: str = "words") -> Any:
    """A word that the panel uses for an office or a body."""
    return _settled(
        models.CharField(label, max_length=LONGEST_WORD_CHARACTERS, default=default),
        Setting("word", group, asked_often=True),
    )


def text(label: str, group: str, longest: int, help_text: str = "", *, asked_often: bool = False) -> Any:
    """A few words that may be left empty."""
    field = models.CharField(label, max_length=longest, blank=True, default="", help_text=help_text)
    return _settled(field, Setting("text", group, asked_often=asked_often))


def address(label: str, group: str, help_text: str = "") -> Any:
    """A postal address on several lines, which may be left empty."""
    field = models.TextField(label, max_length=LONGEST_ADDRESS_CHARACTERS, blank=True, default="", help_text=help_text)
    return _settled(field, Setting("address", group))


def email(label: str, group: str, help_text: str = "") -> Any:
    """An email address that may be left empty."""
    field = models.EmailField(label, blank=True, default="", help_text=help_text)
    return _settled(field, Setting("email", group))


def choice(
    label: str,
    group: str,
    choices: tuple[tuple[str, str], ...],
    default: str,
    help_text: str = "",
    empty: str = "Not set",
    *,
    asked_often: bool = False,
) -> Any:
    """One of a few. An empty key means that nothing is entered; pages then say `empty`."""
    longest = max(len(key) for key, _ in choices)
    field = models.CharField(
        label, max_length=max(longest, 10), default=default, blank=default == "", help_text=help_text, choices=choices
    )
    return _settled(field, Setting("choice", group, empty, asked_often=asked_often))


def long_text(label: str, group: str, longest: int, help_text: str = "") -> Any:
    """Paragraphs that may be left empty."""
    field = models.TextField(label, max_length=longest, blank=True, default="", help_text=help_text)
    return _settled(field, Setting("long text", group))


def switch(
    label: str, group: str, default: bool, help_text: str = "", *, who_acts: bool = False, asked_often: bool = False
) -> Any:
    """A yes or a no."""
    field = models.BooleanField(label, default=default, help_text=help_text)
    return _settled(field, Setting("switch", group, who_acts=who_acts, asked_often=asked_often))


def settings_of(model: type[models.Model]) -> dict[str, Setting]:
    """Every setting of a model of settings by its column, in the order declared."""
    return {f.name: f.setting for f in model._meta.concrete_fields if hasattr(f, "setting")}
