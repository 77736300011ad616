"""`chain_head --as-set`: the heads go where the installation says, each hour, and mail at most once a day."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from panel.law import clock
from panel.law.clock import LONDON
from panel.models import Message, Opening
from panel.record.heads import heads, heads_in_file
from tests import build
from tests.steps import at

pytestmark = pytest.mark.django_db


def run(**given):
    out = StringIO()
    call_command("chain_head", stdout=out, **given)
    return out.getvalue()


def test_heads_go_wherever_the_setting_says(settings, tmp_path, monkeypatch):
    world = build.make_world()
    case = at(world, "received")
    Opening.objects.create(
        panel=world.panel, case=case, by=world.mo, kind="case", page="case", at=case.entries.first().entered_at
    )
    said = []
    monkeypatch.setattr("syslog.syslog", lambda level, line: said.append(line))
    file = tmp_path / "heads.txt"
    settings.HEADS_TO = ["syslog", f"file:{file}", "mail"]
    run(as_set=True)
    assert not Opening.objects.filter(link=None).exists()
    mails = Message.objects.count()
    assert mails == 1
    first = heads_in_file(file.read_bytes())
    assert [h.chain for h in first] == ["exshire", "installation"]
    run(as_set=True)
    assert Message.objects.count() == mails  # once a day
    assert len(heads_in_file(file.read_bytes())) == 2 * len(heads())
    assert said[-1].startswith("panel-casework head installation ")
    settings.HEADS_TO = []
    run(as_set=True)
    assert len(heads_in_file(file.read_bytes())) == 2 * len(heads())


def test_by_the_day_and_by_the_week_beside_each_other_nobody_is_written_to_twice(settings):
    world = build.make_world()
    settings.HEADS_TO = ["mail"]
    other = build.make_world("wyshire", "WY", "Wyshire")
    monday = datetime(2026, 11, 30, 6, 30, tzinfo=LONDON)

    def mailed(later, **how):
        """Whose panels were written to so many hours after Monday half past six."""
        before = set(Message.objects.values_list("pk", flat=True))
        with clock.set_to(monday + timedelta(hours=later)):
            run(**how)
        return [m.given["panel"] for m in Message.objects.exclude(pk__in=before).order_by("pk")]

    assert mailed(0, panel="exshire", weekly=True) == ["exshire"]
    assert mailed(0.5, as_set=True) == ["wyshire"]  # one panel's mail is not the other's
    assert mailed(1, weekly=True) == mailed(2, as_set=True) == []
    assert mailed(18, as_set=True) == ["exshire", "wyshire"]  # half past midnight: the next day
    assert mailed(25, as_set=True) == mailed(26, weekly=True) == []
    assert mailed(26, mail=True) == ["exshire", "wyshire"]  # asked for by hand
    assert other.panel.pk != world.panel.pk


def test_a_file_that_cannot_be_written_is_said(tmp_path):
    build.make_world()
    with pytest.raises(CommandError, match="not written"):
        run(file=str(tmp_path / "nowhere" / "heads.txt"))
