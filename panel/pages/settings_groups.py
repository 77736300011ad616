"""The headings under which a panel's settings stand: the panel's own, and those that registers bring."""

from panel.law.spoken import say
from panel.models import PanelSettings
from panel.models.settings_fields import Setting, settings_of
from panel.procedure.register import REGISTERS, SettingsGroup

OWN = (
    SettingsGroup(
        "names", "Names and addresses", 5,
        "As they stand on papers and letters from that day on. Papers made before keep the names of their day.",
    ),
    SettingsGroup("words", "Words the Panel uses", 10),
    SettingsGroup(
        "retention", "How long cases are kept", 60,
        "From the day they ended. Leave one empty if the Panel has set none: such cases are kept until it has.",
    ),
    SettingsGroup("sign_in", "Signing in", 70),
)  # fmt: skip


def groups() -> list[tuple[SettingsGroup, list[str]]]:
    """Each heading with the names of its settings, in the order of the page."""
    found = sorted([*OWN, *(g for r in REGISTERS.values() for g in r.settings_groups)], key=lambda group: group.place)
    settings = settings_of(PanelSettings)
    return [(group, [name for name, s in settings.items() if s.group == group.key]) for group in found]


def names() -> list[str]:
    """Every setting, in the order of the page."""
    return [name for _, of_group in groups() for name in of_group]


def setting(name: str) -> Setting:
    """How that setting is asked and shown. Raises KeyError."""
    return settings_of(PanelSettings)[name]


def label(name: str) -> str:
    """The setting as pages write it."""
    words = str(PanelSettings._meta.get_field(name).verbose_name)
    return say(words[:1].upper() + words[1:])


def short_label(name: str) -> str:
    """The same without the unit, where that is asked beside it."""
    beside = {how.beside for how in settings_of(PanelSettings).values()}
    return label(name).rpartition(", ")[0] if name in beside else label(name)
