"""The architecture's tests see one panel with a complaint in every state, on one Wednesday, and leave it as it was."""

from tests.shared import empty_world, shared_world, wednesday, world

__all__ = ["empty_world", "shared_world", "wednesday", "world"]
