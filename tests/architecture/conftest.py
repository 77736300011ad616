"""The architecture's tests see one panel with a complaint in every state, and leave it as it was."""

from tests.shared import empty_world, shared_world, world

__all__ = ["empty_world", "shared_world", "world"]
