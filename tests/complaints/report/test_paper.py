"""What the paper says of the Panel: made from its own dated settings, or replaced by its own text; and how it is laid out."""

from dataclasses import replace
from datetime import date

import pytest

from complaints.report.document import (
    LINE_CHARACTERS,
    Heading,
    Numbered,
    Plain,
    Table,
    as_text,
    document,
    paragraphs,
)
from complaints.report.figures import annual_report
from complaints.report.names_check import READ_FOR_NAMES, find_names, not_said_to_be_others
from complaints.report.paper_tables import figures_table
from complaints.report.texts import default_texts
from panel.files.marked import marked_words, without_marks
from panel.law import clock
from panel.law.no_break import kept_together
from panel.law.number_words import at_start, spelled
from panel.models import PanelSettings
from panel.record.act import sealed_act
from tests import build
from tests.panel.pages.page import Browser
from tests.steps import at, close, heard, take

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 4, 1), date(2027, 3, 31)


def make():
    """A panel with a few complaints."""
    world = build.make_world()
    for state in ("received", "recorded", "withdrawn", "redirected", "not_recorded", "with_iopc"):
        at(world, state)
    close(world, take(world, heard(world, at(world, "informal_resolution")), "record_outcome"))
    return world


def settings(world, day=date(2026, 10, 1), **changed):
    """Settings from a day on, which begin as those before."""
    with sealed_act(world.panel, by=None, name="change_settings", why="They decided so."):
        row = world.panel.settings_from(day)
        for name, value in changed.items():
            setattr(row, name, value)
        row.save()
    assert PanelSettings.objects.filter(panel=world.panel, from_date=day).exists()


def paper(world, first=FIRST, last=LAST, as_at=None):
    report = annual_report(world.panel, first, last, as_at, previous=True)
    return document(report, default_texts(report))


def under(found, heading) -> list[str]:
    """The paragraphs under a heading."""
    words, here = [], False
    for block in found.blocks:
        if isinstance(block, Heading) and block.level == 1:
            here = block.words == heading
        elif here and isinstance(block, Numbered | Plain):
            words.append(block.words)
    return words


def headings(found) -> list[str]:
    return [b.words for b in found.blocks if isinstance(b, Heading) and b.level == 1]


# Background, appendix, contact, papers


def test_the_background_is_made_from_the_panels_own_settings(world):
    settings(
        world, procedure_approved="May 2024", chairman_word="Chair", sub_panel_word="informal group",
        commissioner_word="Mayor", complaints_address="the Clerk,\nCounty Hall", complaints_email="pcp@exshire.example",
    )  # fmt: skip
    said = under(paper(world), "Background")
    assert said[0] == (
        "The Panel deals with complaints about the conduct of the Mayor and the Deputy under the Elected Local Policing "
        "Bodies (Complaints and Misconduct) Regulations 2012. It resolves them informally. It does not investigate, and can "
        "neither make findings nor impose sanctions. Complaints are sent to the Clerk, County Hall, or by "
        "email to pcp@exshire.example."
    )
    assert said[2] == (
        "Under the procedure that the Panel approved in May 2024 the Chair considers each recorded complaint first, having "
        "consulted the Monitoring Officer of Exshire County Council. The Chair can refer it to an informal group of three "
        "members or to the Panel."
    )


def test_the_panels_own_background_and_procedure_replace_what_is_made(world):
    settings(
        world, report_background="We do it our way.\n\nAnd well.", procedure_approved="May 2024",
        procedure_text="Complaints procedure\n\n1. Write to us.\n\n2. We read it.\n\nWho decides\n\n3. The Chair does.",
    )  # fmt: skip
    found = paper(world)
    assert under(found, "Background") == ["We do it our way.", "And well."]
    assert under(found, "Supporting information")[0] == "Appendix 1: Complaints procedure, May 2024"
    assert under(found, "Appendix 1: Complaints procedure, May 2024") == [
        "Write to us.", "We read it.", "The Chair does.",
    ]  # fmt: skip
    own = [b for b in found.blocks if isinstance(b, Numbered) and b.appendix and "Chair does" in b.words]
    assert [b.number for b in own] == [3]
    assert [b.words for b in found.blocks if isinstance(b, Heading) and b.level == 2] == [
        "Complaints procedure", "Who decides",
    ]  # fmt: skip


