"""The shared world of the letters' tests."""

from tests.shared import empty_world, shared_world, wednesday, world

__all__ = ["empty_world", "shared_world", "wednesday", "world"]
