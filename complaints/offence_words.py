"""Words that often mean a criminal offence, in one place (reg 2: any offence that can be tried in England and Wales).

    mentioned("He took a bribe, and then lied in a declaration")    # ["bribery", "a false declaration"]

They remind whoever decides, and decide nothing: a complaint may use the word and mean no offence, or mean one and use
no such word.
"""

import re
from collections.abc import Iterable

# (what it could be, the words that often mean it)
WORDS = (
    ("misconduct in public office", r"mis(?:conduct|feasance|behaviour) (?:in|of) (?:a )?public office|abuse of office"),
    ("perverting the course of justice", r"pervert\w*|tamper\w* with (?:evidence|witness\w*|a witness)|conceal\w* evidence"),
    ("perjury", r"perjur\w+|lied (?:on|under) oath"),
    ("a false declaration", r"false(?:ly)? (?:declar\w+|statement|claim\w*|return|account\w*)|undeclared|failed to declare|"
     r"did not declare|lied in (?:a |his |her |the )?declaration"),
    ("fraud", r"fraud\w*|defraud\w*|fiddl\w+|embezzl\w+|false expenses|forg(?:ed|ery|ing)"),
    ("theft", r"theft|thief|stole|stolen|steal\w*"),
    ("bribery", r"brib\w+|kickback\w*|backhander\w*|cash for|corrupt\w*"),
    ("assault", r"assault\w*|punch\w*|slapp\w*|kick(?:ed|ing)\b|grabb\w*|groped?|spat (?:at|on)|attacked"),
    ("a sexual offence", r"rape[ds]?\b|sexual(?:ly)? (?:assault|touch|harass)\w*|indecent\w*|voyeur\w*|upskirt\w*"),
    ("harassment", r"harass\w*|stalk\w*|menac\w+|intimidat\w*|blackmail\w*|threat\w*"),
    ("malicious communications", r"malicious\w*|abusive (?:e-?mail|message|letter|call)\w*|grossly offensive"),
    ("a hate crime", r"hate crime|racially (?:abus|aggravat)\w*|racist abuse|stir\w* up hatred"),
    ("a data protection offence", r"data protection|leak\w*|unlawful(?:ly)? (?:obtain|disclos|access)\w*|misus\w+ (?:of )?data|"
     r"(?:police|confidential) (?:records?|data|information|computer)"),
    ("criminal damage", r"criminal damage|vandal\w*|smash\w*"),
    ("a road traffic offence", r"drink.?driv\w*|drunk (?:at|behind) the wheel|speeding|dangerous(?:ly)? driv\w*|drov\w+ danger\w*"),
    ("a drugs offence", r"cocaine|cannabis|drug.?deal\w*|class a"),
    ("an election offence", r"election (?:expenses|offence|fraud)|treating|imprint|electoral"),
    ("an offence, as the words themselves say", r"crim(?:e|es|inal|inally)\b|offences?\b|unlawful\w*|illegal\w*|arrest\w*|"
     r"prosecut\w*|blackmail"),
)  # fmt: skip
FOUND = tuple((words, re.compile(rf"\b(?:{pattern})", re.IGNORECASE)) for words, pattern in WORDS)


def mentioned(texts: Iterable[str]) -> list[str]:
    """What these texts could mean, each once, in the order of the list."""
    text = " ".join(" ".join(texts).split())
    return [words for words, pattern in FOUND if pattern.search(text)]
