"""What a panel is called."""

from typing import NamedTuple


class PanelNames(NamedTuple):
    """What a panel, its host authority and its police area are called on a day."""

    name: str
    host_authority: str
    police_area: str
