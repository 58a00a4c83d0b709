"""Static files get names that change with them, also inside modules, and lie packed twice."""

import gzip
from pathlib import Path

import brotli
from django.conf import settings
from django.core.files.storage import FileSystemStorage

from portal.static_files import Collected, CollectedByTheDemo

OURS = FileSystemStorage(location=settings.ROOT / "portal" / "static")
NAMES = ["portal/js/map.js", "portal/js/leaflet-map.js", "portal/img/favicon.svg"]


def collected(folder: Path) -> Collected:
    """These files as `collectstatic` leaves them."""
    made = Collected(location=folder, base_url="/static/")
    for name in NAMES:
        with OURS.open(name) as file:
            made.save(name, file)
    for name, _, outcome in made.post_process({name: (OURS, name) for name in NAMES}):
        assert not isinstance(outcome, Exception), name
    return made


def test_a_module_asks_for_another_by_its_changing_name(tmp_path: Path) -> None:
    made = collected(tmp_path)
    named = Path(made.url("portal/js/leaflet-map.js")).name
    assert named != "leaflet-map.js"
    assert f'from "./{named}"' in (tmp_path / made.stored_name("portal/js/map.js")).read_text()


def test_what_pages_ask_for_lies_packed_and_nothing_else(tmp_path: Path) -> None:
    made = collected(tmp_path)
    for name in NAMES:
        path = tmp_path / made.stored_name(name)
        assert brotli.decompress(Path(f"{path}.br").read_bytes()) == path.read_bytes()
        assert gzip.decompress(Path(f"{path}.gz").read_bytes()) == path.read_bytes()
        assert not (tmp_path / f"{name}.br").exists()


def test_a_developer_who_collected_nothing_gets_plain_names(tmp_path: Path) -> None:
    bare = CollectedByTheDemo(location=tmp_path, base_url="/static/")
    assert bare.url("portal/js/map.js") == "/static/portal/js/map.js"
    made = collected(tmp_path)
    there = CollectedByTheDemo(location=tmp_path, base_url="/static/")
    assert there.url("portal/js/map.js") == made.url("portal/js/map.js") != bare.url("portal/js/map.js")
