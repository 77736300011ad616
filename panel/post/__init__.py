"""Post: every mail that goes out waits in a queue, and a process of its own hands it to the mail server. No request ever
talks to a mail server.

from panel.post import queue, take_back, returned, find

message = queue(kind="letter", panel=panel, case=case, address="ann@example.org", recipient="complainant",
                subject="EX-C-2026-0001: decision on your complaint", text=text, documents=[document])
message.state                    # Message.State: "waiting", later "accepted", "refused", "given_up", "bounced", "unsure"
take_back(message, by=user)      # while it waits; afterwards NotWaiting
find("<...@panel.example>")      # the message of a Message-ID, or None
returned(message, cause="No such mailbox", on=date(2026, 11, 30))    # it came back: once, whoever says it how often

Inside a step or another act they join it; otherwise each is an act of its own. A kind of mail is declared once
(`panel.post.kinds`), and with `came_back` whoever queued it is told of what did not arrive, after `send_mail` has noted it.
"""

from panel.post.queue import Improper, NotWaiting, find, queue, returned, take_back

__all__ = ["Improper", "NotWaiting", "find", "queue", "returned", "take_back"]
