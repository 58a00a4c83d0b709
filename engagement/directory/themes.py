"""What things in the directory are about: the one table that forms, lists, calendars and the open data read."""

from django.db.models import TextChoices


class Theme(TextChoices):
    """One subject for each activity; a place may serve several by what it is."""

    WARM = "warm", "A warm welcome"
    FOOD = "food", "Food"
    ADVICE = "advice", "Advice"
    COMPANY = "company", "Company and things to do"
    FAMILIES = "families", "Children and families"
    HEALTH = "health", "Health and moving about"
    LEARNING = "learning", "Learning and work"
