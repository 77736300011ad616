"""Every step that a case offers to somebody, through its own page: opened, answered, sent and rolled back.

told = walk_offered(world.officer, case, lambda key: answers(world, case, key, world.officer))

An answer may be refused, with a reason beside its question. Nothing may break: a crash is raised by the test client.
"""

from datetime import date

from django.db import transaction

from panel.casework.case_context import CaseContext
from panel.casework.offers import offers
from panel.pages.words import step_url
from tests.build import pdf
from tests.panel.pages.page import Browser, flat


def walk_offered(person, case, answers_of, on: date | None = None) -> dict[str, int]:
    """{step: status of the page that answered}: 200 where the step was taken, 422 where an answer was refused."""
    look, told = CaseContext(case, person), {}
    for offer in offers(look):
        step = offer.step
        if offer.refusal is not None:
            continue
        browser = Browser(person)
        url = step_url(case, look.register, step.key)
        page = browser.get(url)
        assert page.status == 200, (step.key, page.status)
        data = {name: value for name, value in page.values().items() if value not in ("", [])}
        data |= {name: "room" for name in page.offered() if name.startswith("seat_")}
        given = answers_of(step.key)
        data |= flat({"on": on, **given} if on else given)
        data["confirmed"] = "yes"
        if step.key in ("withdraw", "add_documents"):
            data["documents"] = [pdf()]
        with transaction.atomic():
            told[step.key] = browser.send(url, data).status
            transaction.set_rollback(True)
        assert told[step.key] in (200, 422), (step.key, told[step.key])
    return told
