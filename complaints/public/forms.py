"""Asks of each place whether it is left out or kept."""

from dataclasses import replace

from django import forms

from complaints.public.find import KEEP, LEAVE, Place, find
from panel.law.marks import Marks
from panel.law.period import listed

LONGEST_SHOWN = 60


class PublicVersionForm(forms.Form):
    """One question for each mark; nothing is chosen beforehand but what was decided before."""

    def __init__(self, look, text: str, known: list[Place], data=None):
        super().__init__(data=data)
        self.look, self.text = look, text
        self.more = data.get("other_words", "") if data else ""
        self.added = [w.strip() for w in self.more.splitlines() if w.strip()]
        self.missing = [w for w in self.added if not Marks([w]).spans(text)]
        by_hand = [text[p.start : p.end] for p in known if p.why == "Marked by hand"]
        before = {(p.start, p.end): p for p in known}
        self.places = [self.decided(p, before.get((p.start, p.end))) for p in find(look, text, [*by_hand, *self.added])]

    def decided(self, place: Place, before: Place | None) -> Place:
        """The place with what this post, or an earlier one, says of it."""
        if before is not None:
            place = replace(place, keep=before.keep, shown=before.shown)
        if not self.is_bound:
            return place
        key = f"{place.start}-{place.end}"
        keep = self.data.get(f"mark-{key}", place.keep)
        shown = self.data.get(f"shown-{key}", place.shown)[:LONGEST_SHOWN]
        return replace(place, keep=keep if keep in (LEAVE, KEEP) else "", shown=" ".join(shown.split()))

    @property
    def open(self) -> list[int]:
        """The numbers of the marks on which nothing is decided."""
        return [n for n, p in enumerate(self.places, 1) if not p.keep]

    def clean(self):
        """Words that do not occur; what an answer in place of a mark would show again; then what is not decided."""
        for words in self.missing:
            self.add_error(None, f"“{words}” does not stand in the text")
        left = [self.text[p.start : p.end] for p in self.places if p.keep == LEAVE]
        for number, place in enumerate(self.places, 1):
            if place.keep == LEAVE and place.shown and Marks(w for w in left if len(w) > 3).first_in(place.shown):
                self.add_error(None, f"What is shown instead of mark {number} holds what is left out")
        if "later" not in self.data and not self.added and self.open:
            marks = "mark" if len(self.open) == 1 else "marks"
            self.add_error(None, f"Confirm {marks} {listed([str(n) for n in self.open])}")
        return super().clean()

    def rows(self) -> list[dict]:
        """Each mark for the page."""
        return [
            {
                "number": number, "key": f"{p.start}-{p.end}", "words": self.text[p.start : p.end], "why": p.why,
                "shown": p.shown, "leave": p.keep == LEAVE, "kept": p.keep == KEEP,
            }
            for number, p in enumerate(self.places, 1)
        ]  # fmt: skip
