"""Heads: the newest link of each chain. People note heads where nobody who can change the database can reach them.

head(panel)                                 # Head("exshire", 57, "3fa4...")
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from panel.models import Chain, Link, Panel
from panel.record.digests import Fault


@dataclass(frozen=True)
class Head:
    """The newest link of one chain: its number and its seal."""

    chain: str
    number: int
    seal: str

    def __str__(self) -> str:
        return f"{self.chain} {self.number} {self.seal}"


HEAD = re.compile(r"(?P<chain>[-\w]+)\s+(?P<number>\d{1,9})\s+(?P<seal>[0-9a-fA-F]{16,64})(\s.*)?")


def heads(panel: Panel | None = None) -> list[Head]:
    """The head of each chain that has links: of all chains, or of the panel's and the installation's."""
    found = []
    for one in chains_of(panel):
        last = one.links.order_by("-seq").values_list("seq", "seal").first()
        if last:
            found.append(Head(one.key, *last))
    return found


def head(panel: Panel) -> Head | None:
    """The head of one panel's chain, or None before its first act."""
    last = Link.objects.filter(chain__panel=panel).order_by("-seq").values_list("chain__key", "seq", "seal").first()
    return Head(*last) if last else None


PRINTED = "Head of the record: "


def printed(head: Head | None) -> str:
    """The closing line of a report, which `verify_audit --head` accepts as it is; "" without a head."""
    return f"{PRINTED}{head}" if head else ""


def read_heads(lines: Iterable[str]) -> list[Head]:
    """The heads in these lines; empty lines and lines that begin with # are skipped. Sixteen digits of a seal, typed
    from paper, are enough. Raises ValueError."""
    found = []
    for number, line in enumerate(lines, 1):
        words = line.strip().removeprefix(PRINTED)
        if not words or words.startswith("#"):
            continue
        match = HEAD.fullmatch(words)
        if match is None:
            raise ValueError(f"line {number} is no head: a chain, a number and a seal")
        found.append(Head(match["chain"], int(match["number"]), match["seal"].lower()))
    if not found:
        raise ValueError("there is no head in it")
    return found


def chains_of(panel: Panel | None = None) -> QuerySet[Chain]:
    """Every chain. With a panel, its own chain and the installation's, which holds the acts before there was a
    panel."""
    chains = Chain.objects.order_by("key")
    return chains if panel is None else chains.filter(panel=panel) | chains.filter(panel=None)


def check_heads(noted: Iterable[Head], panel: Panel | None = None) -> Iterator[Fault]:
    """Yield a Fault for each noted head that is missing from its chain: since it was noted, the history was cut, rolled
    back or made anew."""
    known = {c.key: c for c in chains_of(panel)}
    for one in noted:
        found = known.get(one.chain)
        if found is None:
            if panel is None:
                yield Fault(f"the chain is gone, though link {one.number} was noted", one.chain)
            continue
        where = f"{one.chain}, link {one.number}"
        seal = found.links.filter(seq=one.number).values_list("seal", flat=True).first()
        if seal is None:
            last = found.links.aggregate(last=Max("seq"))["last"] or 0
            yield Fault(f"was noted, but the chain ends at link {last}: it was cut or rolled back", where)
        elif not seal.startswith(one.seal):
            yield Fault("is not the one that was noted: the history was made anew since", where)
