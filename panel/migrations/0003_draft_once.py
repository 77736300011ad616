from django.db import migrations, models
from django.db.models import Q


def newest_only(apps, schema_editor):
    """Of drafts that two pages kept at once the newest stays: no page could be opened while both were there."""
    rows = apps.get_model("panel", "Draft").objects.using(schema_editor.connection.alias)
    seen = set()
    for pk, user, panel, case, step in rows.order_by("-saved_at", "-pk").values_list(
        "pk", "user", "panel", "case", "step"
    ):
        key = (user, step, case, None if case else panel)
        if key in seen:
            rows.filter(pk=pk).delete()
        seen.add(key)


class Migration(migrations.Migration):
    dependencies = [
        ("panel", "0002_retention"),
    ]

    operations = [
        migrations.RunPython(newest_only, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                condition=~Q(case=None), fields=("user", "case", "step"), name="draft_once_a_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                condition=Q(case=None), fields=("user", "panel", "step"), name="draft_once_a_panel"
            ),
        ),
    ]
