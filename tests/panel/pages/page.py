"""A browser without script: opens pages, reads them, and sends their own forms with answers.

page = Browser(world.officer).get("/exshire/complaints/new/log/")
page = page.submit("Continue", title="Public meeting", made_on=date(2026, 10, 26))
assert page.errors == {"title": ["Enter a short title"]}

What a test answers must be asked on the page, and what it chooses must be offered there: a form that forgets a question
fails. `Browser.send` posts by hand, past every form.
"""

import re
from collections.abc import Mapping
from datetime import date
from html.parser import HTMLParser
from typing import Any

from django.test import Client

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
BLOCKS = {"p", "li", "dt", "dd", "td", "th", "tr", "h1", "h2", "h3", "div", "legend", "label", "br", "option", "title"}
PARTS = ("day", "month", "year")


DROPS = re.compile(r"/drafts/\d+/drop/$")


class Element:
    """A piece of a page."""

    def __init__(self, tag: str, attrs: dict[str, str], parent: "Element | None" = None) -> None:
        self.tag, self.attrs, self.parent = tag, attrs, parent
        self.children: list[Element | str] = []

    def walk(self):
        """This element and everything in it."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, *tags: str, **attrs: str) -> list["Element"]:
        """Elements of these tags (any, if none is given) with these attributes; `cls` is one of its classes."""
        cls = attrs.pop("cls", "")
        return [
            e
            for e in self.walk()
            if (not tags or e.tag in tags)
            and (not cls or cls in e.attrs.get("class", "").split())
            and all(e.attrs.get(name) == value for name, value in attrs.items())
        ]

    def one(self, *tags: str, **attrs: str) -> "Element":
        """The only such element."""
        (found,) = self.all(*tags, **attrs)
        return found

    def inside(self, other: "Element") -> bool:
        """Whether it stands in the other one."""
        return self is other or (self.parent is not None and self.parent.inside(other))

    @property
    def raw(self) -> str:
        """Its text, spaces and line breaks as they stand in the source."""
        return "".join(c if isinstance(c, str) else c.raw for c in self.children)

    @property
    def text(self) -> str:
        """Its text, spaces run together."""
        return " ".join(self._flow().split())

    def _flow(self) -> str:
        parts = []
        for child in self.children:
            if isinstance(child, str):
                parts.append(child)
            elif child.tag not in ("script", "style"):
                parts.append(f" {child._flow()} " if child.tag in BLOCKS else child._flow())
        return "".join(parts)

    def __repr__(self) -> str:
        return f"<{self.tag} {self.attrs}>"


class Reader(HTMLParser):
    """Builds elements; refuses tags that do not nest."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("", {})
        self.feed(html)
        self.close()
        assert self.here is self.root, f"{self.here} is not closed"

    def handle_starttag(self, tag, attrs):
        assert len(attrs) == len(dict(attrs)), f"<{tag}> has an attribute twice: {attrs}"
        found = Element(tag, {k: v or "" for k, v in attrs}, self.here)
        self.here.children.append(found)
        if tag not in VOID:
            self.here = found

    def handle_startendtag(self, tag, attrs):
        self.here.children.append(Element(tag, {k: v or "" for k, v in attrs}, self.here))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.here.tag == tag, f"</{tag}> closes {self.here}"
            self.here = self.here.parent

    def handle_data(self, data):
        self.here.children.append(data)


class Browser:
    """One person's browser, signed in."""

    def __init__(self, user=None) -> None:
        self.client = Client()
        if user is not None:
            self.client.force_login(user)

    def get(self, url: str, query: Mapping[str, Any] | None = None) -> "Page":
        """Open an address."""
        return self._page(self.client.get(url, query or {}), url)

    def send(self, url: str, data: Mapping[str, Any] | None = None) -> "Page":
        """Post by hand, past every form."""
        return self._page(self.client.post(url, flat(data or {})), url)

    def _page(self, response, url: str) -> "Page":
        if response.status_code in (301, 302):
            where = response.headers["Location"]
            return self._page(self.client.get(where), where)
        return Page(self, response, url)


