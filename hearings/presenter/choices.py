"""What can be logged: each post under its Schedule, and appointments of which the Panel was not notified."""

from hearings.procedure.law import LAWS, NOTIFICATION
from hearings.procedure.posts import posts_of
from panel.law.provisions import cite

WITHOUT_NOTIFICATION = "note_appointment_without_notification"


def choices():
    """Groups of (words, link, note)."""
    groups = []
    for law in LAWS.values():
        posts = [(post.label, f"?under={law.key}&post={post.value}", post.hint) for post in posts_of(law.schedule)]
        groups.append((law.words, posts))
    without = [
        (
            f"Under Schedule {law.schedule}",
            f"../{WITHOUT_NOTIFICATION}/?under={law.key}",
            cite(*law.of(NOTIFICATION), capital=True),
        )
        for law in LAWS.values()
    ]
    return [*groups, ("The Panel was not notified, and somebody was appointed", without)]
