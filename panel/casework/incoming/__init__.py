"""Paper in: emails and letters that came in, from the moment they are dropped until they are on a case or removed.

message = take_in(panel, uploads, by=priya)          # read, kept byte for byte, its attachments looked into
perform(case, "note_contact", ..., data={"message": message.key, ...})     # its files become documents of that step
remove(message, by=priya, why="...")                 # words and bytes go; who and why stay
"""

from panel.casework.incoming.join import asked_for, keep, take_off
from panel.casework.incoming.leave import remove, remove_old
from panel.casework.incoming.take import Taken, take_in

__all__ = ["Taken", "asked_for", "keep", "remove", "remove_old", "take_in", "take_off"]