def test_a_procedure_that_was_pasted_keeps_its_lists(world):
    """Lines with a number, a letter or a bullet are paragraphs, though no empty line stands between them."""
    settings(
        world,
        procedure_text="Introduction\n\n1. This is for\nconduct.\r\n2. It is not for policies:\n(a) of the force;\n- of others.\n3. Who decides",
    )
    found = paper(world).blocks
    at = next(n for n, b in enumerate(found) if isinstance(b, Heading) and b.appendix)
    assert [(type(b).__name__, b.words) for b in found[at + 1 :]][:6] == [
        ("Heading", "Introduction"), ("Numbered", "This is for conduct."), ("Numbered", "It is not for policies:"),
        ("Plain", "(a) of the force;"), ("Plain", "- of others."), ("Numbered", "Who decides"),
    ]  # fmt: skip


def test_a_procedure_that_stands_apart_is_named_and_not_printed(world):
    settings(world, procedure_apart=True, procedure_text="Ours.", procedure_approved="May 2024")
    found = paper(world)
    assert under(found, "Supporting information")[0] == "Appendix 1: Complaints procedure, May 2024"
    assert not [words for words in headings(found) if words.startswith("Appendix 1")]


def test_the_summary_has_the_panels_own_words_and_times(world):
    settings(world, chairman_word="Chair", sub_panel_word="sub-committee", acknowledge_days=7, conclude_weeks=None)
    said = " ".join(under(paper(world), "Appendix 1: how the Panel deals with complaints, in summary"))
    assert "acknowledged within 7 working days" in said
    assert "a sub-committee of three members" in said
    assert "The aim is" not in said
    assert "Chairman" not in said
    assert "sub-panel" not in said


def test_contact_and_papers_come_from_the_settings(world):
    settings(
        world, contact_name="Priya Nair, Exshire", contact_telephone="01632 960 148", contact_email="panel@exshire.example",
        proper_officer="the Head of Legal",
    )  # fmt: skip
    found = paper(world)
    assert under(found, "Contact point for this report") == [
        "Priya Nair, Exshire. Telephone 01632 960 148, e-mail panel@exshire.example"
    ]
    assert under(found, "Background papers") == [
        "In the opinion of the proper officer (the Head of Legal) there are no background papers relating to the subject "
        "matter of this report."
    ]


def test_settings_entered_later_change_no_paper_made_as_at_a_day_before(world):
    as_at = date(2026, 11, 18)
    then = paper(world, as_at=as_at)
    with clock.set_to(clock.datetime(2027, 11, 18, 12, tzinfo=clock.LONDON)):
        settings(world, report_background="Something else.", chairman_word="Chair", contact_name="Nobody")
        assert paper(world, as_at=as_at) == then


def test_a_nil_year_is_the_published_one(world):
    settings(world, procedure_approved="December 2013", procedure_apart=True)
    found = paper(world, date(2021, 4, 1), date(2022, 3, 31))
    assert headings(found) == [
        "Recommendation", "What happened", "Background", "Supporting information", "Contact point for this report",
        "Background papers",
    ]  # fmt: skip
    assert not [b for b in found.blocks if isinstance(b, Table) or (isinstance(b, Heading) and b.new_page)]
    assert [b.number for b in found.blocks if isinstance(b, Numbered)] == [1, 2, 3, 4, 5, 6, 7]
    assert under(found, "What happened") == [
        "From 1 April 2021 to 31 March 2022 **no complaints were recorded** about the conduct of the Police and Crime "
        "Commissioner for Exshire or the Deputy. **None was received and not recorded.**"
    ]


# What happened, and the tables


def test_what_happened_is_said_in_plain_sentences(world):
    said = under(paper(world), "What happened")
    assert said[0].startswith("From 1 April 2026 to 18 November 2026 the Panel received **seven complaints** about")
    assert said[1] == (
        "**Three were recorded.** One was not, because there was nothing for the Panel to deal with. One was for somebody "
        "else and sent on, one was withdrawn before that was decided, and one was still to be decided."
    )
    assert said[2].startswith("**One was referred to the Independent Office for Police Conduct (IOPC).**")
    assert said[3].startswith("**Four complaints ended**: ")


