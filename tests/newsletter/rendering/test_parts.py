"""The neutral list: kept as data, read back, links made whole."""

from newsletter.rendering.parts import Part, Picture, Row, as_data, from_data, with_whole_links

PART = Part(
    kind="story",
    key="1",
    heading="Soup",
    words='<p>See <a href="/warm-spaces/">warm</a> and <a href="https://example.org/x">more</a>.</p>',
    picture=Picture(url="/media/soup.jpg", width=1200, height=800, alt="Soup", caption="Hot"),
    rows=(Row(title="Café 100", url="/activities/cafe-100/", detail="Wednesday 25 November", is_live=True),),
)


def whole(url: str) -> str:
    return f"https://news.example{url}"


def test_parts_come_back_as_they_were_kept() -> None:
    assert from_data(as_data([PART, Part(kind="quote", key="2")])) == [PART, Part(kind="quote", key="2")]


def test_kept_words_are_cleaned_again() -> None:
    kept = as_data([Part(kind="story", key="1", words="<p>Hello</p><script>alert(1)</script>")])
    assert from_data(kept)[0].words == "<p>Hello</p>alert(1)"


def test_links_and_pictures_on_this_site_are_made_whole_and_others_left() -> None:
    made = with_whole_links(PART, whole)
    assert 'href="https://news.example/warm-spaces/"' in made.words
    assert 'href="https://example.org/x"' in made.words
    assert made.picture is not None
    assert made.picture.url == "https://news.example/media/soup.jpg"
    assert made.rows[0].url == "https://news.example/activities/cafe-100/"


def test_a_row_without_a_link_and_a_whole_link_stay_as_they_are() -> None:
    part = Part(kind="contacts", key="1", rows=(Row(title="Ring", url="tel:999"), Row(title="Come")))
    assert with_whole_links(part, whole).rows == part.rows
