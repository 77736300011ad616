#!/usr/bin/env python3
"""Checks a journal exported by `manage.py export_audit`, with nothing but Python 3.8 or newer.

    python verify_export.py FILE [--head HEADS]    0: as it was sealed, with the heads noted earlier; 1: faults are named

Every act of a panel is one link of its chain. A link holds who acted, when, the SHA-256 of each row the act wrote, and the
seal of the link before; its own seal is the SHA-256 of all that. Whoever changes a row must change every link from its own
on: then the chain no longer holds a head noted outside. Rows with personal data have two digests; "erase" blanks the second.
"""

import argparse
import hashlib
import json
import re
from pathlib import Path

HEAD = re.compile(r"(?:.*record:\s*)?([-\w]+)\s+(\d{1,9})\s+([0-9a-fA-F]{16,64})(?:\s.*)?")


def sha(value):
    """SHA-256 of a value's canonical JSON."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


class Checker:
    """Reads line after line; `fault` names what is wrong."""

    def __init__(self, noted):
        self.faults = self.lines = self.links = self.rows = self.waiting = 0
        self.last, self.blanked, self.sealed, self.noted = {}, {}, set(), noted
        self.heads, self.panel, self.ended = None, None, False

    def fault(self, where, what):
        """One line for each thing that is wrong."""
        self.faults += 1
        print(f"{where}: {what}")

    def line(self, text):
        """One line of the export."""
        self.lines += 1
        try:
            found = json.loads(text)
            {"export": self.export, "link": self.link, "unsealed": self.unsealed, "end": self.end}[found["kind"]](found)
        except Exception as error:  # whatever stands there: a fault, and the next line
            self.fault(f"line {self.lines}", f"cannot be read ({type(error).__name__}: {error})"[:300])

    def export(self, found):
        """The first line: how far each chain goes."""
        if found["format"] != 1:
            self.fault("line 1", f"format {found['format']} needs a newer script")
        self.heads, self.panel = {str(key): (n, seal) for key, (n, seal) in found["heads"].items()}, found["panel"]

    def link(self, link):
        """One act."""
        self.links += 1
        key, seq, where = str(link["chain"]), link["seq"], f"{link['chain']}, link {link['seq']}"
        number, seal = self.last.get(key, (0, ""))
        if seq != number + 1:
            self.fault(where, f"link {number + 1} is missing" if seq > number + 1 else "is not in its place")
        if link["prev"] != seal:
            self.fault(where, "does not follow the link before it")
        self.last[key] = (seq, link["seal"])
        if sha([link[p] for p in ("chain_id", "seq", "entry", "act", "by", "at", "rows", "prev")]) != link["seal"]:
            self.fault(where, "the link itself was changed")
        for noted in [n for n in self.noted if n[:2] == (key, seq)]:
            if not link["seal"].startswith(noted[2]):
                self.fault(where, "is not the one that was noted: the history was made anew since")
            self.noted.remove(noted)
        for label, part in link["rows"].items():
            self.content(where, label, part, link["content"].get(label, {}), link)

    def content(self, where, label, part, content, link):
        """The rows of one model that the act wrote, or erased."""
        if "error" in content:
            return self.fault(where, f"{label} cannot be checked: {content['error']}")
        for pk, digest in part["digests"].items():
            self.rows += 1
            halves, erases = content.get(pk), link["act"] == "erase" and "." in digest
            if (label, pk) in self.sealed and not erases:
                self.fault(where, f"{label} {pk} is sealed twice")
            self.sealed.add((label, pk))
            now = ".".join(sha(half) for half in halves or ())
            if halves is None or isinstance(halves, str):
                self.fault(where, f"{label} {pk} {'is missing' if halves is None else f'cannot be read: {halves}'}")
            elif now != digest and "." in now and now.split(".")[0] == digest.split(".")[0]:
                self.blanked.setdefault((label, pk), where)  # right, if an act that follows has erased it
            elif now != digest:
                self.fault(where, f"{label} {pk} was changed")
            elif erases and (label, pk) != ("panel.Entry", str(link["entry"])):
                self.blanked.pop((label, pk), None)
                if any(value not in ("", {}, "(erased)") for value in halves[1].values()):
                    self.fault(where, f"{label} {pk} is sealed anew as erased, and is not blank")
        for pk in content.keys() - part["digests"].keys():
            self.fault(where, f"{label} {pk} was put in: the link does not seal it")

    def unsealed(self, found):
        """A row that no act wrote; of who opened what, one that waits for the next act."""
        self.waiting += found["waits"]
        if not found["waits"]:
            self.fault(f"{found['model']} {found['pk']}", found.get("unreadable") or "was never sealed")

    def end(self, found):
        """The last line: how many there were."""
        self.ended = True
        if found["lines"] != self.lines - 1:
            self.fault("the end", f"{found['lines']} lines were exported, {self.lines - 1} are here")

    def close(self):
        """What can be said only at the end."""
        if not self.ended or self.heads is None:
            self.fault("the file", "is not a whole export")
        for key, (number, seal) in {**dict.fromkeys(self.last, (0, "")), **(self.heads or {})}.items():
            if self.last.get(key) != (number, seal):
                self.fault(key, f"the export said it ends at link {number}; here it does not")
        for (label, pk), where in self.blanked.items():
            self.fault(where, f"{label} {pk} was changed")
        for key, number, _ in self.noted:
            if self.panel is None or key in self.last:  # an export of one panel says nothing of another
                self.fault(f"{key}, link {number}", "was noted and is not here: the history was cut or rolled back")
        return self.faults


def main():
    """Check one file."""
    parser = argparse.ArgumentParser(description="Checks a journal exported by manage.py export_audit.")
    parser.add_argument("file")
    parser.add_argument("--head", metavar="FILE", help="heads noted earlier, one a line")
    asked = parser.parse_args()
    try:
        lines = Path(asked.head).read_text("utf-8").splitlines() if asked.head else []
        found = [HEAD.fullmatch(line.strip()) for line in lines if not line.startswith("#")]
        checker = Checker([(m[1], int(m[2]), m[3].lower()) for m in found if m])
        if asked.head and not checker.noted:
            parser.error(f"{asked.head}: there is no head in it")
        with open(asked.file, encoding="utf-8") as file:
            for line in file:
                checker.line(line)
    except (OSError, UnicodeDecodeError) as error:
        parser.error(f"{getattr(error, 'filename', None) or asked.file}: {getattr(error, 'strerror', None) or error}")
    if checker.close():
        print(f"Not verified: {checker.faults} faults.")
        return 1
    print(*(f"{key} {number} {seal}" for key, (number, seal) in sorted(checker.last.items())), sep="\n")
    print(f"Verified: {checker.links} links, {checker.rows} rows; {checker.waiting} openings not sealed yet.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