def flat(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as a browser sends them: three numbers for a day, "on" for a tick, nothing for an empty box of either."""
    found: dict[str, Any] = {}
    for name, value in answers.items():
        if isinstance(value, date):
            found |= {f"{name}_{part}": str(getattr(value, part)) for part in PARTS}
        elif value is True:
            found[name] = "on"
        elif value is not None and value is not False:
            found[name] = value
    return found


class Page:
    """A page as it came."""

    def __init__(self, browser: Browser, response, url: str) -> None:
        self.browser, self.response, self.url = browser, response, url
        self.status = response.status_code
        self.pressed: Element | None = None
        self.source = response.content.decode() if not response.streaming else ""
        html = response.headers.get("Content-Type", "").startswith("text/html")
        self.root = Reader(self.source).root if html else Element("", {})

    @property
    def main(self) -> Element:
        """What stands between header and footer."""
        return self.root.one("main")

    @property
    def text(self) -> str:
        """The text of the main part."""
        return self.main.text

    @property
    def h1(self) -> str:
        """Its one heading."""
        return self.root.one("h1").text

    @property
    def title(self) -> str:
        """What the browser's tab says."""
        return self.root.one("title").text

    @property
    def banner(self) -> str:
        """What was done, as the page one lands on says."""
        return " ".join(e.text for e in self.root.all(cls="govuk-notification-banner__content"))

    def links(self, inside: Element | None = None) -> dict[str, str]:
        """{words: address} of the links."""
        return {e.text: e.attrs["href"] for e in (inside or self.main).all("a") if "href" in e.attrs}

    def follow(self, words: str) -> "Page":
        """Click the link that says so."""
        url = self.links()[words]
        return self.browser.get(self.url.split("?")[0] + url if url.startswith("?") else url)

    def section(self, heading: str) -> Element:
        """What stands in the section with that heading."""
        return next(e for e in self.main.all("section") if e.all("h1", "h2", "h3")[0].text.startswith(heading))

    @property
    def summary(self) -> list[str]:
        """The lines of the error summary; each that is a link leads to a control of the page."""
        lines = [e for box in self.root.all(cls="govuk-error-summary__list") for e in box.all("li")]
        for link in [a for line in lines for a in line.all("a")]:
            assert self.root.all(id=link.attrs["href"].removeprefix("#")), f"{link.attrs['href']} leads nowhere"
        return [e.text for e in lines]

    @property
    def errors(self) -> dict[str, list[str]]:
        """{question: messages beside it}; the same lines as in the summary, and the title says so."""
        found: dict[str, list[str]] = {}
        for message in self.root.all(cls="govuk-error-message"):
            group = message.parent
            while "govuk-form-group--error" not in group.attrs.get("class", ""):
                group = group.parent
            names = [e.attrs["name"] for e in group.all("input", "textarea", "select")]
            found.setdefault(root_name(names[0]), []).append(message.text.removeprefix("Error: "))
        beside = [words for lines in found.values() for words in lines]
        assert sorted(beside) == sorted(w for w in self.summary if w in beside), (beside, self.summary)
        assert self.title.startswith("Error: ") == bool(self.summary)
        return found

    @property
    def matches(self) -> dict[str, list[str]]:
        """{question: what its answer could have meant}, listed below its error."""
        return {
            e.parent.attrs["id"].removeprefix("id_").removesuffix("_error"): [line.text for line in e.all("li")]
            for e in self.main.all("ul")
            if e.parent.attrs.get("id", "").endswith("_error")
        }

    def rows(self) -> dict[str, str]:
        """The summary lists, as {label: value}."""
        return {e.all("dt")[0].text: e.all("dd")[0].raw.strip() for e in self.main.all(cls="govuk-summary-list__row")}

    # Forms

    @property
    def form(self) -> Element:
        """The form that posts in the main part: that of the button that is pressed. What throws a kept draft away is a form of its
        own, and stands first."""
        found = [f for f in self.main.all("form") if f.attrs.get("method") == "post"]
        first = next((f for f in found if not DROPS.search(f.attrs.get("action", ""))), found[0])
        return self.pressed or first

    def offered(self) -> dict[str, list[str] | None]:
        """{name: the choices offered, or None for free text} of the form's questions."""
        found: dict[str, list[str] | None] = {}
        for e in self.form.all("input", "textarea", "select"):
            kind, name = e.attrs.get("type", "text"), e.attrs.get("name", "")
            if kind in ("radio", "checkbox"):
                found.setdefault(name, []).append(e.attrs.get("value", "on"))
            elif e.tag == "select":
                found[name] = [o.attrs["value"] for o in e.all("option")]
            elif kind != "hidden" and name:
                found[name] = None
        return found

    def values(self) -> dict[str, Any]:
        """What the form would send now, its buttons left out."""
        found: dict[str, Any] = {}
        for e in self.form.all("input", "textarea", "select"):
            kind, name = e.attrs.get("type", "text"), e.attrs.get("name", "")
            if kind in ("radio", "checkbox"):
                if "checked" in e.attrs:
                    found.setdefault(name, []).append(e.attrs.get("value", "on"))
            elif e.tag == "select":
                chosen = [o.attrs["value"] for o in e.all("option") if "selected" in o.attrs]
                found[name] = (chosen or [o.attrs["value"] for o in e.all("option")])[0]
            elif e.tag == "textarea":
                found[name] = e.raw.removeprefix("\r\n").removeprefix("\n")
            elif kind == "hidden":
                found.setdefault(name, []).append(e.attrs.get("value", ""))
            elif kind not in ("file", "submit") and name:
                found[name] = e.attrs.get("value", "")
        return found

    def day(self, name: str) -> str:
        """The day that the form holds under that name, as typed: "26 10 2026"."""
        values = self.values()
        return " ".join(values[f"{name}_{part}"] for part in PARTS).strip()

    def filled(self, **answers: Any) -> dict[str, Any]:
        """What the form sends with these answers; None leaves a question empty. Each must be asked, and offered."""
        data, offered = self.values(), self.offered()
        for name, value in answers.items():
            if isinstance(value, date) or (value is None and f"{name}_day" in offered):
                for part in PARTS:
                    data[f"{name}_{part}"] = "" if value is None else str(getattr(value, part))
                continue
            assert name in offered or name in data, f"the page does not ask {name}: {sorted(offered)}"
            choices = offered.get(name)
            if value is None or value is False or value == []:
                data.pop(name, None)
                continue
            value = "on" if value is True else value
            if choices is not None:
                wrong = [v for v in (value if isinstance(value, list) else [value]) if v not in choices]
                assert not wrong, f"the page does not offer {wrong} for {name}: {choices}"
            data[name] = value
        return data

    def submit(self, button: str, **answers: Any) -> "Page":
        """Answer, and press the button that says so."""
        forms = [self.form, *self.main.all("form")]
        self.pressed = next(f for f in forms if any(e.text == button for e in f.all("button")))
        data = self.filled(**answers)
        pressed = next(e for e in self.form.all("button") if e.text == button)
        if pressed.attrs.get("name"):
            data[pressed.attrs["name"]] = pressed.attrs["value"]
        return self.browser._page(self.browser.client.post(self.form.attrs.get("action") or self.url, data), self.url)


def root_name(name: str) -> str:
    """The question that a control belongs to: "made_on" of "made_on_day"."""
    stem, _, part = name.rpartition("_")
    return stem if part in PARTS else name
