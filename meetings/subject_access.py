"""How a meeting is about a person: who asked to take part in it."""

from meetings.models import ParticipationRequest
from panel.procedure.register import Concern

CONCERNS = (Concern("As somebody who asked to take part in a meeting", ParticipationRequest, ("name",)),)
