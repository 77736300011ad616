"""Documents: their names, how they are kept, who may list and save them, and what a failure leaves behind (nothing)."""

import hashlib
import os
import re
import time
import uuid
from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.core.management import call_command
from django.urls import reverse

from panel.casework.errors import Invalid, Refused, Unseen
from panel.documents import store as documents_store
from panel.documents.inspection.kinds import KINDS
from panel.models import Case, CaseRole, Document, Entry
from panel.record.act import sealed_act
from panel.record.verify import verify
from tests.build import log, make_world, pdf, take
from tests.panel.documents.samples import GIF, GOOD, JPG, PNG

pytestmark = pytest.mark.django_db
EXE = b"MZ\x90\0\x03\0\0\0" + bytes(200)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def case(world):
    return log(world)


@pytest.fixture
def store(settings, tmp_path):
    """An empty store of this test's own."""
    settings.MEDIA_ROOT = tmp_path / "documents"
    return settings.MEDIA_ROOT


def upload(name, content, content_type="application/octet-stream"):
    return SimpleUploadedFile(name, content, content_type=content_type)


def files_in(store):
    return sorted(str(p.relative_to(store)) for p in store.rglob("*") if p.is_file()) if store.exists() else []


def add(case, by, *uploads, **answers):
    """The case's documents after these were added to it."""
    return list(take(case, "add_documents", by, files={"documents": list(uploads)}, **answers).documents.all())


def address(case, name, *more):
    return reverse(f"panel:{name}", args=[case.panel.slug, "complaints", case.reference, *more])


# Names and types ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("extension", GOOD)
def test_the_type_comes_from_the_bytes_whatever_name_and_browser_say(extension):
    found = documents_store.check(upload("letter.txt", GOOD[extension], "text/html"))
    assert (found.name, found.content_type) == (f"letter.{extension}", KINDS[extension].content_type)


class Named:
    """An upload as something other than Django's own parser might hand it over: its name is not yet cut."""

    def __init__(self, name, content=GOOD["pdf"]):
        self.name, self.content, self.size = name, content, len(content)

    def seek(self, at):
        assert at == 0

    def read(self):
        return self.content


