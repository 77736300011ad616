"""Numbers in sentences: to nine in words, and in words at the beginning of one. No Django.

spelled(5)                # "five"
spelled(16)               # "16"
at_start(13)              # "Thirteen"
"""

UNITS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
LARGEST_SPELLED, LARGEST_AT_START = 9, 99


def in_words(number: int) -> str:
    """A number from 0 to 99 in words; a larger one in figures."""
    if number < len(UNITS):
        return UNITS[number]
    if number > LARGEST_AT_START:
        return f"{number:,}"
    tens, unit = divmod(number, 10)
    return TENS[tens] + (f"-{UNITS[unit]}" if unit else "")


def spelled(number: int) -> str:
    """A number within a sentence: "no", "one" to "nine", then figures."""
    return in_words(number) if number <= LARGEST_SPELLED else f"{number:,}"


def at_start(number: int) -> str:
    """A number that begins a sentence: "Thirteen"; "None" where there are none."""
    return "None" if number == 0 else in_words(number).capitalize()
