"""The table of provisions: complete, in words, and cited as the office cites."""

import doctest
import re
from dataclasses import FrozenInstanceError

import pytest

from panel.law import provisions
from panel.law.period_kinds import KINDS
from panel.law.provisions import GROUNDS, PROVISIONS, Provision, cite, ground, words
from panel.law.provisions_table import FROM_MEMORY

PROCEDURE = [f"para {n}" for n in range(1, 18)]
# The regulations of the law notes: the duties, the grounds, and the column "reg" of the steps
DUTIES = [*range(6, 17), 18, 22, *range(24, 29), *range(30, 38)]
REGULATIONS = [
    *("reg 2", "reg 3"),
    *(f"reg {n}" for n in DUTIES),
    *(
        "reg 7(3)",
        "reg 13(3)",
        "reg 14(2)",
        "reg 15(1)",
        "reg 15(2)",
        "reg 15(2)(a)",
        "reg 15(2)(b)",
        "reg 15(3)",
        "reg 15(4)",
    ),
    *(f"reg 15(3)({letter})" for letter in "abcdef"),
    "reg 22(6)",
]
ACTS = [
    *(
        "s 28(6)",
        "s 28(7)",
        "s 29(1)",
        "s 29(2)",
        "s 29(3)",
        "s 29(4)",
        "s 31(3)",
        "Sch 6 para 27",
        "Sch 7 para 3",
        "LGFA 1988 s 113",
        "SI 2023/649 para 24(b)",
    ),
    *(f"Sch 1 para {n}" for n in ("6", "6(4)", "8", "8(3)", "8(3A)", "9", "9(2)", "10", "11", "12")),
    *(
        f"Sch 8 para {n}"
        for n in ("1", "2", "3", "3(2)", "4", "4(5)", "4(6)", "4(7)", "4(8)", "5", "6", "7", "8", "10")
    ),
    *(f"2012/2271 {n}" for n in ("reg 3", "reg 4", "reg 5", "Part 3")),
    *(f"LGA 1972 {n}" for n in ("s 100A(4)", "s 100B", "s 100B(4)(b)")),
    *(f"LGA 1972 Sch 12A para {n}" for n in (*range(1, 8), *range(12, 19))),
    *("SI 2020/392 Part 4", "2012/2734 regs 3-6", "G hearings", "G complaints"),
]
AMERICAN = re.compile(
    r"(?:iz(?:e[sd]?|ing|ation)|yz(?:e[sd]?|ing))\b|\b(?:favor|color|honor|behavior|center|judgment)", re.I
)


DATA_PROTECTION = {"UK GDPR art 5", "UK GDPR art 5(1)(e)", "UK GDPR art 17", "UK GDPR art 17(3)"}  # beyond the notes


def test_the_table_has_what_the_law_notes_cite_and_nothing_else() -> None:
    assert set(PROVISIONS) == {*PROCEDURE, *REGULATIONS, *ACTS, *DATA_PROTECTION}


def test_the_example_at_the_head_of_the_module_runs() -> None:
    result = doctest.testmod(provisions)
    assert result.attempted > 0
    assert result.failed == 0


def test_every_kind_of_period_stands_under_a_provision_of_the_table() -> None:
    under = [key for kind in KINDS.values() for key in kind.provisions]
    assert {found.key for found in words(*under)} == set(under)


@pytest.mark.parametrize("found", PROVISIONS.values(), ids=list(PROVISIONS))
def test_words_are_one_or_two_short_sentences_in_british_spelling(found: Provision) -> None:
    assert re.fullmatch(r"[A-Z][^\n]+\.", found.words)
    assert 1 <= len(re.findall(r"\.(?: |$)", found.words)) <= 2
    assert len(found.words) <= 260
    assert "  " not in found.words
    assert AMERICAN.search(found.words) is None
    assert "Commission " not in found.words  # the body is called the IOPC throughout


@pytest.mark.parametrize("found", PROVISIONS.values(), ids=list(PROVISIONS))
def test_links_are_addresses_of_the_legislation_site_or_none(found: Provision) -> None:
    assert found.link == "" or re.fullmatch(
        r"https://www\.legislation\.gov\.uk/(?:uk(?:pga|si)|eur)/[\w/]+\w", found.link
    )
    assert "(" not in found.link


