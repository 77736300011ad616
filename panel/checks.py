"""System checks: what must not be on a real installation, and stored slugs that nobody declares."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connections

from panel.models import Duty, Entry, Part, User
from panel.procedure.register import procedures


@register(Tags.security, deploy=True)
def made_for_show(app_configs, **kwargs):
    """Errors for a made-up secret, DEBUG and demo mode under `check --deploy`."""
    found = []
    if settings.SECRET_KEY.startswith("django-insecure-"):
        found.append(Error("SECRET_KEY is made up", hint="Set SECRET_KEY in the environment.", id="panel.E001"))
    if settings.DEBUG:
        found.append(Error("DEBUG is on", hint="Unset DEBUG.", id="panel.E002"))
    if settings.DEMO:
        found.append(Error("DEMO is on", hint="Unset DEMO.", id="panel.E003"))
    return found


@register(Tags.database, deploy=True)
def demo_accounts(app_configs, databases, **kwargs):
    """An error while demo accounts can sign in."""
    found = []
    for alias in databases or ():
        if User._meta.db_table not in connections[alias].introspection.table_names():
            continue
        count = User.objects.using(alias).filter(is_demo=True, is_active=True).count()
        if count:
            found.append(
                Error(f"{count} demo accounts can sign in", hint="Start with an empty database.", id="panel.E004")
            )
    return found


# What rows name by a slug: (model, column, what it is, where it is declared, where once it is no more, id).
STORED = (
    (Part, "status", "status", "states", "retired_states", "panel.E005"),
    (Entry, "step", "step", "steps", "retired_steps", "panel.E006"),
    (Duty, "kind", "kind of duty", "duties", "retired_duties", "panel.E007"),
)


@register(Tags.database)
def undeclared(app_configs, databases, **kwargs):
    """An error for each stored status, step of a case and kind of duty that its procedure neither declares nor has as
    retired: pages have only the slug to say of it."""
    found = []
    for alias in databases or ():
        tables = connections[alias].introspection.table_names()
        for model, column, what, declared, retired, id_ in STORED:
            if model._meta.db_table not in tables:
                continue
            known = {
                (key, row.key)
                for key, p in procedures().items()
                for row in (*getattr(p, declared), *getattr(p, retired))
            }
            rows = model.objects.using(alias).exclude(**{column: ""}).exclude(case=None)
            for procedure, slug in rows.order_by().values_list("case__procedure", column).distinct():
                if (procedure, slug) not in known:
                    hint = f"Declare it, or give it words in {retired} of the procedure."
                    found.append(Error(f"{procedure}: {what} {slug!r} is not declared", hint=hint, id=id_))
    return found
