"""Every figure that the portal can make of a period, in the order in which a report shows them."""

from collections.abc import Callable
from typing import NamedTuple

from portal.insight.figures import around, comments, contact, distance, requests, surveys
from portal.insight.periods import Period
from portal.insight.table import Table

# Goes up by one whenever a figure is defined otherwise, so that a snapshot says by which definitions it was made.
DEFINITIONS = 3


class Figure(NamedTuple):
    """One figure: its name is the name of its table, its subject the part of the report that it stands in."""

    name: str
    subject: str
    make: Callable[[Period], Table]


HELP, PLACES, AROUND = "People who asked for help", "Comments about places", "What we did besides"

EVERY: tuple[Figure, ...] = (
    Figure("referrals_by_month", HELP, requests.referrals_by_month),
    Figure("referrals_by_source", HELP, requests.referrals_by_source),
    Figure("self_share", HELP, requests.self_share),
    Figure("routes_in", HELP, requests.routes_in),
    Figure("first_contact", HELP, contact.first_contact),
    Figure("outcomes", HELP, requests.outcomes),
    Figure("signposts", HELP, contact.signposts),
    Figure("repeat_and_reopened", HELP, contact.repeat_and_reopened),
    Figure("waiting", HELP, contact.waiting),
    Figure("distance_travelled", HELP, distance.distance_travelled),
    Figure("survey_stars", HELP, surveys.survey_stars),
    Figure("comments_by_feeling", PLACES, comments.comments_by_feeling),
    Figure("comments_by_theme", PLACES, comments.comments_by_theme),
    Figure("comments_by_place", PLACES, comments.comments_by_place),
    Figure("comments_came_by", PLACES, comments.comments_came_by),
    Figure("sessions_held", AROUND, around.sessions_held),
    Figure("newspaper_circulation", AROUND, around.newspaper_circulation),
    Figure("directory_freshness", AROUND, around.directory_freshness),
)
