"""Installs the product as docs/operating.md says, into a fresh directory, against PostgreSQL with an owner and a web role,
as root with the server under a user of its own; makes a panel, invites, signs in, logs a complaint, backs up, restores
and verifies. The commands are the manual's; what this machine cannot have (systemd, its host, its paths) is exchanged by
PLACES below, and nothing else.

    .ci/postgres.sh python -m tests.manual        as root, on Debian

It ends with an AssertionError or with the command of the manual that failed.
"""

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from tests.manual.pages import SECRET, Visitor, code

CHECKOUT = Path(__file__).parents[2]
MANUAL = CHECKOUT / "docs" / "operating.md"
HOST = "panel.example.gov.uk"
GOOD = "nine brave otters swim"
USERS = ("panel-web", "panel-owner")
DEBIAN = "/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin"  # the programs of the packages, and no other Python
# What stands in for systemd: the same environment file, user and directory.
AROUND = """
set -euo pipefail
run() { (cd "$PROGRAM" && setpriv --reuid="$1" --regid="$1" --init-groups env -i PATH="$PATH" LANG=C.UTF-8 \
    $(grep -v '^#' "$2" | xargs -d '\\n') .venv/bin/python manage.py "${@:3}"); }
owner() { run panel-owner "$CONFIG/owner.env" "$@"; }
web() { run panel-web "$CONFIG/web.env" "$@"; }
su() { bash -c "$3"; }
systemctl() { echo "systemctl $*"; }
"""


def blocks(heading: str) -> list[str]:
    """The commands under that heading of the manual: each block of four spaces, without them."""
    text = MANUAL.read_text(encoding="utf-8")
    match = re.search(rf"^(#+) {re.escape(heading)}.*?$(.*?)(?=^#{{1,3}} |\Z)", text, re.M | re.S)
    assert match, f"docs/operating.md has no heading {heading!r}"
    found = re.findall(r"(?:^    .*\n(?:\n(?=    ))?)+", match[2], re.M)
    return ["\n".join(line[4:] for line in block.splitlines()) for block in found]


def on_one_line(commands: str) -> str:
    """Each command that goes on over several lines, on one."""
    return re.sub(r"\\\n\s*", "", commands)


class Machine:
    """A place on this machine that stands for the server of the manual."""

    def __init__(self, base: Path):
        self.base, self.server = base, None
        self.program, self.config, self.data = base / "srv", base / "etc", base / "data"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        where = re.fullmatch(r"postgres://(\w+)@([^/]+)/(\w+)", os.environ["DATABASE_URL"])
        assert where, "run it under .ci/postgres.sh"
        self.socket = where[2]
        Path(unquote(where[2])).chmod(0o755)  # the server is a user of its own, as 127.0.0.1 would let it in
        self.env = {
            **os.environ, "PATH": DEBIAN, "PROGRAM": str(self.program), "CONFIG": str(self.config), "PGUSER": where[1],
            "PGHOST": unquote(where[2]), "PGDATABASE": where[3],
        }  # fmt: skip
        self.env.pop("DATABASE_URL")
        self.places = {
            "/srv/panel-casework": self.program, "/etc/panel-casework": self.config,
            "/var/lib/panel-casework": self.data, "ADDRESS-OF-THIS-REPOSITORY": CHECKOUT, "BACKUP": base / "backup",
            "127.0.0.1:8000": f"127.0.0.1:{self.port}", "@127.0.0.1/": f"@{self.socket}/",
        }  # fmt: skip

    def placed(self, words: str) -> str:
        """The manual's words with this machine's places."""
        for there, here in self.places.items():
            words = words.replace(there, str(here))
        return words

    def type(self, commands: str, *, fed: str | None = None) -> str:
        """Run commands of the manual; what they print. Raises SystemExit with the one that failed."""
        print("\n".join(f"# {line}" for line in commands.splitlines()), flush=True)
        cwd = self.program if self.program.exists() else self.base
        done = subprocess.run(
            ["bash", "-c", AROUND + self.placed(commands)],
            input=fed,
            text=True,
            capture_output=True,
            env=self.env,
            cwd=cwd,
        )
        print(done.stdout + done.stderr, flush=True)
        if done.returncode:
            raise SystemExit(f"exit code {done.returncode}: {commands}")
        return done.stdout

    def start(self, unit: str) -> None:
        """Start the server as its unit says, under its user, and wait until it is well."""
        command = re.search(r"^ExecStart=(.*)", on_one_line(unit), re.M)[1]
        inner = f'cd "$PROGRAM" && exec setpriv --reuid=panel-web --regid=panel-web --init-groups env -i PATH="$PATH" \
            $(xargs -d "\\n" < "$CONFIG/web.env") {self.placed(command)}'
        self.server = subprocess.Popen(["bash", "-c", inner], env=self.env, start_new_session=True)
        for _ in range(120):
            try:
                Visitor(self.port, HOST).open("/health/")
                return
            except (OSError, AssertionError):
                assert self.server.poll() is None, "the server did not boot"
                time.sleep(0.5)
        raise AssertionError("the server is not well after a minute")

    def stop(self) -> None:
        """Stop it."""
        if self.server is not None:
            os.killpg(self.server.pid, signal.SIGTERM)
            self.server.wait(30)
            self.server = None


