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


# How a page looks does not hang on the database: pages are looked over with SQLite alone.
LOOKS = "DATABASE_URL" not in os.environ
SHOTS = os.environ.get("SHOTS")  # a directory: a picture of each page looked over is kept there
# Contrast takes two thirds of axe's time, and depends on what a text is (its element and those around it, with their
# classes and states), not on what it says: of each kind it is asked once, of the first such text that a worker meets.
_KINDS = set()
_OVER = """async ({ options, within, kinds }) => {
  const shown = (e) => e.checkVisibility() && e.getClientRects().length;
  const run = (nodes, options) => nodes && !nodes.length ? [] :
    axe.run(nodes ? { include: nodes } : document, options).then((found) => found.violations);
  const found = !options.runOnly ? [] :
    await run(within && [...document.querySelectorAll(within)].filter(shown), options);
  const fresh = new Map();
  if (kinds) {
    const seen = new Set(kinds), of = new Map([[document.body.parentElement, ""]]);
    const states = (e) => [...e.attributes].map((a) => a.name)
      .filter((name) => !/^(id|name|value|for|href|src|class|title)$/.test(name)).sort();
    for (const e of document.querySelectorAll("body, body *")) {
      of.set(e, `${of.get(e.parentElement)}>${e.tagName}.${[...e.classList].sort().join(".")}[${states(e)}]`);
      const says = /^(INPUT|SELECT|TEXTAREA)$/.test(e.tagName) ||
        [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
      if (!says || !shown(e)) continue;
      let kind = 0;
      for (const c of of.get(e)) kind = (Math.imul(kind, 31) + c.charCodeAt(0)) | 0;
      if (!seen.has(kind) && !fresh.has(kind)) fresh.set(kind, e);
    }
    found.push(...await run([...fresh.values()], { ...options, runOnly: ["color-contrast"], rules: {} }));
  }
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  return [
    document.documentElement.scrollWidth > window.innerWidth,
    ids.filter((id, at) => ids.indexOf(id) !== at),
    found.map((v) => [v.id, v.help, v.nodes.map((n) => n.html.slice(0, 300))]),
    [...fresh.keys()],
  ];
}"""


# What can be wrong at one width and right at another, where the same elements are on the page.
BY_WIDTH = {
    "type": "rule",
    "values": ["target-size", "scrollable-region-focusable", "link-in-text-block", "meta-viewport", "region"],
}
WIDE, NARROW = 1100, 320
ONCE = {WIDE: RULES, NARROW: BY_WIDTH}  # width: what is asked of axe there; nothing, if None
EVERYTHING = {WIDE: RULES, NARROW: RULES}  # for pages that show other elements when narrow
SIDEWAYS = "() => document.documentElement.scrollWidth > window.innerWidth"


def look_over(page, name="", asked=ONCE, within=None, always=LOOKS):
    """What is wrong with the page as it stands, at each width: (name, width, what, ...). Wanted: []. Each id once, no
    sideways scrolling, something in the title, and the rules of axe that are `asked`. Contrast is asked of each kind of
    text once. `within` is a selector, for a page that was looked over before: axe is asked of the elements it finds and
    no others. The page is left at the first width."""
    wrong = []
    if not always:
        return wrong
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(Axe().axe_script)
    for width, rules in asked.items():
        page.set_viewport_size({"width": width, "height": 900})
        options = {"resultTypes": ["violations"], "iframes": False, "pingWaitTime": 0, "runOnly": rules}
        if rules is RULES:
            options["rules"] = {"color-contrast": {"enabled": False}}  # but by kind
        given = {"options": options, "within": within, "kinds": sorted(_KINDS) if rules is RULES else None}
        sideways, doubled, violations, kinds = page.evaluate(_OVER, given)
        if "color-contrast" not in [v[0] for v in violations]:  # what is pale is told each time it is seen
            _KINDS.update(kinds)
        wrong += [(name, width, "id twice", i) for i in doubled]
        if sideways:  # and still does when a busy computer has had time to draw it
            page.wait_for_timeout(500)
            if page.evaluate(SIDEWAYS):
                wrong.append((name, width, "scrolls sideways"))
        wrong += [(name, width, *violation) for violation in violations]
        if SHOTS:
            kept = Path(SHOTS) / f"{re.sub('[^a-z0-9]+', '-', name.lower())}-{width}.png"
            page.screenshot(path=str(kept), full_page=True)
    if len(asked) > 1:
        page.set_viewport_size({"width": next(iter(asked)), "height": 900})
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
