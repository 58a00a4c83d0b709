"""Each schedule as calendars write it, worked out ahead so that a calendar of thousands joins texts."""

from django.db import models

from portal.privacy import PersonalData


class CalendarText(models.Model):
    """The events of one schedule, and a number over all that they were written from; with another number they are old."""

    schedule = models.OneToOneField(
        "directory.Schedule", primary_key=True, on_delete=models.CASCADE, related_name="calendar_text"
    )
    facts = models.CharField(max_length=64)
    text = models.TextField(blank=True)

    wagtail_reference_index_ignore = True
    personal_data = PersonalData(
        purpose="To hand out calendars of thousands of dates quickly; it says what the activity and its place say.",
        kept="as long as the schedule is in the directory",
        erased="written anew from the activity and its place each night, and never handed out once they differ",
        exported=False,
        fields=("text",),
        impersonal=("schedule", "facts"),
    )

    def __str__(self) -> str:
        return f"Calendar of schedule {self.pk}"