def install(machine: Machine) -> str:
    """Sections 1 to 5 of the manual; the unit of the server."""
    (commands,) = blocks("1. The program")
    lines = on_one_line(commands).splitlines()
    assert lines[0] == "umask 022", "the manual begins with who may read what is made"
    assert lines[1].startswith("apt-get install "), "then come the packages"
    os.umask(0o022)
    made = [u for u in USERS if not known(u)]
    machine.type("\n".join(line for line in lines[2:] if not line.startswith("useradd") or line.split()[-1] in made))
    (commands,) = blocks("2. The database")
    first, _, sql = commands.partition("\n")
    machine.type(first, fed=sql)
    write_environment(machine, blocks("3. The environment")[0])
    functions, _, commands = blocks("4. Tables")[0].partition("\n\n")
    assert functions.startswith("run() { systemd-run"), "what stands in for systemd is AROUND"
    machine.type(commands)
    unit = blocks("5. The server")[0]
    check_unit(machine, unit)
    return unit


def known(user: str) -> bool:
    """Whether this machine has the user."""
    return subprocess.run(["id", "-u", user], capture_output=True, check=False).returncode == 0


def write_environment(machine: Machine, block: str) -> None:
    """Both files, with the placeholders filled."""
    machine.config.mkdir(mode=0o700)
    lines = [line.partition("  #")[0].strip() for line in block.splitlines()]
    web = "\n".join(lines).replace("SECRET_KEY=...", f"SECRET_KEY={secrets.token_urlsafe(50)}")
    web = machine.placed(web.replace("mail.example.gov.uk", "127.0.0.1").replace(":PASSWORD@", "@"))
    for name, words in (("web", web), ("owner", web.replace("panel_web@", "panel_owner@"))):
        path = machine.config / f"{name}.env"
        path.write_text(words + "\n", encoding="utf-8")
        path.chmod(0o600)


def check_unit(machine: Machine, unit: str) -> None:
    """systemd finds nothing wrong in it, where there is one to ask."""
    path = machine.base / "panel-casework.service"
    path.write_text(machine.placed(unit) + "\n", encoding="utf-8")
    if shutil.which("systemd-analyze"):
        done = subprocess.run(["systemd-analyze", "verify", path], capture_output=True, text=True, check=False)
        ours = [line for line in done.stderr.splitlines() if "panel-casework" in line]
        assert not ours, ours


def invited(printed: str) -> str:
    """The path of the link that `invite` prints."""
    return re.search(r"https?://[^/\s]+(/invitation/\S+)", printed)[1]


