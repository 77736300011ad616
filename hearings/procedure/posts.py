"""The posts under each Schedule, and what an appointment to one is called."""

from hearings.keys import UNNAMED
from hearings.models import Hearing
from panel.forms.fields import HintedChoice

POSTS = {
    1: ("chief_executive", "chief_finance_officer", "deputy", "fire_finance_officer", "chief_fire_officer"),
    8: ("chief_constable",),
}
POST_NOTES = {
    "chief_executive": "The office’s head of paid service and monitoring officer.",
    "fire_finance_officer": "Only where the Commissioner is also the fire authority.",
    "chief_fire_officer": "Only where the Commissioner is also the fire authority.",
    "chief_constable": "The Panel can veto.",
}
MOST_CANDIDATES = 3
FLAGS = [
    ("interim", "Interim"),
    ("temporary", "Temporary"),
    ("renewal", "Renewal of a term"),
    HintedChoice("job_share", "Job share", "Two people for one post: one hearing, a decision on each."),
]
FLAGS_IN_TITLES = {"job_share": "job share", "interim": "interim", "temporary": "temporary", "renewal": "renewal"}


def posts_of(schedule: int) -> list[HintedChoice]:
    """The posts under that Schedule, as choices."""
    labels = dict(Hearing.Post.choices)
    return [HintedChoice(p, labels[p], POST_NOTES.get(p, "")) for p in POSTS[schedule]]


def title(names, post, flags, post_words="") -> str:
    """ "Farida Haddon, proposed Chief Constable", cut to the column; "Proposed Treasurer" where nobody is named yet."""
    who = " and ".join(name for name in names if name != UNNAMED)
    label = post_words or dict(Hearing.Post.choices)[post]
    special = ", ".join(FLAGS_IN_TITLES[f] for f in flags)
    said = f"{who}, proposed {label}" if who else f"Proposed {label}"
    return f"{said}{f' ({special})' if special else ''}"[:120]


def title_after_a_veto(vetoed: str, reserve: str, case) -> str:
    """ "Owen Trask, reserve candidate for Chief Constable after Gordon Stead, vetoed": both names, as each is looked for.
    Without a reserve, "Gordon Stead, proposed Chief Constable: vetoed"."""
    post = case.post_words or case.get_post_display()
    if reserve:
        return f"{reserve}, reserve candidate for {post} after {vetoed}, vetoed"[:120]
    return f"{vetoed}, proposed {post}: vetoed"[:120]


def flags_of(case) -> list[str]:
    """What is special about the appointment, as slugs."""
    return [flag for flag in FLAGS_IN_TITLES if getattr(case, flag)]


def title_without_notification(name, case) -> str:
    """ "Hedda Lunn, appointed Chief Finance Officer without notification"."""
    return f"{name}, appointed {case.get_post_display()} without notification"[:120]
