"""What the site's search finds in the directory."""

from engagement.directory.models import Activity, Organisation, Venue
from portal.pages.search import MOST_OF_A_KIND, SearchResult


def find_venues(query: str) -> list[SearchResult]:
    found = Venue.objects.listed().with_words(query).for_lists().by_name()[:MOST_OF_A_KIND]
    return [
        SearchResult(title=venue.name, url=venue.get_absolute_url(), kind="Place", summary=venue.where)
        for venue in found
    ]


def find_activities(query: str) -> list[SearchResult]:
    found = Activity.objects.listed().with_words(query).with_places().by_name()[:MOST_OF_A_KIND]
    return [
        SearchResult(
            title=activity.name,
            url=activity.get_absolute_url(),
            kind="Activity",
            summary=f"{activity.schedule_in_words}, {activity.places_in_words}",
        )
        for activity in found
    ]


def find_groups(query: str) -> list[SearchResult]:
    found = Organisation.objects.listed().with_words(query).by_name()[:MOST_OF_A_KIND]
    return [
        SearchResult(title=group.name, url=group.get_absolute_url(), kind="Group", summary=group.who_for)
        for group in found
    ]