@pytest.mark.parametrize(
    "sent, kept",
    [
        ("letter.pdf", "letter.pdf"),
        ("LETTER.PDF", "LETTER.pdf"),
        ("letter.docx", "letter.pdf"),
        ("letter", "letter.pdf"),
        ("letter of 3.May", "letter of 3.May.pdf"),
        ("letter.pdf.pdf", "letter.pdf.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\windows\\letter.pdf", "letter.pdf"),
        ("C:\\letter.pdf", "letter.pdf"),
        ("/abs/letter.pdf", "letter.pdf"),
        ("folder/", "document.pdf"),
        ("", "document.pdf"),
        (None, "document.pdf"),
        ("...", "document.pdf"),
        (".pdf", "pdf.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("letter.pdf. . ", "letter.pdf"),
        ("let\0ter\r\n\x1b.pdf", "letter.pdf"),
        ("letter\u202efdp.pdf", "letterfdp.pdf"),
        ("let\u200bter\ufeff.pdf", "letter.pdf"),
        ('a"b<c>|?*:.pdf', "a_b_c_____.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("nul.tar.pdf", "_nul.tar.pdf"),
        ("lpt1", "_lpt1.pdf"),
        ("cafe\u0301 שלום 🙂.pdf", "café שלום 🙂.pdf"),
        ("a" * 300 + ".pdf", "a" * 146 + ".pdf"),
        ("a" * 300, "a" * 146 + ".pdf"),
        ("CON." + "a" * 300 + ".pdf", "_CON." + "a" * 141 + ".pdf"),
    ],
)
def test_a_name_is_made_plain_and_gets_the_extension_of_its_kind(sent, kept):
    found = documents_store.check(Named(sent)).name
    assert found == kept
    assert len(found) <= Document._meta.get_field("name").max_length


@pytest.mark.parametrize(
    "name",
    ["letter.exe", "letter.pdf.js", "letter.JS .", "page.html", "letter\u202efdp.exe", "a.docm", "x.svg", "a.lnk"],
)
def test_a_name_that_a_desktop_would_run_is_refused_though_the_bytes_are_good(name):
    with pytest.raises(ValidationError):
        documents_store.check(Named(name))


def test_a_file_too_large_is_refused_unread(settings):
    settings.DOCUMENT_MAX_SIZE = 1024 * 1024
    with pytest.raises(ValidationError, match="letter.pdf must be smaller than 1MB"):
        documents_store.check(Named("letter.pdf", bytes(1024 * 1024 + 1)))


def test_an_upload_is_read_once_however_often_it_is_asked_about():
    sent = Named("letter.pdf")
    first = documents_store.check(sent)
    del sent.content
    assert documents_store.check(sent) is first


# Keeping ------------------------------------------------------------------------------------------------------------


def test_several_at_once_are_kept_exactly_as_they_came(case, world, store):
    sent = {"letter.pdf": GOOD["pdf"], "photo.jpg": JPG, "minutes.docx": GOOD["docx"]}
    kept = add(
        case, world.officer, *[upload(*f) for f in sent.items()], classification="open", description="The bundle"
    )
    assert {d.name: d.file.read() for d in kept} == sent
    assert [(d.size, d.sha256) for d in kept] == [(len(c), hashlib.sha256(c).hexdigest()) for c in sent.values()]
    assert {d.classification for d in kept} == {"open"}
    entry = case.entries.get(step="add_documents")
    assert {d.entry for d in kept} == {entry}
    assert entry.answers == {"description": "The bundle", "classification": "open"}
    assert list(verify()) == []


def test_nothing_of_the_name_is_in_the_path_and_only_the_owner_reads_it(case, world, store):
    (kept,) = add(case, world.officer, upload("letter.pdf", GOOD["pdf"]))
    assert re.fullmatch(rf"{world.panel.pk}/[0-9a-f]{{32}}", kept.file.name)
    assert os.stat(kept.file.path).st_mode & 0o777 == 0o600


def test_two_of_the_same_name_are_both_kept(case, world, store):
    kept = add(case, world.officer, upload("photo.png", PNG), upload("photo.png", GIF))
    assert [d.name for d in kept] == ["photo.png", "photo.gif"]
    assert len(files_in(store)) == 2


def test_a_large_upload_in_a_file_of_its_own_is_kept_too(case, world, store):
    sent = TemporaryUploadedFile("film.txt", "text/plain", 3_000_000, "utf-8")
    sent.write(b"a" * 3_000_000)
    sent.seek(0)
    (kept,) = add(case, world.officer, sent)
    assert kept.sha256 == hashlib.sha256(b"a" * 3_000_000).hexdigest()


def test_any_step_takes_documents_and_they_are_restricted_if_nothing_is_said(case, world, store):
    take(
        case,
        "withdraw",
        world.officer,
        files={"documents": [pdf()]},
        wish="withdrawn",
        signed_by="complainant",
        came_through="direct",
    )
    assert Document.objects.get().classification == "restricted"
    assert Document.objects.get().entry.step == "withdraw"


def test_one_bad_file_among_several_keeps_nothing_and_the_error_names_each(case, world, store):
    sent = [upload("letter.pdf", GOOD["pdf"]), upload("a.pdf", EXE), upload("b.txt", b"<script>x</script>")]
    before = Entry.objects.count()
    with pytest.raises(Invalid) as invalid:
        add(case, world.officer, *sent, description="The bundle")
    assert invalid.value.form.errors["documents"] == [
        "a.pdf is a program, which cannot be attached",
        "b.txt is a web page, a drawing with code, or another file of markup. Save it as a PDF",
    ]
    assert invalid.value.form["description"].value() == "The bundle"
    assert (Document.objects.count(), Entry.objects.count(), files_in(store)) == (0, before, [])


def test_the_page_shows_the_errors_beside_the_field_and_keeps_what_was_typed(client, case, world, store):
    client.force_login(world.officer)
    answers = {"on": case.received_on.isoformat(), "description": "The <b>bundle", "classification": "open"}
    sent = [upload("letter.pdf", GOOD["pdf"]), upload("\u202ea.pdf", EXE)]
    got = client.post(address(case, "step", "add_documents"), {**answers, "documents": sent})
    page = got.content.decode()
    assert got.status_code == 422
    assert "a.pdf is a program, which cannot be attached" in page
    assert "The &lt;b&gt;bundle" in page
    assert files_in(store) == []


def test_adding_none_says_what_to_do(case, world):
    with pytest.raises(Invalid, match="Attach at least one document"):
        add(case, world.officer)


@pytest.mark.parametrize("who", ["chairman", "member", "auditor", "admin", "sitting"])
def test_only_staff_add_documents(case, world, who, store):
    with pytest.raises((Refused, Unseen)):
        add(case, getattr(world, who), upload("letter.pdf", GOOD["pdf"]))
    assert files_in(store) == []


def test_staff_add_documents_in_every_state_ends_included(case, world, store):
    closed = take(
        case,
        "withdraw",
        world.officer,
        files={"documents": [pdf()]},
        wish="withdrawn",
        signed_by="complainant",
        came_through="direct",
    )
    assert len(add(closed, world.mo, upload("later.pdf", GOOD["pdf"]))) == 2


def test_a_store_that_fails_half_way_leaves_neither_row_nor_entry_nor_file(case, world, store, monkeypatch):
    save, calls = default_storage.save, []

    def full_disk(name, content, max_length=None):
        calls.append(name)
        if len(calls) == 2:
            (store / name).write_bytes(b"half of it")
            raise OSError(28, "No space left on device")
        return save(name, content, max_length=max_length)

    monkeypatch.setattr(Document._meta.get_field("file").storage, "save", full_disk)
    version, entries = case.version, Entry.objects.count()
    with pytest.raises(OSError, match="No space left"):
        add(case, world.officer, upload("a.pdf", GOOD["pdf"]), upload("b.pdf", GOOD["pdf"]))
    assert (len(calls), Document.objects.count(), Entry.objects.count(), files_in(store)) == (2, 0, entries, [])
    assert Case.objects.get(pk=case.pk).version == version
    assert list(verify()) == []


def test_a_step_that_fails_after_the_bytes_leaves_no_row(case, world, store, monkeypatch):
    def fail(*args):
        raise RuntimeError("after the bytes")

    monkeypatch.setattr("panel.casework.perform.open_duties", fail)
    with pytest.raises(RuntimeError):
        add(case, world.officer, upload("a.pdf", GOOD["pdf"]))
    assert Document.objects.count() == 0
    assert len(files_in(store)) == 1  # swept when it is a day old


# Sweeping -----------------------------------------------------------------------------------------------------------


def make_old(store, days=2):
    for path in files_in(store):
        then = time.time() - days * 24 * 60 * 60
        os.utime(store / path, (then, then))


def test_the_sweep_removes_orphans_older_than_a_day_and_nothing_else(case, world, store):
    (kept,) = add(case, world.officer, upload("letter.pdf", GOOD["pdf"]))
    default_storage.save("1/old-orphan", upload("x", b"x"))
    make_old(store)
    default_storage.save("1/young-orphan", upload("x", b"x"))
    out = StringIO()
    call_command("sweep_documents", dry_run=True, stdout=out)
    assert out.getvalue() == "1/old-orphan\n1 file would be removed.\n"
    call_command("sweep_documents", stdout=out)
    assert files_in(store) == sorted([kept.file.name, "1/young-orphan"])


def test_the_sweep_of_a_store_that_is_not_there_yet_finds_nothing(store):
    assert documents_store.sweep() == []


# Listing and saving -------------------------------------------------------------------------------------------------


@pytest.fixture
def three(case, world, store):
    """One document of each sort on the case, by classification."""
    for c in ("open", "restricted", "exempt_1"):
        add(case, world.officer, upload(f"{c}.pdf", GOOD["pdf"]), classification=c)
    return {d.classification: d for d in Document.objects.all()}


def test_a_document_is_saved_and_never_shown(client, case, world, store):
    (kept,) = add(case, world.officer, upload("café “x”.txt", b"Dear Sir"))
    client.force_login(world.officer)
    for method in (client.get, client.head):
        got = method(address(case, "download", kept.key))
        assert got.status_code == 200
        shown = {k: got.headers[k] for k in ("Content-Type", "Content-Length", "Content-Disposition", *SAFE)}
        assert shown == {
            "Content-Type": "text/plain",
            "Content-Length": "8",
            "Content-Disposition": "attachment; filename*=utf-8''caf%C3%A9%20%E2%80%9Cx%E2%80%9D.txt",
            **SAFE,
        }
        assert b"".join(got) == (b"Dear Sir" if method == client.get else b"")


SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def test_a_download_is_only_read(client, case, world, three):
    client.force_login(world.officer)
    assert client.post(address(case, "download", three["open"].key)).status_code == 405


def test_signed_out_nothing_is_saved(client, case, three):
    got = client.get(address(case, "download", three["open"].key))
    assert (got.status_code, got.url.split("?")[0]) == (302, reverse("account_login"))


def test_another_panels_document_answers_like_one_that_never_existed(client, case, world, three):
    other = make_world("wyshire", "WY", "Wyshire")
    client.force_login(other.officer)
    theirs = log(other)
    key = three["open"].key
    wrong = [
        address(case, "download", key),
        address(case, "documents"),
        address(theirs, "download", key),  # under a case of their own
        address(theirs, "download", uuid.uuid4()),
        reverse("panel:download", args=["wyshire", "complaints", case.reference, key]),
    ]
    pages = [client.get(url) for url in wrong]
    assert [p.status_code for p in pages] == [404] * len(wrong)


def test_a_document_is_found_under_its_own_case_only(client, world, case, three):
    client.force_login(world.officer)
    assert client.get(address(log(world), "download", three["open"].key)).status_code == 404


def opened(client, case, three):
    """The classifications that open, which must be those that the page lists."""
    page = client.get(address(case, "documents"))
    listed = {c for c, d in three.items() if page.status_code == 200 and str(d.key) in page.content.decode()}
    found = {c for c, d in three.items() if client.get(address(case, "download", d.key)).status_code == 200}
    assert listed == found
    return found


EVERY = {"open", "restricted", "exempt_1"}


SEE = dict.fromkeys(("officer", "mo", "chairman", "vice", "auditor"), EVERY) | {"member": set(), "admin": set()}


@pytest.mark.parametrize("who, may", SEE.items())
def test_who_opens_which_documents(client, case, world, three, who, may):
    client.force_login(getattr(world, who))
    assert opened(client, case, three) == may


def test_a_member_opens_what_is_before_the_panel_and_nothing_restricted(client, case, world, three):
    Case.objects.filter(pk=case.pk).update(tabled_on=date(2026, 11, 1))
    client.force_login(world.member)
    assert opened(client, case, three) == {"open", "exempt_1"}
    assert "restricted.pdf" not in client.get(address(case, "documents")).content.decode()


def test_a_sub_panel_member_opens_all_while_appointed(client, case, world, three):
    with sealed_act(world.panel, by=world.officer, name="test") as act:
        entry = case.entries.first()
        seat = CaseRole.objects.create(case=case, kind="sub_panel", member=world.members[2], from_entry=entry)
    client.force_login(world.member)
    assert opened(client, case, three) == EVERY
    with sealed_act(world.panel, by=world.officer, name="test"):
        seat.to_entry = entry
        seat.save()
    assert opened(client, case, three) == set()
    assert act.rows


def test_whoever_declares_an_interest_opens_none(client, case, world, three):
    given = {"member": "own", "kind": "close", "nature": "Knows the complainant", "withdrew": "yes"}
    take(case, "declare_interest", world.chairman, **given)
    client.force_login(world.chairman)
    assert opened(client, case, three) == set()


def test_the_page_says_what_each_is_who_added_it_when_and_with_which_step(client, case, world, three):
    client.force_login(world.officer)
    page = " ".join(re.sub(r"<[^>]+>", " ", client.get(address(case, "documents")).content.decode()).split())
    headings = [
        page.index(words) for words in ("Open Document", "Restricted Document", "Exempt, Schedule 12A paragraph 1")
    ]
    assert headings == sorted(headings)
    for words in ("open.pdf", "PDF", "Officer of Exshire", "Documents added", "Entry 2"):
        assert words in page


def test_only_who_can_take_the_step_is_offered_it(client, case, world, store):
    step = address(case, "step", "add_documents")
    for who, offered in (("officer", True), ("mo", True), ("chairman", False), ("auditor", False)):
        client.force_login(getattr(world, who))
        page = client.get(address(case, "documents")).content.decode()
        assert (f'href="{step}"' in page, "No documents yet." in page) == (offered, True)


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_the_database_the_same_for_1_and_30(
    client, case, world, store, django_assert_num_queries, number
):
    for _ in range(number):
        case = take(case, "add_documents", world.officer, files={"documents": [upload("a.pdf", GOOD["pdf"])]})
    client.force_login(world.officer)
    url = address(case, "documents")
    client.get(url)
    with django_assert_num_queries(QUERIES):
        client.get(url)


QUERIES = 18  # with the letters that their tab counts and the row that says who opened it