def test_every_block_of_the_table_adds_up(world):
    report = annual_report(world.panel, FIRST, LAST)
    lines = figures_table(report)
    totals = {line.label: int(line.cells[0]) for line in lines if line.kind == "total"}
    parts: dict[str, int] = {}
    block = ""
    for line in lines:
        if line.kind == "total":
            block = line.label
        elif not line.label.startswith("of which"):
            parts[block] = parts.get(block, 0) + int(line.cells[0])
    assert parts == {name: totals[name] for name in ("Received", "Ended")}
    assert totals["In hand at the beginning"] + totals["Received"] - totals["Ended"] == totals["In hand at the end"]


def test_nil_lines_are_left_out_unless_the_setting_keeps_them(world):
    report = annual_report(world.panel, FIRST, LAST)
    labels = [line.label for line in figures_table(report)]
    assert "Reopened" not in labels
    assert "not recorded" in labels
    settings(world, nil_rows=True)
    kept = [line.label for line in figures_table(report)]
    assert "Reopened" in kept
    assert set(labels) < set(kept)


def test_page_two_begins_behind_the_table(world):
    found = paper(world)
    begins = [b.words for b in found.blocks if isinstance(b, Heading) and b.new_page]
    assert begins[0] == "In time"


# Words


@pytest.mark.parametrize(
    "number, within, first",
    [(0, "no", "None"), (1, "one", "One"), (9, "nine", "Nine"), (10, "10", "Ten"), (13, "13", "Thirteen"),
     (21, "21", "Twenty-one"), (99, "99", "Ninety-nine"), (1200, "1,200", "1,200")],
)  # fmt: skip
def test_numbers_in_sentences(number, within, first):
    assert (spelled(number), at_start(number)) == (within, first)


@pytest.mark.parametrize(
    "words",
    ["9 November", "Cllr Holt", "paragraph 9", "10 days", "10 working days", "11.00 am", "01632 960 148", "item 8",
     "regulation 15", "Appendix 1"],
)  # fmt: skip
def test_no_line_parts_what_belongs_together(words):
    assert kept_together(f"So {words} it is.") == f"So {words.replace(' ', chr(0xA0))} it is."


def test_bold_is_what_stands_between_two_stars():
    text = "**Two** came, 2 ** 3 and **one"
    assert marked_words(text) == [("Two", True), (" came, 2 ** 3 and **one", False)]
    assert without_marks(text) == "Two came, 2 ** 3 and **one"


def test_paragraphs_are_parted_by_an_empty_line():
    assert paragraphs("One\ntwo\r\n\r\nthree\n \n\n four ") == ["One two", "three", "four"]


def test_every_place_of_a_name_is_found(world):
    found = find_names(world.panel, {"shows": "A.\n\nGillian Thorpe.", "cases": "Thorpe, Gillian; Gillian Thorpe’s."})
    assert [(f.field, f.paragraph, f.words) for f in found] == [
        ("shows", 2, "Gillian Thorpe"), ("cases", 1, "Thorpe, Gillian"), ("cases", 1, "Gillian Thorpe"),
    ]  # fmt: skip
    assert find_names(world.panel, {"shows": "Thorpe Hall and Gillian."}) == []


def test_a_surname_alone_is_found_where_it_stands_for_somebody(world):
    text = (
        "Mrs Thorpe wrote. THORPE’S letter of 3 May 2026, and Ms thorpe again.\n\nCllr Thorpe moved to Thorpe Road, in a"
        " thorpe."
    )
    found = find_names(world.panel, {"shows": text})
    assert [(f.paragraph, f.words) for f in found] == [(1, "Thorpe"), (1, "THORPE"), (1, "thorpe"), (2, "Thorpe")]
    assert [f.words for f in not_said_to_be_others(found, "Thorpe")] == []
    assert find_names(world.panel, default_words(world)) == []


