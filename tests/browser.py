"""What browser tests share: where Chromium is, axe, and a console that must stay silent."""

import json
import os
import re
import shutil
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NO_CHROMIUM = (
    "No Chromium was found, so the browser tests are skipped. Install it with\n"
    "    apt-get install chromium\n"
    "or, where it has another name, set CHROMIUM_PATH to its program."
)


def chromium() -> str | None:
    """The path of Chromium's program, or None."""
    return os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or shutil.which("google-chrome")


# How a page looks does not hang on the database: pages are looked over with SQLite alone, as that is the longest part of all
# tests. They are opened, filled in and sent with PostgreSQL too.
LOOKS = "DATABASE_URL" not in os.environ


def axe(page):
    """What axe finds wrong on the page as it stands: (rule, words, elements) of each. Wanted: []."""
    if not LOOKS:
        return []
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [(v["id"], v["help"], [node["html"] for node in v["nodes"]]) for v in found]


WIDTHS = (1100, 320)
SHOTS = os.environ.get("SHOTS")  # a directory: a picture of each page looked over is kept there
_OVER = """async (options) => {
  const found = await axe.run(document, options);
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  return [
    document.documentElement.scrollWidth > window.innerWidth,
    ids.filter((id, at) => ids.indexOf(id) !== at),
    found.violations.map((v) => [v.id, v.help, v.nodes.map((n) => n.html.slice(0, 300))]),
  ];
}"""


# What can be wrong at one width and right at another, where the same elements are on the page.
BY_WIDTH = ["target-size", "scrollable-region-focusable", "link-in-text-block", "meta-viewport", "region"]


def look_over(page, name="", widths=WIDTHS, colours=True, every_rule=False, always=LOOKS):
    """What is wrong with the page as it stands, at each width: (name, width, what, ...). Wanted: []. Each id once,
    something in the title, and axe: every rule at the first width, at the others those that a width can change (or
    every one there, too: for pages that show other elements when narrow). Without `colours` contrast is not asked for:
    it takes two thirds of axe's time. The page is left at the first width."""
    wrong = []
    if not always:
        return wrong
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(Axe().axe_script)
    options = {"resultTypes": ["violations"], "iframes": False, "pingWaitTime": 0}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        full = every_rule or width == widths[0]
        options["runOnly"] = RULES if full else {"type": "rule", "values": BY_WIDTH}
        options["rules"] = {"color-contrast": {"enabled": colours and width == widths[0]}} if full else {}
        sideways, doubled, violations = page.evaluate(_OVER, options)
        wrong += [(name, width, "id twice", i) for i in doubled]
        if sideways:
            wrong.append((name, width, "scrolls sideways"))
        wrong += [(name, width, *violation) for violation in violations]
        if SHOTS:
            kept = Path(SHOTS) / f"{re.sub('[^a-z0-9]+', '-', name.lower())}-{width}.png"
            page.screenshot(path=str(kept), full_page=True)
    if len(widths) > 1:
        page.set_viewport_size({"width": widths[0], "height": 900})
    if not page.title().removesuffix(" - Panel casework"):
        wrong.append((name, "has no title"))
    return wrong


def told(wrong) -> str:
    """Faults as lines, for the message of a failed test."""
    return "\n".join(json.dumps(w, ensure_ascii=False) for w in wrong)


class Console:
    """Collects the errors that the pages of a test write to the console; a broken security policy shows up there.

    An error that belongs to the test (a page that answers 403, say) is announced before: `console.expect("403")`.
    """

    def __init__(self):
        self.errors = []
        self.expected = []

    def expect(self, pattern):
        """Let errors pass whose text matches this regular expression."""
        self.expected.append(re.compile(pattern))

    def watch(self, context):
        context.on(
            "console", lambda m: self.note(f"{m.text} ({m.page.url if m.page else ''})") if m.type == "error" else None
        )
        context.on("weberror", lambda e: self.note(f"uncaught: {e.error}"))

    def note(self, text):
        self.errors.append(text)

    @property
    def unexpected(self):
        return [e for e in self.errors if not any(p.search(e) for p in self.expected)]
