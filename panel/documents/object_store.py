"""Documents in an S3-compatible store, where the settings name a bucket. What the store says of trouble becomes the OSError
that a disk would give, so that every page and command says the same of both. Needs django-storages[s3].
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage


@contextmanager
def as_a_disk() -> Iterator[None]:
    """Trouble of the store as that of a disk."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise OSError(f"the object store: {type(error).__name__}") from error


class ObjectStore(S3Storage):
    """The store. Files leave it only through a checked view, never by an address of its own."""

    def _open(self, name: str, mode: str = "rb") -> Any:
        with as_a_disk():
            return super()._open(name, mode)

    def _save(self, name: str, content: Any) -> str:
        with as_a_disk():
            saved: str = super()._save(name, content)
            return saved

    def delete(self, name: str) -> None:
        """Remove it."""
        with as_a_disk():
            super().delete(name)

    def exists(self, name: str) -> bool:
        """Whether it is there."""
        with as_a_disk():
            return bool(super().exists(name))

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        """Nobody gets an address of the store's own."""
        raise NotImplementedError
