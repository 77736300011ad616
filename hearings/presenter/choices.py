"""What can be logged: each post under its Schedule, and appointments of which the Panel was not notified."""

from hearings.procedure.law import LAWS, NOTIFICATION
from hearings.procedure.posts import posts_of
from panel.law.provisions import cite

PLANNED = "plan_hearing"
WITHOUT_NOTIFICATION = "note_appointment_without_notification"


def choices():
    """Groups of (words, link, note)."""
    groups = []
    for law in LAWS.values():
        posts = [(post.label, f"?under={law.key}&post={post.value}", post.hint) for post in posts_of(law.schedule)]
        groups.append((law.words, posts))
    planned = [
        (f"Under Schedule {law.schedule}", f"../{PLANNED}/?under={law.key}", "No clock runs before the notification.")
        for law in LAWS.values()
    ]
    groups.append(("Nothing is notified yet, and a hearing is to be planned", planned))
    without = [
        (
            f"Under Schedule {law.schedule}",
            f"../{WITHOUT_NOTIFICATION}/?under={law.key}",
            cite(*law.of(NOTIFICATION), capital=True),
        )
        for law in LAWS.values()
    ]
    return [*groups, ("The Panel was not notified, and somebody was appointed", without)]
