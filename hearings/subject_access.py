"""How a hearing is about a person: as candidate, now or before, and as whom a resolution names."""

from hearings.models import Candidate, Resolution
from panel.procedure.register import Concern

CONCERNS = (
    Concern("As candidate at a hearing", Candidate, ("name", "earlier")),
    Concern("As candidate at a hearing", Resolution, ("person",)),
)
