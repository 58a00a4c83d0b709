"""A staff screen says where it stands."""

from portal.pages.screens import screen_header


def test_a_screen_shows_its_title_and_the_way_back_to_each_screen_above_it() -> None:
    header = screen_header("Plan a session", ("Face to face", "comments_sessions"), icon="group")
    assert [crumb["label"] for crumb in header["breadcrumbs_items"]] == ["Home", "Face to face", "Plan a session"]
    assert [crumb["url"] for crumb in header["breadcrumbs_items"]] == ["/staff/", "/staff/face-to-face/", ""]
    assert (header["header_title"], header["header_icon"]) == ("Plan a session", "group")


def test_an_address_above_takes_what_it_needs() -> None:
    header = screen_header("Change", ("Fair", "comments_session", "FAIR"), icon="group")
    assert header["breadcrumbs_items"][1] == {"url": "/staff/face-to-face/FAIR/", "label": "Fair"}
