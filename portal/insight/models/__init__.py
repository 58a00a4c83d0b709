"""What insight stores: figures as they were on the day that they were made, and the reports that show them."""

from portal.insight.models.reports import ReportIndexPage, ReportPage
from portal.insight.models.snapshots import Snapshot

__all__ = ["ReportIndexPage", "ReportPage", "Snapshot"]
