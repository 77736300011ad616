"""Who opened what: every page that shows a case or a report writes one row, and nothing else does."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from complaints.public_models import PublicVersion
from panel.casework.case_context import CaseContext
from panel.documents import store
from panel.law import clock
from panel.letters import drafts
from panel.letters.context import others, to_write
from panel.letters.left_out import decide
from panel.letters.page import write_url
from panel.letters.send import send, to_confirm
from panel.models import Bundle, Case, Document, Link, Opening
from panel.procedure.register import REGISTERS
from panel.record import act
from panel.record.act import seal, seal_openings, sealed_act
from panel.record.verify import verify
from tests import build
from tests.hearings import build as hearings
from tests.meetings import build as meetings
from tests.steps import RECEIVED, at, fresh, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    """Exshire, without a complaint."""
    return build.make_world()


@pytest.fixture
def case(world):
    """A complaint before a sub-panel, with a document."""
    return take(world, at(world, "sub_panel"), "add_documents")


def url(case, name="case", *more):
    """The address of a case's page."""
    return reverse(f"panel:{name}", args=[case.panel.slug, case.register.slug, case.reference, *more])


def asked(client, who, address, **how):
    """What was written when that person opened the address."""
    client.force_login(who)
    before = set(Opening.objects.values_list("pk", flat=True))
    answer = client.get(address, **how)
    b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer, list(Opening.objects.exclude(pk__in=before).order_by("pk"))


# What is written


def test_a_page_of_a_case_writes_who_when_what_and_from_where(client, world, case):
    before = datetime.now(UTC)
    answer, (row,) = asked(
        client, world.chairman, url(case), headers={"referer": "http://testserver/exshire/complaints/"}
    )
    assert answer.status_code == 200
    assert (row.panel, row.case_id, row.by, row.kind, row.page) == (
        world.panel,
        case.pk,
        world.chairman,
        "case",
        "case",
    )
    assert (row.came_from, row.what, row.asked, row.link) == ("cases", "", "", None)
    assert before <= row.at <= datetime.now(UTC)
    assert row.at.utcoffset() == timedelta(0)


@pytest.mark.parametrize("referer, says", [
    ("http://elsewhere.example/exshire/complaints/", ""), ("http://testserver/no such page \x00/%%%", ""),
    ("http://testserver/exshire/complaints/?q=Gillian+Thorpe", "cases"), ("http://[bad", ""),
    ("http://testserver/exshire/complaints/EX-C-2026-0001/gillian-thorpe/", "step"),
])  # fmt: skip
def test_where_somebody_came_from_is_the_name_of_our_own_page_or_nothing(client, world, case, referer, says):
    _, (row,) = asked(client, world.officer, url(case), HTTP_REFERER=referer)
    assert row.came_from == says


