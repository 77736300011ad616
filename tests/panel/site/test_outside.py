"""What was found from outside: an address too long, a sender too slow, links that lead to a refusal, figures whose cases do not
open, names without a title. Each is tried as it was found."""

import shutil
import socket
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest

from panel import wsgi
from panel.files.spreadsheets import BLANK, FILLERS, safe
from panel.law import clock
from panel.law.names_in_text import TITLED, OtherPeople, SearchTerms
from tests.build import log, make_world, take
from tests.panel.pages.page import Browser
from tests.shared import NOW

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def world(db):
    with clock.set_to(NOW):
        yield make_world()


def test_a_search_of_ten_thousand_characters_gets_a_page_of_ours(world):
    page = Browser(world.officer).get(f"/exshire/complaints/?q={'a' * 10_000}")
    assert (page.status, page.h1) == (414, "The address is too long")
    assert page.response.headers["Cache-Control"].find("no-store") >= 0


def test_gunicorn_lets_such_an_address_through_and_reads_its_file_by_itself(tmp_path):
    (tmp_path / "gunicorn.conf.py").write_text((ROOT / "gunicorn.conf.py").read_text())
    (tmp_path / "echo.py").write_text(
        "def app(environ, start):\n"
        "    start('200 OK', [('Content-Type', 'text/plain')])\n"
        "    return [str(len(environ['QUERY_STRING'])).encode()]\n"
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "echo:app", "--bind", f"127.0.0.1:{port}", "--no-control-socket", "-w", "1"],
        cwd=tmp_path, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for length, said in ((10_000, b"10000"), (40_000, b"")):
            until, answer = time.monotonic() + 15, b""
            while not answer and time.monotonic() < until:
                try:
                    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                        line.sendall(f"GET /?{'a' * length} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
                        while piece := line.recv(4096):
                            answer += piece
                except ConnectionRefusedError:
                    time.sleep(0.1)
                except OSError:
                    break
            assert said in answer.partition(b"\r\n\r\n")[2], length
            assert (b"200 OK" in answer) == bool(said), length
    finally:
        server.terminate()
        server.wait(10)


def test_a_body_that_comes_too_slowly_is_cut_off(monkeypatch):
    monkeypatch.setattr(wsgi, "PATIENCE_SECONDS", 0.2)
    here, there = socket.socketpair()
    with here, there:
        there.sendall(b"half")
        began = time.monotonic()
        with wsgi.in_good_time({"gunicorn.socket": here, "CONTENT_LENGTH": "8"}):
            assert (here.recv(4), here.recv(4)) == (b"half", b"")
        assert time.monotonic() - began < 5
    with wsgi.in_good_time({"CONTENT_LENGTH": "8"}), wsgi.in_good_time({"gunicorn.socket": None}):
        pass


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_the_configuration_of_nginx_that_is_shipped_is_one(tmp_path):
    words = (ROOT / "docs/nginx.conf").read_text()
    words = words.replace("listen 443 ssl", "listen 8443").replace("listen 80;", "listen 8080;")
    words = "\n".join(line for line in words.splitlines() if "ssl_certificate" not in line)
    conf = tmp_path / "nginx.conf"
    conf.write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{words}\n}}\n")
    found = subprocess.run(["nginx", "-t", "-c", str(conf)], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr


def test_the_home_page_leads_nobody_to_a_step_that_is_not_theirs(world):
    log(world)
    log(world, title="Another")
    for who in (world.auditor, world.officer, world.mo, world.chairman, world.vice):
        browser = Browser(who)
        for after in ("", "?after=1"):
            links = browser.get(f"/exshire/{after}").links()
            there = {url: browser.get(url).status for url in links.values() if url.startswith("/exshire/complaints/")}
            assert who != world.auditor or there
            assert [url for url, status in there.items() if status == 403] == [], who


def test_a_figure_counts_what_does_not_open_and_says_so(world):
    log(world)
    case = log(world, title="Closed to most")
    take(case, "restrict", world.mo, named=[str(world.mo.pk)], why="Named people only")
    for who, closed in ((world.officer, True), (world.mo, False)):
        browser = Browser(who)
        page = browser.get("/exshire/complaints/report/?year=2026-27")
        assert ("Counted, and not yours to open: 1 case." in page.text) == closed
        behind = browser.get(page.links()["2"])
        assert "2 in" in behind.text
        assert ("1 of them you may not open, and is left out." in behind.text) == closed


@pytest.mark.parametrize("text, flagged", [
    ("Zebedee Farnsworth rang.", ["Zebedee Farnsworth"]),
    ("When Zebedee J. Farnsworth rang the Police and Crime Commissioner", ["Zebedee J. Farnsworth"]),
    ("Officer Zebedee Farnsworth of West Mercia Police, High Street", ["Zebedee Farnsworth"]),
    ("Gillian Thorpe met Seán Ó Briain’s daughter Mary-Jane at Exshire County Council", ["Seán Ó Briain’s"]),
    ("The Annual Report went to the Monitoring Officer on Monday. Then the Full Panel sat. IOPC Guidance", []),
    ("She came to Great Larkford on 3 May 2026.", []),
])  # fmt: skip
def test_a_name_without_a_title_is_flagged_for_somebody_to_look_at(text, flagged):
    others = OtherPeople(SearchTerms(["Gillian Thorpe"]), places={"great larkford"})
    found = [(text[f.start : f.end], f.why) for f in others.flags_in(text)]
    assert found == [(words, TITLED) for words in flagged]


def test_no_blank_of_any_kind_hides_a_formula():
    hidden = [chr(n) for n in range(0x110000) if unicodedata.category(chr(n)) in BLANK and not 0xD800 <= n < 0xE000]
    hidden = (
        [c for c in hidden if unicodedata.category(c) not in ("Cn", "Co")] + list(FILLERS) + ["\ufff0", "\U000e0000"]
    )
    assert len(hidden) > 1000
    wrong = [c for c in hidden for sign in "=+-@＝＋－＠﹦﹢﹣﹫" if not safe(f"{c}{sign}1").startswith("'")]  # noqa: RUF001
    assert wrong == []
