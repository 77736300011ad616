"""Seals who an account is, whenever an account is made or changed; once for those that an upgrade finds.

`User.save` leads here by a signal. Inside an act the row is sealed with it, in the installation's chain (`act.seal`).
"""

from collections.abc import Iterator
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from panel.law import clock
from panel.models import Identity, Membership, Panel, User
from panel.record.act import current, sealed_act
from panel.record.digests import Fault
from panel.record.reading import read

COLUMNS = {*Identity.OF_USER.values(), "password"}


@receiver(post_save, sender=User)
def keep(instance: User, raw: bool = False, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    """Seal what the account is now, where that is not what was sealed last. A fixture (`raw`) brings its own rows."""
    if raw or (update_fields is not None and not COLUMNS & set(update_fields)):
        return
    row = Identity.objects.filter(user=instance.pk).first()
    if row is not None and not row.differences(instance):
        return
    if current.get() is not None:
        write(instance, row)
        return
    with sealed_act(None, by=None, name="change_identity"):
        write(instance, row)


def write(user: User, row: Identity | None) -> None:
    """Write the row, new or changed."""
    row = row or Identity(user=user, began=user.name)
    for column, value in Identity.of(user).items():
        setattr(row, column, value)
    row.save()


def seal_all() -> int:
    """Seal the names of accounts that no row stands beside, in one act: those of before the upgrade. How many there were."""
    missing = User.objects.filter(identity=None).order_by("pk")
    if not missing.exists():
        return 0
    with sealed_act(None, by=None, name="seal_names"):
        found = list(missing)
        for user in found:
            write(user, None)
    return len(found)


def after_migrate(**kwargs: Any) -> None:
    """Once the tables are there; the demonstration and tests may stand at another moment, which a real installation
    never does."""
    if not clock.is_set():
        seal_all()


def faults(panel: Panel | None) -> Iterator[Fault]:
    """Accounts that are not who they were sealed as, and those that nothing is sealed of."""
    rows = User.objects.order_by("pk")
    if panel is not None:
        rows = rows.filter(pk__in=Membership.objects.filter(panel=panel).values("user"))
    for users, unreadable in read(rows):
        yield from (Fault(f"cannot be read: {columns}", f"panel.User {pk}") for pk, columns in unreadable.items())
        identities, _ = next(read(Identity.objects.filter(user__in=[u.pk for u in users]).order_by("pk")), ([], {}))
        known = {row.user_id: row for row in identities}
        for user in users:
            row = known.get(user.pk)
            if row is None:
                yield Fault("nothing is sealed of who it is", f"panel.User {user.pk}")
            elif wrong := row.differences(user):
                yield Fault(f"is not who it was sealed as: {', '.join(wrong)}", f"panel.User {user.pk}")
