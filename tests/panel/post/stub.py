"""A mail server for tests: it takes mail, refuses it, puts it off, hangs or drops the line, as told by `behaves`.

with stub() as server:
    server.behaves["ann@example.org"] = "refuse"
    server.taken     # [(address, text of the mail)]
"""

import contextlib
import socketserver
import threading
import time

from django.test import override_settings

REPLIES = {"refuse": b"550 No such mailbox", "put_off": b"451 Try again later", "full": b"452 Mailbox full"}


class Talk(socketserver.StreamRequestHandler):
    """One connection."""

    def say(self, line):
        self.wfile.write(line + b"\r\n")

    def handle(self):
        server = self.server
        server.connections += 1
        if server.at_once == "hang":
            time.sleep(server.patience)
            return
        if server.at_once == "drop":
            return
        self.say(b"220 stub")
        to = ""
        while line := self.rfile.readline().strip():
            word = line.upper()
            if word.startswith(b"EHLO"):
                self.say(b"250 stub")
            elif word.startswith(b"RCPT"):
                to = line.partition(b"<")[2].rpartition(b">")[0].decode()
                does = server.behaves.get(to, "accept")
                if does == "drop_early":
                    return
                self.say(REPLIES.get(does, b"250 OK"))
            elif word == b"DATA":
                if not self.data(to, server):
                    return
            elif word == b"QUIT":
                self.say(b"221 Bye")
                return
            else:
                self.say(b"250 OK")

    def data(self, to, server) -> bool:
        """The mail itself; whether the talk goes on."""
        self.say(b"354 Go on")
        text = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            text += line
        does = server.behaves.get(to, "accept")
        if does == "refuse_text":
            self.say(b"554 Looks like spam")
            return True
        server.taken.append((to, text.decode()))
        if does == "drop_late":
            return False
        if does == "hang_late":
            time.sleep(server.patience)
            return False
        if does == "drip":
            for _ in range(int(server.patience / 0.05)):
                with contextlib.suppress(OSError):
                    self.wfile.write(b"250-and\r\n")
                time.sleep(0.05)
            return False
        self.say(b"250 Taken")
        return True


class Server(socketserver.ThreadingTCPServer):
    """Listens on a port of its own."""

    allow_reuse_address = daemon_threads = True
    block_on_close = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.taken, self.behaves, self.at_once, self.connections, self.patience = [], {}, "", 0, 1.0

    def handle_error(self, request, client_address):
        """A client that went away is no error here."""


@contextlib.contextmanager
def stub():
    """The server, to which our mail goes meanwhile."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    wanted = {
        "EMAIL_BACKEND": "panel.post.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": server.server_address[1], "EMAIL_TIMEOUT": 0.3,
    }  # fmt: skip
    try:
        with override_settings(**wanted):
            yield server
    finally:
        server.shutdown()
        server.server_close()