def of_a_case(resolver=None, inside=False):
    """The name of every address that has a case's reference in it."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = inside or "reference" in str(entry.pattern)
        if isinstance(entry, URLPattern):
            if here:
                yield entry.name
        else:
            yield from of_a_case(entry, here)


def bundle_of(case, by):
    """A bundle of the case that is ready, whatever is in it."""
    row = Bundle(
        case=Case.objects.get(pk=case.pk), audience="iopc", by=by, asked_at=timezone.now(), name="x.zip", state="ready"
    )
    store.write(row, ContentFile(b"PK"), [])
    with sealed_act(case.panel, by=by, name="make_bundle"):
        row.save()
    return row


def letters_of(world, case):
    """The addresses of a letter that went, and of one with an anonymised copy that is being written."""
    about = next(iter(others(CaseContext(case, world.officer))))
    draft = drafts.keep(
        about,
        drafts.drafted(about),
        by=world.officer,
        seen=0,
        to_name="x",
        address="x",
        text="Dear x\n\nWe thank you for writing to us.",
    )
    sent = send(about, draft, by=world.officer, how="post", on=clock.today(), seen=draft.version)
    hidden = {"copy": "anonymised", "who_hidden": "complainant", "copy_ground": "public_interest", "why": "x"}
    copied = take(world, at(world, "recorded"), "decide_copies", by=world.mo, **hidden)
    find = (one for one in to_write(CaseContext(copied, world.mo)) if one.kind.key == "copy_of_complaint")
    about = next(one for one in find if one.values.hides)
    decide(copied, world.mo, {asked.words: False for asked in to_confirm(about)})
    drafts.keep(
        about,
        drafts.drafted(about),
        by=world.officer,
        seen=0,
        text="Dear Mr Ashcombe\n\nA copy of the complaint is enclosed.",
    )
    more = {"letter-draft-file": ["docx"], "letter-copy": [0]}
    names = ("letter-write", "letter-check", "letter-words", "letter-draft-file", "letter-copy")
    return {"letter": url(sent.case, "letter", sent.pk)} | {n: write_url(about, n, *more.get(n, [])) for n in names}


def with_public_version(world):
    """A complaint whose outcome has a confirmed public version."""
    decided = at(world, "outcome_recorded")
    with sealed_act(world.panel, by=world.officer, name="make_public_version"):
        PublicVersion.objects.create(
            case_id=decided.pk,
            original=decided.entries.get(step="record_outcome"),
            by=world.officer,
            text="The complainant was heard.",
            confirmed=True,
        )
    return decided


def test_every_address_with_a_case_in_it_writes_a_row(client, world, case):
    """Made from the addresses: a new page of a case either writes one or fails here."""
    document = Document.objects.get(case=case)
    hearing, meeting = hearings.at(world, "reported", 1), meetings.plan(world)
    more = {"case-tab": (hearing, "report"), "step": (case, "note_contact"), "download": (case, document.key)}
    more |= dict.fromkeys(("preview", "preview-picture"), (case, document.key))
    more |= {"bundle-file": (case, bundle_of(case, world.officer).key, "zip")}
    more |= {"remind": (case, case.duties.filter(closed_by=None).first().pk)}
    with_case, decided = set(of_a_case()), with_public_version(world)
    letters = letters_of(world, fresh(case))
    for name in sorted(with_case - {"letter-for"}):  # which only leads on to the letter
        if name in letters:
            address = letters[name]
        elif name in ("hearing-report", "hearing-report-version", "hearing-letter"):
            args = [1, 1, "docx"] if name == "hearing-report-version" else [1, "docx"]
            address = reverse(f"panel:{name}", args=["exshire", hearing.reference, *args])
        elif name.startswith("hearing-"):
            address = reverse(f"panel:{name}", args=["exshire", hearing.reference])
        elif name in ("public-version", "public-version-file"):
            address = reverse(f"panel:{name}", args=["exshire", decided.reference, *["docx"] * name.endswith("-file")])
        elif name == "meeting-paper":
            address = reverse(f"panel:{name}", args=["exshire", meeting.reference, "agenda"])
        else:
            about, *rest = more.get(name, (case,))
            address = url(about, name, *rest)
        answer, rows = asked(client, world.mo, address)
        assert answer.status_code == 200, address
        assert len(rows) == 1, address
        assert rows[0].case.reference in address
        assert rows[0].page.startswith(name)
    assert {
        "case", "case-parts", "case-timeline", "case-history", "case-seen", "case-package", "case-tab", "documents", "download",
        "step", "hearing-report", "hearing-report-version", "hearing-letter", "hearing-sheet", "hearing-days", "meeting-paper",
        "public-version", "public-version-file",
    } <= with_case  # fmt: skip


@pytest.mark.parametrize("address, kind, page, what, used", [
    ("complaints/download.csv?q=Gillian+Thorpe&show=all&sort=title&nonsense=Gillian", "export", "cases-file csv", "complaints",
     "q show sort"),
    ("complaints/download.xlsx", "export", "cases-file xlsx", "complaints", ""),
    ("complaints/report/?year=2026-27", "report", "report", "2026-27", ""),
    ("complaints/report/draft.csv?year=2026-27", "report", "report-draft-file csv", "2026-27", ""),
    ("complaints/report/issue/?year=2026-27", "report", "report-issue", "2026-27", ""),
])  # fmt: skip
def test_lists_as_files_and_reports_are_written_without_what_was_typed(
    client, world, case, address, kind, page, what, used
):
    answer, rows = asked(client, world.officer, f"/exshire/{address}")
    (row,) = rows
    assert (row.kind, row.page, row.what, row.asked, row.case) == (kind, page, what, used, None)
    assert "Gillian" not in str(Opening.objects.values().get(pk=row.pk))


def test_a_history_as_a_file_is_written_as_one(client, world, case):
    _, (row,) = asked(client, world.officer, f"{url(case, 'case-history')}?format=csv")
    assert (row.kind, row.page, row.what) == ("export", "case-history", "csv")


def test_an_issued_report_is_written_with_its_number(client, world, case):
    from complaints.report.figures import annual_report
    from complaints.report.forms import text_row
    from complaints.report.issue import issue

    first, last = clock.year_bounds(clock.municipal_year(clock.today()))
    found = annual_report(world.panel, first, last)
    row = issue(text_row(world.panel, found), found, by=world.officer)
    for name, more in (("report-issued", ()), ("report-issued-file", ("docx",))):
        _, (opened,) = asked(client, world.member, reverse(f"panel:{name}", args=["exshire", row.pk, *more]))
        assert (opened.kind, opened.what) == ("report", str(row.pk))


def test_a_document_is_written_with_its_number_and_a_refused_one_not_at_all(client, world, case):
    document = Document.objects.get(case=case)
    address = url(case, "download", document.key)
    _, (row,) = asked(client, world.officer, address)
    assert (row.kind, row.what) == ("document", str(document.pk))
    tabled = take(world, at(world, "full_panel"), "add_documents")
    kept = Document.objects.get(case=tabled)
    answer, rows = asked(client, world.member, url(tabled, "download", kept.key))
    assert (answer.status_code, rows) == (404, [])


def test_what_is_not_shown_is_not_written(client, world, case):
    other = build.make_world("wessex", "WX", "Wessex")
    for who, address, status in (
        (other.officer, url(case), 404), (world.admin, url(case), 403), (world.officer, f"{url(case)}nonsense/", 404),
        (world.officer, "/exshire/", 200), (world.officer, "/exshire/complaints/?show=open", 200),
        (world.officer, "/exshire/people/", 200), (world.mo, "/exshire/history/openings/", 200), (world.chairman, url(case, "case-seen"), 403),
    ):  # fmt: skip
        answer, rows = asked(client, who, address)
        assert (answer.status_code, rows) == (status, []), address
    client.logout()
    assert client.get(url(case)).status_code == 302
    client.force_login(world.officer)
    client.head(url(case))
    assert not Opening.objects.exists()


def test_a_step_taken_writes_none_but_its_pages_do(client, world, case):
    client.force_login(world.officer)
    step = url(case, "step", "note_contact")
    given = {
        "seen": case.version,
        "kind": "note",
        "note": "A call",
        "on": clock.today().isoformat(),
        "classification": "restricted",
    }
    assert client.post(step, given).status_code == 302
    assert not Opening.objects.exists()
    assert client.post(step, {**given, "note": "", "seen": case.version + 1}).status_code == 422
    assert client.post(step, {**given, "note": "Another call"}).status_code == 409
    assert list(Opening.objects.order_by("pk").values_list("page", flat=True)) == ["step note_contact"] * 2


def test_a_page_that_could_not_be_written_down_is_not_shown(client, world, case, monkeypatch):
    def fails(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(Opening.objects, "create", fails)
    client.force_login(world.officer)
    client.raise_request_exception = False
    answer = client.get(url(case))
    assert answer.status_code == 503
    assert case.title not in answer.content.decode()


@pytest.mark.postgres
def test_it_costs_one_query_and_locks_no_chain(client, world, case):
    client.force_login(world.officer)
    client.get(url(case))
    with CaptureQueriesContext(connection) as queries:
        client.get(url(case))
    about = [q["sql"] for q in queries if "panel_opening" in q["sql"] or "panel_chain" in q["sql"]]
    assert len(about) == 1
    assert about[0].startswith("INSERT")


# The proof


def test_the_next_act_of_the_panel_seals_it_and_no_other_panels(client, world, case):
    other = build.make_world("wessex", "WX", "Wessex")
    for _ in range(3):
        asked(client, world.officer, url(case))
    build.log(other, on=RECEIVED)
    assert Opening.objects.filter(link=None).count() == 3
    build.log(world, on=RECEIVED)
    link = Link.objects.filter(chain__panel=world.panel).order_by("-seq").first()
    assert set(Opening.objects.values_list("link", flat=True)) == {link.pk}
    part = link.rows["panel.Opening"]
    assert len(part["digests"]) == 3
    assert "link_id" not in part["fields"]
    assert list(verify()) == []
    build.log(world, on=RECEIVED)
    assert "panel.Opening" not in Link.objects.filter(chain__panel=world.panel).order_by("-seq").first().rows


def test_many_are_sealed_by_several_acts(client, world, case, monkeypatch):
    monkeypatch.setattr(act, "OPENINGS_SEALED_AT_ONCE", 4)
    for _ in range(10):
        asked(client, world.officer, url(case))
    build.log(world, on=RECEIVED)
    assert Opening.objects.filter(link=None).count() == 6
    assert seal_openings(world.panel) == 6
    assert seal_openings(world.panel) == 0
    assert not Opening.objects.filter(link=None).exists()
    assert list(verify()) == []


def test_an_act_that_fails_leaves_them_waiting(client, world, case):
    asked(client, world.officer, url(case))

    def fails():
        with transaction.atomic(), sealed_act(world.panel, by=None, name="x") as act:
            act.seals_openings = True
            seal(act)
            raise OSError

    with pytest.raises(OSError):
        fails()
    assert Opening.objects.filter(link=None).count() == 1


def test_the_database_lets_nobody_change_or_remove_it_and_a_seal_be_named_once(client, world, case):
    asked(client, world.officer, url(case))
    first, last = Link.objects.order_by("pk").first(), Link.objects.order_by("pk").last()

    def sql(statement, *params):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, params)

    sealed_and_changed = "UPDATE panel_opening SET link_id = %s, page = 'x'"
    for statement, params in (
        ("UPDATE panel_opening SET page = 'x'", ()), ("DELETE FROM panel_opening", ()), (sealed_and_changed, (first.pk,)),
        ("UPDATE panel_opening SET link_id = NULL", ()),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match="append-only"):
            sql(statement, *params)
    sql("UPDATE panel_opening SET link_id = %s", first.pk)
    for new in (last.pk, None):
        with pytest.raises(IntegrityError, match="append-only"):
            sql("UPDATE panel_opening SET link_id = %s", new)
    assert [str(f) for f in verify()] == [
        f"panel.Opening {Opening.objects.get().pk}: names a link that does not seal it"
    ]


# Shown


@pytest.mark.parametrize("who, sees", [
    ("officer", True), ("mo", True), ("auditor", True), ("chairman", False), ("vice", False), ("sitting", False),
])  # fmt: skip
def test_the_case_says_who_has_seen_it_to_whom_the_rule_book_lets(client, world, case, who, sees):
    asked(client, world.chairman, url(case))
    asked(client, world.chairman, url(case, "case-timeline"))
    asked(client, world.officer, url(case, "download", Document.objects.get(case=case).key))
    answer, _ = asked(client, world.people[who], url(case, "case-seen"))
    assert answer.status_code == (200 if sees else 403)
    page = client.get(url(case)).content.decode()
    assert ("Who has seen this" in page) == sees
    if sees:
        text = answer.content.decode()
        assert "Chairman of Exshire" in text
        assert "Timeline" in text
        assert "Document: signed.pdf" in text
        assert ("history/openings/?case=" in text) == (who != "officer")


def test_it_counts_how_often_and_comes_in_pages(client, world, case):
    for n in range(30):
        Opening.objects.create(
            panel=world.panel,
            case=case,
            by=world.chairman,
            kind="case",
            page="case",
            at=datetime(2026, 11, 1, 12, n, tzinfo=UTC),
        )
    answer, _ = asked(client, world.mo, url(case, "case-seen"))
    text = answer.content.decode()
    assert re.search(r"How often: </span>\s*30\s*</td>", text)
    assert "1 November 2026 at 12:29pm" in text
    assert "page=2" in text


def search(client, who, query=""):
    """The rows of the page across cases, as text."""
    client.force_login(who)
    answer = client.get(f"/exshire/history/openings/{query}")
    text = answer.content.decode()
    return answer.status_code, text[text.find("<tbody>") :]


def test_search_by_person_case_kind_and_days(client, world, case):
    second = at(world, "recorded")
    for day, by, about, kind, page in (
        (1, "chairman", case, "case", "case"), (2, "vice", case, "bundle", "case-package"), (3, "chairman", second, "case", "case-parts"),
    ):  # fmt: skip
        Opening.objects.create(
            panel=world.panel,
            case=about,
            by=world.people[by],
            kind=kind,
            page=page,
            at=datetime(2026, 11, day, 23, 30, tzinfo=UTC),
        )

    def found(query):
        status, text = search(client, world.auditor, query)
        assert status == 200
        return [n for n in (1, 2, 3) if f"{n} November 2026" in text]

    assert found("") == [1, 2, 3]
    assert found(f"?who={world.chairman.pk}") == [1, 3]
    assert found("?kind=bundle") == [2]
    assert found(f"?case={second.reference.lower()}") == [3]
    assert found("?case=EX-C-1999-0001") == []
    assert found("?first_day=2&first_month=11&first_year=2026") == [2, 3]
    assert found("?last=2026-11-02") == [1, 2]
    assert found("?first=2026-11-02&last=2026-11-02") == [2]
    assert found("?who=nobody&kind=nonsense&first=x") == [1, 2, 3]
    _, text = search(client, world.mo, "?first=2026-11-03&last=2026-11-02")
    client.force_login(world.mo)
    page = client.get("/exshire/history/openings/?first=2026-11-03&last=2026-11-02").content.decode()
    assert "Last day must be on or after the first" in page
    assert "Error: Who opened what" in page


@pytest.mark.parametrize("who, status", [
    ("mo", 200), ("auditor", 200), ("officer", 403), ("chairman", 403), ("member", 403), ("admin", 403),
])  # fmt: skip
def test_only_monitoring_officer_and_auditor_search_and_find_the_way(client, world, case, who, status):
    assert search(client, world.people[who])[0] == status
    if status == 200:
        assert 'href="/exshire/history/openings/"' in client.get("/exshire/history/").content.decode()


def test_another_panels_openings_are_not_there_nor_those_of_a_case_with_an_interest(client, world, case):
    other = build.make_world("wessex", "WX", "Wessex")
    theirs = build.log(other, on=RECEIVED)
    asked(client, other.officer, url(theirs))
    asked(client, world.officer, url(case))
    _, text = search(client, world.mo)
    assert case.reference in text
    assert theirs.reference not in text
    take(world, case, "declare_interest", by=world.mo)
    assert case.reference not in search(client, world.mo)[1]
    assert case.reference in search(client, world.auditor)[1]


def test_the_pages_ask_the_database_the_same_for_3_and_for_300(client, world, case):
    document = Document.objects.get(case=case)

    def count():
        client.force_login(world.mo)
        numbers = []
        for address in ("/exshire/history/openings/", url(case, "case-seen")):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            numbers.append(len(queries))
        return numbers

    def some(number):
        for n in range(number):
            by = (world.officer, world.chairman, world.auditor)[n % 3]
            kind, page, what = (("case", "step filter", ""), ("document", "download", document.pk))[n % 2]
            Opening.objects.create(panel=world.panel, case=case, by=by, kind=kind, page=page, what=what, at=clock.now())

    some(3)
    few = count()
    some(300)
    assert count() == few
    assert few[0] <= 10
    assert few[1] <= 18  # a case's tabs count its letters as well


def test_a_whole_case_as_a_file_is_written_and_holds_no_openings(client, world, case):
    client.force_login(world.officer)
    answer = client.get(url(case, "case-package"))
    names = ZipFile(BytesIO(b"".join(answer.streaming_content))).namelist()
    assert "index.html" in names
    assert Opening.objects.get().kind == "bundle"


def test_every_kind_of_register_has_words_for_its_pages(client, world, case):
    hearing = hearings.at(world, "reported", 1)
    for tab in REGISTERS["hearings"].tabs:
        asked(client, world.mo, url(hearing, "case-tab", tab.key))
    asked(client, world.mo, url(case, "case-parts"))
    asked(client, world.mo, url(case, "step", "note_contact"))
    _, text = search(client, world.auditor)
    assert "Allegations" in text
    words = REGISTERS["complaints"].procedure.step("note_contact").label
    assert f"Step: {words}" in text
    assert "Report" in text