def test_the_source_says_what_was_not_read() -> None:
    assert set(FROM_MEMORY) <= set(PROVISIONS)
    assert PROVISIONS["reg 37"].source.endswith("SI 2012/62; from memory")
    assert PROVISIONS["reg 10"].source.endswith("SI 2012/62")


def test_a_provision_cannot_be_changed_by_those_who_read_it() -> None:
    with pytest.raises(FrozenInstanceError):
        PROVISIONS["reg 10"].words = "Something else."  # type: ignore[misc]


@pytest.mark.parametrize(
    "keys, text",
    [
        (["para 6", "reg 31"], "paragraph 6, regulation 31"),
        (
            ["para 7", "para 9", "para 10", "reg 15", "reg 27", "reg 28"],
            "paragraphs 7, 9 and 10, regulations 15, 27 and 28",
        ),
        (["para 10", "para 9"], "paragraphs 9 and 10"),
        (["reg 15", "para 7", "reg 9", "reg 15"], "regulations 9 and 15, paragraph 7"),
        (["reg 15(3)(b)", "reg 15", "reg 15(2)(a)"], "regulations 15, 15(2)(a) and 15(3)(b)"),
        (["Sch 8 para 4(6)"], "Schedule 8, paragraph 4(6)"),
        (["Sch 8 para 5", "Sch 8 para 4"], "Schedule 8, paragraphs 4 and 5"),
        (["Sch 1 para 10", "Sch 8 para 4(6)"], "Schedule 1, paragraph 10, Schedule 8, paragraph 4(6)"),
        (["s 31(3)"], "section 31(3) of the 2011 Act"),
        (["2012/2271 reg 3", "2012/2271 reg 4"], "regulations 3 and 4 of SI 2012/2271"),
        (["2012/2734 regs 3-6"], "regulations 3-6 of SI 2012/2734"),
        (["2012/2271 Part 3"], "Part 3 of SI 2012/2271"),
        (["LGA 1972 s 100B"], "section 100B of the Local Government Act 1972"),
        (
            ["LGA 1972 Sch 12A para 2", "LGA 1972 Sch 12A para 1"],
            "Local Government Act 1972, Schedule 12A, paragraphs 1 and 2",
        ),
        (["SI 2023/649 para 24(b)"], "paragraph 24(b) of SI 2023/649"),
        (["G hearings"], "guidance on hearings"),
        ([], ""),
    ],
)
def test_cited(keys: list[str], text: str) -> None:
    assert cite(*keys) == text


def test_cited_at_the_start_of_a_sentence() -> None:
    assert cite("para 6", "reg 31", capital=True) == "Paragraph 6, regulation 31"
    assert cite(capital=True) == ""


@pytest.mark.parametrize("found", PROVISIONS.values(), ids=list(PROVISIONS))
def test_the_short_form_is_what_cite_gives(found: Provision) -> None:
    assert cite(found.key) == found.short


@pytest.mark.parametrize("unknown", ["para 18", "reg 99", "Sch 9 para 1", "nonsense", ""])
def test_an_unknown_key_is_named(unknown: str) -> None:
    for ask in (cite, words, provisions.provision):
        with pytest.raises(KeyError, match=re.escape(repr(unknown))):
            ask(unknown)


def test_words_keep_the_order_asked_for() -> None:
    assert [found.key for found in words("reg 31", "para 6")] == ["reg 31", "para 6"]


# The grounds of regulation 15(3)


def test_the_six_grounds_stand_under_their_sub_paragraphs() -> None:
    assert [found.key for found in GROUNDS] == list("abcdef")
    assert [found.provision for found in GROUNDS] == [f"reg 15(3)({letter})" for letter in "abcdef"]
    assert words(*(found.provision for found in GROUNDS))


@pytest.mark.parametrize("found", GROUNDS, ids=lambda found: found.key)
def test_each_ground_has_a_label_without_a_stop_and_a_test_in_sentences(found: provisions.Ground) -> None:
    assert not found.short.endswith(".")
    assert len(found.short) <= 60
    assert found.test.endswith(".")


def test_a_ground_is_found_by_its_letter_and_no_other() -> None:
    assert ground("f").short == "Repetitious"
    with pytest.raises(KeyError, match="no ground 'g'"):
        ground("g")
