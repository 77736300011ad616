"""The bundles of a hearing: the papers for the members of the Panel, and for a member who reads paper."""

from panel.casework.entry_words import entry_words
from panel.files.paper import plain, table
from panel.law.marks import Marks
from panel.law.period import day_words
from panel.pages.timeline import by_words
from panel.procedure.bundles import Audience, Item, Readers, Section

CARE = "Keep these papers to yourself: the candidate’s CV is not published. Hand them back after the hearing, or delete them"
MEMBERS = Audience("members", "the members of the Panel", Readers.ALL, "The same copy for every member.", care=CARE)
READER = Audience(
    "reader", "a councillor who reads paper", Readers.ONE, "Holds only what that member may see on screen.", care=CARE
)


class HearingBundles:
    """What a hearing's bundles hold."""

    def audiences(self, look) -> list[Audience]:
        """The members; one of them."""
        return [MEMBERS, READER]

    def cover(self, look, audience) -> list[tuple[str, str]]:
        """What the hearing is about, as the identity bar says."""
        return [(row["label"], row["value"]) for row in look.register.presenter(look).facts()[:3]]

    def hidden(self, look) -> bool:
        """Nobody's name is kept from anybody."""
        return False

    def marks(self, look) -> Marks:
        """None."""
        return Marks(())

    def left_out(self, look, audience) -> list[str]:
        """Nothing beyond what was not chosen."""
        return []

    def sections(self, look, audience, documents) -> list[Section]:
        """The proposal, its documents, what has happened so far."""
        rows = [[row["label"], str(row["value"])] for row in look.register.presenter(look).summary() if row["value"]]
        day = look.case.received_on
        proposal = [
            Item(
                "The proposed appointment",
                day,
                "Record",
                (table("The proposal", ["The proposal", "As the record has it"], rows, [5, 11]),),
            )
        ]
        on = {e.pk: e for e in look.entries}
        papers = [
            Item(d.name.rpartition(".")[0] or d.name, on[d.entry_id].on, entry_words(look, on[d.entry_id]), document=d)
            for d in documents
        ]
        lines = [plain(f"{day_words(e.on)}: {entry_words(look, e)}. {by_words(e)}.") for e in look.in_force]
        done = [Item("What was done, in order", look.in_force[-1].on if look.in_force else day, "Record", tuple(lines))]
        found = [("The proposal", proposal), ("Documents", papers), ("What was done", done)]
        return [Section(name, items) for name, items in found if items]
