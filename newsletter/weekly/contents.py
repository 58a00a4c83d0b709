"""What a weekly mail tells: sessions of the next seven days, new issues, what was done, and what can be answered now."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache

from newsletter.audience import Target, target_of
from newsletter.models import IssuePage
from newsletter.rendering import live
from newsletter.rendering.building import paragraphs
from newsletter.rendering.edition import Edition, edition_from
from newsletter.rendering.masthead import Masthead
from newsletter.rendering.parts import Part, whole_rich
from newsletter.weekly import looking
from newsletter.weekly.segments import Segment
from portal.emails.links import absolute
from portal.geo.models import Area
from portal.pages.settings import site_identity

DAYS_TOLD = 7
MOST_SESSIONS = 20
NEWS = "/news/"


class Week:
    """The contents of one day's weekly mail; what several segments share is looked up once."""

    def __init__(self, *, day: date, since: datetime, now: datetime) -> None:
        self.day, self.since, self.now = day, since, now
        self._sessions = cache(self._look_up_sessions)
        self._invitations = cache(self._look_up_invitations)
        self._issues: list[tuple[Target, Part]] | None = None
        self._done: Part | None = None

    def edition_of(self, parts: Sequence[Part]) -> Edition:
        """The mail that tells these parts."""
        masthead = masthead_of_week(self.day)
        return edition_from(list(parts), masthead=masthead, subject=masthead.title, web_url=absolute(NEWS))

    def parts_for(self, segment: Segment) -> list[Part]:
        """Issues that fit, sessions near by, what was done, and invitations: only what is there."""
        told = [*self._fitting_issues(segment), self._sessions(segment.place), self._what_was_done()]
        return [part for part in told if part.rows or part.words] + list(self._invitations(segment.place))

    def _fitting_issues(self, segment: Segment) -> list[Part]:
        if self._issues is None:
            found = IssuePage.objects.for_everybody().published_since(self.since).newest_first()
            self._issues = [(target_of(issue), _part_of(issue)) for issue in found]
        return [
            part for target, part in self._issues if target.is_about(segment.topics) and target.is_for(segment.place)
        ]

    def _look_up_sessions(self, place: int | None) -> Part:
        near = Area.objects.filter(pk=place).first() if place else None
        last = self.day + timedelta(days=DAYS_TOLD - 1)
        rows = live.sessions(starts_on=self.day, ends_on=last, named=[], most=MOST_SESSIONS, near=near)
        heading = f"What is on in and around {near.name}" if near else "What is on"
        return Part(kind="whats_on", key="whats-on", heading=heading, rows=rows)

    def _what_was_done(self) -> Part:
        if self._done is None:
            rows = looking.done_since(self.since, self.now)
            self._done = Part(kind="you_said_we_did", key="done", heading="You said, we did", rows=rows)
        return self._done

    def _look_up_invitations(self, place: int | None) -> tuple[Part, ...]:
        near = Area.objects.filter(pk=place).first() if place else None
        rows = looking.open_consultations(self.day, near)
        return tuple(
            Part(kind="invitation", key=f"ask-{number}", sort="consultation", heading=row.title, rows=(row,))
            for number, row in enumerate(rows)
        )


def masthead_of_week(day: date) -> Masthead:
    """The head of a weekly mail: the place, the day, and who makes it."""
    identity = site_identity()
    return Masthead(
        name=identity.name,
        place_name=identity.place_name,
        title=f"This week in {identity.place_name}",
        number=None,
        issued_on=day,
        path=NEWS,
        partnership=identity.partnership,
        contact_phone=identity.contact_phone,
        contact_email=identity.contact_email,
        base_address=", ".join(part for part in (identity.base_name, identity.base_address) if part),
    )


def _part_of(issue: IssuePage) -> Part:
    """An issue as a story of the weekly mail: its title, what it says in short, and where to read it."""
    told = paragraphs(issue.summary) if issue.summary else ""
    link = whole_rich(f'<p><a href="{issue.path_on_site}">Read the newspaper on our website</a></p>')
    return Part(kind="story", key=f"issue-{issue.pk}", heading=issue.title, words=told + link)
