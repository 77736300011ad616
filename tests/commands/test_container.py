"""What is shipped beside the program fits it: the image holds all of it, its proxies let files of the largest size pass, and
every day's work is done where it runs in containers too."""

import re
from pathlib import Path

import yaml
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DOCKERFILE = (ROOT / "container/Dockerfile").read_text(encoding="utf-8")
PROXIES = ("docs/nginx.conf", "docs/Caddyfile", "container/Caddyfile")


def test_the_image_holds_every_app_and_what_gunicorn_is_told():
    own = {app.partition(".")[0] for app in settings.INSTALLED_APPS}
    wanted = {name for name in own if (ROOT / name).is_dir()} | {"templates", "manage.py", "gunicorn.conf.py"}
    assert {"panel", "complaints", "hearings", "meetings"} <= wanted
    copied = {
        word for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE) for word in line.split()
    }
    assert wanted - copied == set()
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert copied - let_in == set()


def test_proxies_let_the_largest_upload_pass():
    largest = max(settings.FILM_MAX_SIZE, 20 * settings.DOCUMENT_MAX_SIZE) + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    for name in PROXIES:
        found = re.findall(
            r"^\s*(?:client_max_body_size|max_size) (\d+)(m;|MB)", (ROOT / name).read_text(), re.MULTILINE
        )
        [passes] = [int(number) * (1024**2 if unit == "m;" else 1000**2) for number, unit in found]
        assert passes >= largest, name


def test_the_days_work_and_the_mail_are_services_of_their_own():
    services = yaml.safe_load((ROOT / "container/compose.yaml").read_text())["services"]
    assert services["mail"]["command"] == [".venv/bin/python", "manage.py", "send_mail", "--every", "20"]
    assert "manage.py daily" in services["daily"]["command"][-1]
    assert services["daily"]["environment"]["DATABASE_URL"] == services["web"]["environment"]["DATABASE_URL"]
