"""In which language a letter goes: Welsh from the panel's own text, to whom its settings say.

We ship no Welsh text: until the panel has entered its own for a letter, that letter goes in English, and its page says so.
"""

from panel.law.roles import Role
from panel.letters.context import LetterContext
from panel.letters.own_texts import WELSH, text_of
from panel.letters.text import exists, fill

NOT_YET = "No Welsh text of this letter is entered yet, so it goes in English."


def wants_welsh(about: LetterContext) -> bool:
    """Whether it is to go in Welsh as well, by the settings of today and by what its reader asked for."""
    how = about.values.settings.letters_welsh
    if how == "asked":
        wishes = about.values.wishes.lower()
        return "welsh" in wishes or "cymraeg" in wishes
    return bool(how)


def welsh_first(about: LetterContext) -> bool:
    """Whether the Welsh stands before the English."""
    return about.values.settings.letters_welsh != "english"


def our_welsh(about: LetterContext) -> str:
    """The letter in the panel's own Welsh; "" where it is not wanted, or not entered yet."""
    if not wants_welsh(about):
        return ""
    look = about.look
    to_holder = about.recipient.startswith(Role.OFFICE_HOLDER.value) and exists(about.kind.template(about.recipient))
    own = text_of(look.panel, look.register.slug, about.kind.key, to_holder, look.today, WELSH)
    if own is None:
        return ""
    head, _, body = own.text.strip().partition("\n")
    heading, text = fill(head, about.values.get).text, fill(body, about.values.get).text
    return f"**{heading}**\n\n{text}\n\n" + "\n".join(about.values.signer)


def note_of(about: LetterContext, welsh: str) -> str:
    """What its page says of its language; "" where there is nothing to say."""
    if welsh:
        return f"In Welsh and English, {'Welsh' if welsh_first(about) else 'English'} first."
    return NOT_YET if wants_welsh(about) else ""
