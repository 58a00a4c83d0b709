"""Pictures come from where uploads are kept, on this machine's disk or in a bucket, and nothing else comes from there."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from moto.server import ThreadedMotoServer

from portal.pages.drawn import drawn
from tests.conftest import Person
from tests.factories.newsletter import a_picture

BUCKET = "together"


@pytest.fixture(scope="module")
def bucket_at() -> Iterator[str]:
    """A stand-in for S3 on loopback."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["a disk", "a bucket"])
def storage(request: pytest.FixtureRequest, settings: Any, tmp_path: Any) -> str:
    """Uploads on a disk, and the same in a bucket set up as production sets it up."""
    if request.param == "a disk":
        settings.MEDIA_ROOT = tmp_path
        return str(request.param)
    address = request.getfixturevalue("bucket_at")
    options = {
        "access_key": "name",
        "secret_key": "word",
        "bucket_name": BUCKET,
        "endpoint_url": address,
        "region_name": "eu-west-2",
        "custom_domain": "localhost/media",
        "file_overwrite": False,
    }
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options},
    }
    kept: Any = default_storage
    client = kept.connection.meta.client
    if BUCKET not in [each["Name"] for each in client.list_buckets()["Buckets"]]:
        client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    return str(request.param)


@pytest.mark.enable_socket
def test_a_picture_of_an_editor_is_drawn_kept_and_handed_out(db: None, storage: str, resident: Person) -> None:
    drawn = a_picture().get_rendition("width-100")
    assert drawn.url.endswith(f"/media/{drawn.file.name}")
    response: Any = resident.get(f"/media/{drawn.file.name}")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("image/")
    with drawn.file.open() as file:
        assert b"".join(response.streaming_content) == file.read()
    again = resident.get(f"/media/{drawn.file.name}", headers={"If-Modified-Since": response.headers["Last-Modified"]})
    assert again.status_code == 304


def test_small_sizes_say_what_they_are(db: None, settings: Any, tmp_path: Any, resident: Person) -> None:
    settings.MEDIA_ROOT = tmp_path
    shown = drawn(a_picture(), sizes="100vw").__html__()
    small = [address.split()[0] for address in re.findall(r'/media/[^",]+', shown)]
    assert {path.rpartition(".")[2] for path in small} == {"avif", "webp"}
    for path in small:
        assert resident.get(path).headers["Content-Type"] == f"image/{path.rpartition('.')[2]}"


def test_a_file_that_is_gone_breaks_no_page(db: None, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    lost = a_picture()
    lost.file.storage.delete(lost.file.name)
    assert "not-found" in drawn(lost, sizes="100vw", is_first=True).__html__()


@pytest.mark.enable_socket
def test_what_is_gone_or_was_never_there_is_not_found(db: None, storage: str, resident: Person) -> None:
    drawn = a_picture().get_rendition("width-100")
    default_storage.delete(drawn.file.name)
    for path in (drawn.file.name, "images/never.png", "images/", "images/../images"):
        assert resident.get(f"/media/{path}").status_code == 404, path


@pytest.mark.enable_socket
def test_files_as_they_were_sent_are_not_handed_out(db: None, storage: str, resident: Person) -> None:
    sent = a_picture()
    kept = default_storage.save("comments/a-photo.jpg", ContentFile(b"not yet looked at"))
    for path in (sent.file.name, kept, f"images/../{kept}", f"images/%2e%2e/{kept}"):
        assert resident.get(f"/media/{path}").status_code == 404, path
    assert resident.post(f"/media/{sent.get_rendition('width-100').file.name}").status_code == 405


@pytest.mark.enable_socket
def test_two_files_of_one_name_are_both_kept(storage: str) -> None:
    first = default_storage.save("comments/one.jpg", ContentFile(b"first"))
    second = default_storage.save("comments/one.jpg", ContentFile(b"second"))
    with default_storage.open(first) as one, default_storage.open(second) as other:
        assert (one.read(), other.read()) == (b"first", b"second")
