"""Somebody at the pages of a server, without a browser: cookies, forms with their tokens, a code of an authenticator."""

import base64
import hmac
import http.client
import re
import struct
import time
from html import unescape
from urllib.parse import urlencode, urlsplit

HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
SECRET = re.compile(r"\b([A-Z2-7]{32})\b")


def code(secret: str, at: float | None = None) -> str:
    """The six digits that an authenticator app shows now (RFC 6238)."""
    counter = struct.pack(">Q", int((at or time.time()) // 30))
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


class Visitor:
    """Somebody behind the proxy: each request says that it came by https, to the host of the manual."""

    def __init__(self, port: int, host: str):
        self.port, self.host, self.cookies = port, host, {}
        self.page, self.path = "", "/"

    def ask(self, method: str, path: str, form: dict | None = None) -> str:
        """The page at the end of every redirect; raises AssertionError for any error but a form's."""
        for _ in range(6):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            headers = {
                "Host": self.host, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1",
                "Referer": f"https://{self.host}{self.path}", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
            }  # fmt: skip
            body = urlencode(form or {}, doseq=True) if method == "POST" else None
            if body is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            self.page, self.path = answer.read().decode(), path
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            if answer.status not in (301, 302, 303):
                assert answer.status == 200, f"{method} {path}: {answer.status}\n{self.said()}"
                return self.page
            method, form, path = (
                "GET",
                None,
                urlsplit(answer.headers["Location"])._replace(scheme="", netloc="").geturl(),
            )
        raise AssertionError(f"{path} leads on for ever")

    def open(self, path: str) -> str:
        """A page."""
        return self.ask("GET", path)

    def send(self, path: str, **answers) -> str:
        """Open a form, and send it with its hidden answers; the page that follows."""
        self.open(path)
        return self.again(**answers)

    def again(self, **answers) -> str:
        """Send the form that is open."""
        hidden = {}
        for tag in HIDDEN.findall(self.page):
            name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
            if name:
                hidden[name[1]] = unescape(value[1]) if value else ""
        return self.ask("POST", self.path, hidden | answers)

    def said(self) -> str:
        """The words of the page."""
        main = self.page.partition("<main")[2] or self.page
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))[:1500]

    def must_say(self, words: str) -> None:
        """Raises AssertionError unless the page says so."""
        assert words in unescape(self.page), f"{self.path} does not say {words!r}: {self.said()}"
