"""A browser that speaks to a server over HTTP: pages as tests/panel/pages/page.py reads them.

priya = Visitor(8000)
priya.sign_in("officer@exshire.example", "password")
page = priya.fill("/exshire/complaints/EX-C-2026-0001/record/", {"on_day": "3"})      # page.taken, page.errors
"""

import http.client
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.panel.pages.page import Page


class Answer:
    """What a server answered, as a page is made of it."""

    streaming = False

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status_code, self.content = answer.status, answer.read()
        self.headers = dict(answer.getheaders())


class Visitor:
    """One person at one browser."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, {}
        self.client = self

    def send(self, method: str, url: str, body: bytes | None = None) -> Answer:
        """One request. Raises OSError where nobody answers."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = MULTIPART_CONTENT
        try:
            line.request(method, url, body, headers)
            answer = line.getresponse()
            for said in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = said.partition(";")[0].partition("=")
                self.cookies[name] = value
            return Answer(answer)
        except http.client.HTTPException as error:
            raise OSError(str(error)) from error
        finally:
            line.close()

    def get(self, url: str) -> Page:
        """Open an address."""
        return self._page(self.send("GET", url), url)

    def post(self, url: str, data: dict[str, Any]) -> Page:
        """Send a form."""
        return self._page(self.send("POST", url, encode_multipart(BOUNDARY, data)), url)

    def _page(self, answer: Answer, url: str) -> Page:
        if answer.status_code in (301, 302, 303):
            where = urljoin(url, answer.headers["Location"])
            return self._page(self.send("GET", where), where)
        page = Page(self, answer, url)  # type: ignore[arg-type]
        return page

    def sign_in(self, email: str, password: str) -> None:
        """On the page for it."""
        page = self.get("/accounts/login/")
        page = self.post("/accounts/login/", {**page.values(), "login": email, "password": password})
        assert page.status == 200, (email, page.status)
        assert "/accounts/login/" not in page.url, (email, page.errors)

    def fill(self, url: str, answers: dict[str, Any], as_it_is_sent: Callable[[], None] = lambda: None) -> Page:
        """Open a step's page and send its own form with these answers, confirmed; `taken` says that it led elsewhere."""
        page = self.get(url)
        assert page.status == 200, (url, page.status)
        data = {name: value for name, value in page.values().items() if value not in ("", [])}
        data |= {name: "room" for name in page.offered() if name.startswith("seat_")}
        as_it_is_sent()
        after = self.post(url, {**data, **answers, "confirmed": "yes"})
        after.taken = urlsplit(after.url).path != urlsplit(url).path  # type: ignore[attr-defined]
        return after
