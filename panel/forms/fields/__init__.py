from panel.forms.fields.choices import *  # noqa: F403
