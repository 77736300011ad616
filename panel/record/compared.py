"""Has the database compare live rows with their history, of which Python then reads only those that are not alike.

unlike(Duty.objects.all(), Duty.history.model, "id", ["id", "due"])       # of a whole record, none
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, Exists, F, Func, OuterRef, QuerySet, Subquery


class Same(Func):
    """Whether two columns hold the same, nothing included."""

    arity = 2
    arg_joiner = " IS NOT DISTINCT FROM "
    template = "(%(expressions)s)"
    output_field = BooleanField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """SQLite's word for it."""
        return self.as_sql(compiler, connection, arg_joiner=" IS ", **more)


def unlike(rows: QuerySet[Any], model: Any, key: str, fields: Iterable[str]) -> QuerySet[Any]:
    """Those live rows that the database itself does not find equal to their last history row, column by column. It reads
    them several times as fast as Python, which then says of these what differs, if anything does."""
    past = model._base_manager.order_by()
    newest = past.filter(**{key: OuterRef("pk")}).order_by("-history_id").values("history_id")[:1]
    equal = [Same(F(name), OuterRef(name)) for name in fields]
    alike = past.filter(*equal, history_id=OuterRef("newest")).exclude(history_type="-")
    return rows.alias(newest=Subquery(newest)).exclude(Exists(alike))
