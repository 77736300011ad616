"""No and not asked are two things wherever an answer is shown: on the timeline, in the history, in its CSV, in the package
of the case and in what is held on a person. Of an entry made before every No was kept, it reads "Not kept then"."""

import io
import zipfile

import pytest
from django.db import connection

from panel.casework.case_context import CaseContext
from panel.models import Entry
from panel.pages.timeline import answers_of
from tests.panel.pages.cases import case_url, step_url
from tests.panel.pages.page import Browser
from tests.steps import ON, at, fresh, last, take

pytestmark = pytest.mark.django_db
PREJUDICE = "Office holder to be told No, it might prejudice an investigation"
OFFENCE = "An offence may have been committed, in the IOPC’s view"


def package(world, case) -> str:
    """The steps in the package of the whole case."""
    answer = Browser(world.officer).client.get(case_url(case, "package.zip"))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as packed:
        return packed.read("steps.csv").decode()


def shown(world, case) -> dict[str, str]:
    """What each place says of the case's answers."""
    mo = Browser(world.mo)
    return {
        "timeline": mo.get(case_url(case, "timeline/")).text,
        "history": mo.get(case_url(case, "history/")).text,
        "csv": mo.client.get(case_url(case, "history/?format=csv")).content.decode(),
        "package": package(world, case),
    }


def not_told(world):
    """A case on whose page it was answered that the office holder is not to be told of the referral."""
    case = take(world, at(world, "recorded"), "identify_serious")
    page = Browser(world.officer).get(step_url(case, "refer_to_iopc"))
    page.submit("Record the referral", sent="The complaint", tell_office_holder="no", on=ON)
    return fresh(case)


def as_before(entry):
    """The entry as an older release would have made it: only what was not No. It goes past the triggers."""
    entry.answers = {k: v for k, v in entry.answers.items() if v not in (False, [])}
    with connection.cursor() as cursor:
        name = "law_panel_entry_update"
        if connection.vendor == "sqlite":
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
        else:
            cursor.execute(f'DROP FUNCTION IF EXISTS "{name}"() CASCADE')
    Entry.objects.filter(pk=entry.pk).update(answers=entry.answers, keeps_no=False)


def test_that_the_office_holder_is_not_to_be_told_is_shown_everywhere(world):
    case = not_told(world)
    assert last(case).answers["tell_office_holder"] is False
    for place, text in shown(world, case).items():
        assert PREJUDICE in text.replace(":", ""), place


def test_an_older_entry_says_that_the_answer_was_not_kept(world):
    case = not_told(world)
    as_before(last(case))
    for place, text in shown(world, case).items():
        assert "Office holder to be told Not kept then" in text.replace(":", ""), place


@pytest.mark.parametrize(
    "given, kept, then",
    [
        ({"ended": "report", "offence": "no", "follows": "closed"}, "No", "Not kept then"),
        ({"ended": "report", "offence": "yes", "follows": "closed"}, "Yes", "Yes"),
        ({"ended": "ceased", "offence": None, "follows": None}, None, None),
    ],
)
def test_what_was_not_asked_is_no_answer_now_or_then(world, given, kept, then):
    case = take(world, at(world, "with_iopc"), "iopc_concludes", **given)

    def said():
        return {r["label"]: r["value"] for r in answers_of(CaseContext(fresh(case), world.mo), last(case))}.get(OFFENCE)

    assert said() == kept
    as_before(last(case))
    assert said() == then


def test_that_no_ground_fits_is_an_answer(world):
    case = take(world, at(world, "recorded"), "advise", fits=[])
    assert last(case).answers["fits"] == []
    rows = {r["label"]: r["value"] for r in answers_of(CaseContext(case, world.mo), last(case))}
    assert rows["Which grounds of regulation 15(3) fit"] == "None"


def test_a_box_that_another_answer_hides_is_neither_kept_nor_shown(world):
    case = at(world, "outcome_recorded")
    page = Browser(world.chairman).get(step_url(case, "decide_publication"))
    page = page.submit("Continue", publish="no", why="It interests nobody.", on=ON)
    page.submit("Confirm decision")
    assert last(case).answers == {"publish": "no"}


def test_the_check_page_repeats_a_no(world):
    chairman = Browser(world.chairman)
    page = chairman.get(step_url(at(world, "recorded"), "filter"))
    check = page.submit("Continue", route="informal_resolution", why="Settle it.", no_advice_why="He is away.", on=ON)
    assert "Second part: which grounds of regulation 15(3) fit" not in check.rows()  # hidden: not asked


def test_whether_it_could_be_an_offence_is_said_in_words(world):
    case = take(world, at(world, "received"), "record", offence="unsure")
    assert "Could be a criminal offence Not sure" in Browser(world.mo).get(case_url(case, "timeline/")).text
