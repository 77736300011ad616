"""The panel app: what both registers share."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class PanelConfig(AppConfig):
    """Connects the journal and the triggers."""

    name = "panel"
    verbose_name = "Panel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Once Django has the models."""
        # Sealed acts and signing in connect receivers; the checks and kinds of mail register themselves.
        from panel import checks  # noqa: F401
        from panel.accounts import mails, sign_in  # noqa: F401
        from panel.casework import came_back, search  # noqa: F401
        from panel.post import notify  # noqa: F401
        from panel.record import act, identity, rights, triggers  # noqa: F401
        from panel.reminders import digest  # noqa: F401

        pre_migrate.connect(triggers.before_migrate, sender=self, dispatch_uid="triggers")
        post_migrate.connect(triggers.after_migrate, sender=self, dispatch_uid="triggers")
        post_migrate.connect(rights.after_migrate, sender=self, dispatch_uid="rights")
        post_migrate.connect(identity.after_migrate, sender=self, dispatch_uid="identity")
        post_migrate.connect(search.after_migrate, sender=self, dispatch_uid="search")
