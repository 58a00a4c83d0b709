"""Lets the site's search find published comments."""

from engagement.comments.models import Action, PlaceComment
from portal.pages.search import MOST_OF_A_KIND, SearchResult


def find_comments(query: str) -> list[SearchResult]:
    """Comments with these words in them, newest first."""
    found = PlaceComment.objects.published().listed().saying(query).with_row().newest_first()[:MOST_OF_A_KIND]
    return [
        SearchResult(
            title=comment.title,
            url=comment.get_absolute_url(),
            kind="Example comment" if comment.is_example else "Comment",
            summary=comment.where,
        )
        for comment in found
    ]


def find_actions(query: str) -> list[SearchResult]:
    """Published actions with these words in them."""
    found = Action.objects.published().saying(query).newest_first()[:MOST_OF_A_KIND]
    return [SearchResult(title=action.title, url=action.get_absolute_url(), kind="What we did") for action in found]
