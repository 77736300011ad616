"""Documents in an S3-compatible store, here one of our own on this machine: kept, read, missed, swept and erased as on a disk."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from panel.documents import store
from panel.models import Document
from panel.record import verify
from tests import build, object_store
from tests.panel.documents.samples import GOOD, MP4, box

pytest.importorskip("storages", reason="django-storages[s3] is not installed")
pytestmark = pytest.mark.django_db


@pytest.fixture
def bucket(settings):
    """A store with an empty bucket, in which documents are kept."""
    server = object_store.serve()
    options = {
        "bucket_name": "panel", "endpoint_url": f"http://127.0.0.1:{server.server_port}", "region_name": "eu-west-2",
        "access_key": "a", "secret_key": "b", "default_acl": None, "file_overwrite": False, "addressing_style": "path",
        "signature_version": "s3v4",
    }  # fmt: skip
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "panel.documents.object_store.ObjectStore", "OPTIONS": options},
    }
    yield server
    server.shutdown()


def test_documents_are_kept_read_missed_and_swept(bucket, settings, client):
    settings.DOCUMENT_MAX_SIZE = 1024 * 1024
    world = build.make_world()
    case = build.log(world)
    film = MP4 + box(b"free", bytes(10 * 1024 * 1024))  # sent in parts
    files = [SimpleUploadedFile("letter.pdf", GOOD["pdf"]), SimpleUploadedFile("film.mp4", film)]
    build.take(case, "add_documents", world.officer, files={"documents": files}, description="x")
    papers = list(Document.objects.filter(case=case).order_by("pk"))
    assert [bucket.objects[d.file.name] for d in papers] == [GOOD["pdf"], film]
    assert list(verify.verify(world.panel)) == []
    client.force_login(world.officer)
    address = f"/exshire/complaints/{case.reference}/documents/{papers[0].key}/"
    assert b"".join(client.get(address).streaming_content) == GOOD["pdf"]
    bucket.objects["1/nobody"] = b"x"
    assert store.sweep(older_than=-store.timedelta(days=1)) == ["1/nobody"]
    del bucket.objects[papers[0].file.name]
    assert client.get(address).status_code == 410
    default_storage.delete(papers[1].file.name)
    assert bucket.objects == {}


def test_a_store_that_does_not_answer_is_as_a_disk_that_is_full(bucket):
    world = build.make_world()
    case = build.log(world)
    bucket.shutdown()
    bucket.server_close()
    with pytest.raises(OSError, match="object store"):
        build.take(
            case,
            "add_documents",
            world.officer,
            files={"documents": [SimpleUploadedFile("a.pdf", GOOD["pdf"])]},
            description="x",
        )
    assert not Document.objects.filter(case=case).exists()