def first_complaint(machine: Machine) -> str:
    """A panel, its administrator, its officer with a second factor, and a complaint; its reference."""
    create, again = blocks("6. The first panel")[:2]
    printed = machine.type(create)
    ada = Visitor(machine.port, HOST)
    ada.send(invited(printed), name="Ada Lane", password1=GOOD, password2=GOOD)
    ada.must_say("Set up the Panel")
    today = date.today()
    day = {"from_date_day": 1, "from_date_month": 5, "from_date_year": today.year - 1}
    ada.send(
        "/exshire/people/office-holders/add/",
        name="Daniel Ashcombe",
        short_name="Mr Ashcombe",
        office="commissioner",
        **day,
    )
    ada.must_say("Daniel Ashcombe")
    day = {"from_date_day": today.day, "from_date_month": today.month, "from_date_year": today.year}
    ada.send("/exshire/users/invite/", email="priya@exshire.example", name="Priya Nair", role="officer", **day)
    printed = machine.type("web invite priya@exshire.example --panel exshire --role officer")
    priya = Visitor(machine.port, HOST)
    priya.send(invited(printed), name="Priya Nair", password1=GOOD, password2=GOOD)
    priya.must_say("requires a second factor")
    found = SECRET.search(priya.open("/accounts/second-factor/totp/activate/"))
    assert found, priya.said()
    secret = found[1]
    priya.again(code=code(secret))
    priya.open("/exshire/")
    priya.must_say("Your work")
    machine.type(again)
    return logged(priya)


def logged(priya: Visitor) -> str:
    """A complaint logged by the form; its reference."""
    priya.open("/exshire/complaints/new/log/")
    who = re.search(r'name="subjects"[^>]*value="(\d+)"', priya.page)[1]
    day = date.today()
    typed = {
        "channel": "email", "on_day": day.day, "on_month": day.month, "on_year": day.year, "made_on_day": day.day,
        "made_on_month": day.month, "made_on_year": day.year, "subjects": who, "who": "named", "name": "Gillian Thorpe",
        "email": "gillian@example.org", "complainant_kind": "public", "title": "Public meeting at Larkford",
        "words": "I asked why our front counter was closing.", "what_1": "Told her she was wasting everybody’s time",
        "happened_on_1_day": day.day, "happened_on_1_month": day.month, "happened_on_1_year": day.year,
    }  # fmt: skip
    priya.again(**typed)
    if "confirmed" in priya.page:
        priya.again(**typed, confirmed="1")
    found = re.search(r"EX-C-\d{4}-0001", priya.page)
    assert found, priya.said()
    return found[0]


def back_up_and_restore(machine: Machine, unit: str) -> None:
    """By the manual; then everything is as it was sealed, with the heads noted before."""
    machine.type(blocks("Back up")[0])
    heads = next((machine.base / "backup").glob("panel-*/heads.txt"))
    machine.stop()
    machine.type("su postgres -c 'dropdb --force panel'")
    (commands,) = blocks("2. The database")
    first, _, sql = commands.partition("\n")
    machine.type(first, fed="\n".join(line for line in sql.splitlines() if not line.startswith("CREATE ROLE")))
    machine.type(blocks("Restore")[0])
    machine.start(unit)
    print(machine.type(f"cp {heads} /tmp/heads.$$ && chmod 644 /tmp/heads.$$ && web verify_audit --head /tmp/heads.$$"))


def main() -> None:
    """All of it, in a directory that is gone afterwards."""
    assert os.geteuid() == 0, "run it as root: it makes users"
    made = [user for user in USERS if not known(user)]
    base = Path(tempfile.mkdtemp(prefix="panel-manual-"))
    base.chmod(0o755)
    machine = Machine(base)
    began = time.monotonic()
    os.umask(0o077)  # the strictest that a server of a council has
    try:
        unit = install(machine)
        machine.start(unit)
        reference = first_complaint(machine)
        back_up_and_restore(machine, unit)
        again = Visitor(machine.port, HOST)
        again.open("/accounts/login/")
        print(
            f"The manual holds: installed, {reference} logged, restored and verified in {time.monotonic() - began:.0f} s."
        )
    finally:
        machine.stop()
        shutil.rmtree(base, ignore_errors=True)
        for user in made:
            subprocess.run(["userdel", user], capture_output=True, check=False)


if __name__ == "__main__":
    sys.exit(main())