def test_a_surname_that_the_paper_has_by_right_is_nobody_who_complained(world):
    """A complainant called as a member, as the Commissioner, or as a month."""
    holder, member = world.panel.office_holders.first(), world.panel.members.first()
    for name in (holder.name.split()[-1], member.name.split()[-1], "May", "Citizens Advice"):
        at(world, "received", name=f"Zebulon {name}")
    last = member.name.split()[-1]
    texts = default_words(world) | {
        "shows": f"{holder.name} met Cllr {last} on 3 May 2026, in May 2026, with {member.name}; {holder.short_name}’s advice."
    }
    assert find_names(world.panel, texts) == []
    assert [f.words for f in find_names(world.panel, {"shows": "Mr May wrote."})] == ["May"]


def default_words(world) -> dict[str, str]:
    """The texts as they come of themselves, that are read for names."""
    said = default_texts(annual_report(world.panel, FIRST, LAST, previous=True))
    return {name: getattr(said, name) for name in READ_FOR_NAMES}


def happened(world, first, last, **when) -> list[str]:
    return under(paper(world, first, last, **when), "What happened")


def test_which_time_stands_beside_is_said(world):
    """A year that lasts is compared with a whole one, a half-year with the same months, a day with a day; nothing with
    nothing is not compared."""
    today = date(2026, 11, 18)
    with clock.set_to(clock.datetime(2027, 11, 18, 12, tzinfo=clock.LONDON)):
        build.log(world, on=date(2027, 10, 27))
        assert ", against seven the year before." not in happened(world, FIRST, LAST)[0]  # that is this year's
        assert (
            ", against seven in the whole of the year before."
            in happened(world, date(2027, 4, 1), date(2028, 3, 31))[0]
        )
        assert (
            ", against seven in the same period a year before."
            in happened(world, date(2027, 10, 1), date(2027, 11, 17))[0]
        )
        assert happened(world, date(2027, 10, 27), date(2027, 10, 27))[0].startswith(
            "On 27 October 2027 the Panel received"
        )
        assert (
            ", against seven on the same day a year before."
            in happened(world, date(2027, 10, 27), date(2027, 10, 27))[0]
        )
    assert ", against none the year before." in happened(world, FIRST, LAST)[0]
    found = paper(world, today, today)
    assert found.title == "Complaints 18 November 2026: report"
    assert found.period == "18 November 2026, as the record stands on 18 November 2026"
    rows = [b for b in found.blocks if isinstance(b, Table)][0].rows
    assert [r.label for r in rows if r.label.startswith("In hand")] == [
        "In hand at the beginning",
        "In hand at the end",
    ]


def test_what_the_iopc_had_is_said_of_the_last_day_and_not_of_today(world):
    assert "One was still with it or a court at the end." in happened(world, FIRST, LAST)[2]


def test_a_long_head_stands_on_several_lines_of_plain_text(world):
    text = as_text(paper(world, date(2026, 10, 1), date(2026, 11, 17)))
    assert max(map(len, text.splitlines())) <= LINE_CHARACTERS + 4  # the line above all says the days of the period
    head = next(n for n, line in enumerate(text.splitlines()) if line.startswith("Complaints, each counted once"))
    rows = text.splitlines()[head + 1 : head + 8]
    assert len({len(row) for row in rows if row.rstrip()[-1:].isdigit()}) == 1, rows


def test_a_page_one_that_is_full_goes_over_by_itself(world):
    """Page two begins a page behind the table, but where that would leave a page half empty."""
    report = annual_report(world.panel, FIRST, LAST)
    said = default_texts(report)

    def breaks(texts):
        found = document(report, texts).blocks
        return next(b.new_page for b in found if isinstance(b, Heading) and b.words == "In time")

    assert breaks(said)
    assert not breaks(
        replace(said, shows="\n\n".join([said.shows, *["A sentence that an officer has added. " * 3] * 8]))
    )


def test_the_closed_complaints_are_appendix_1_where_no_other_is_spoken_of(world):
    page = Browser(world.officer).get("/exshire/complaints/report/?year=2026-27&new=1")
    texts = {"background": "Ours.", "contact": "The Clerk", "cases": "One was resolved.", "appendix": ""}
    page = page.submit("Check the paper", supporting="None.", **texts)
    assert "Supporting information Appendix 1: complaints that were closed Contact point" in page.text
    assert "Appendix 2" not in page.text
    page = page.follow("Change the text").submit("Check the paper", supporting="Appendix 1: our procedure", **texts)
    assert "Appendix 1: our procedure Appendix 2: complaints that were closed Contact point" in page.text
