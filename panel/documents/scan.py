"""A virus scanner that an installation may have: ClamAV's clamd, asked over its socket. Without one nothing is scanned; with one,
what it does not answer for is not kept.

    scan(file)          # raises NotClean with the reason
"""

import socket
import struct
from typing import IO
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 60
PIECE_BYTES = 64 * 1024
LONGEST_REPLY_BYTES = 4096


class NotClean(Exception):
    """Why a file is not kept: ends a sentence that its name begins."""


def scan(file: IO[bytes]) -> None:
    """Ask the scanner about the whole file. Raises NotClean for a virus, and where there is no answer."""
    address = settings.CLAMD_URL
    if not address:
        return
    file.seek(0)
    try:
        said = _asked(file, address)
    except OSError as error:
        raise NotClean(
            "could not be looked at by the virus scanner, which does not answer. Try again in a minute"
        ) from error
    finally:
        file.seek(0)
    if said.endswith("FOUND"):
        virus = said.partition(": ")[2].removesuffix(" FOUND")
        raise NotClean(f"has a virus in it, says the virus scanner ({virus})")
    if "size limit exceeded" in said:
        raise NotClean("is larger than the virus scanner looks at")
    if not said.endswith("OK"):
        raise NotClean(
            "could not be looked at by the virus scanner, which gives no clear answer. Try again in a minute"
        )


def _asked(file: IO[bytes], address: str) -> str:
    """The scanner's answer in its own words."""
    where = urlsplit(address)
    if where.scheme == "unix":
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        target: str | tuple[str, int] = where.path
    else:
        link = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        target = (where.hostname or "127.0.0.1", where.port or 3310)
    with link:
        link.settimeout(SECONDS)
        link.connect(target)
        link.sendall(b"zINSTREAM\0")
        try:
            while piece := file.read(PIECE_BYTES):
                link.sendall(struct.pack("!L", len(piece)) + piece)
            link.sendall(struct.pack("!L", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has had enough, and says why
        reply = b""
        while not reply.endswith(b"\0") and len(reply) < LONGEST_REPLY_BYTES:
            piece = link.recv(LONGEST_REPLY_BYTES)
            if not piece:
                break
            reply += piece
    return reply.rstrip(b"\0").decode("utf-8", "replace").strip()
