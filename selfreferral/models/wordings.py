"""The words in which questions are asked: what staff changed, and every version that anybody ever answered."""

from typing import Self

from django.db import models

from portal.privacy import NoPersonalData
from selfreferral.models.sealing import Row, worker
from selfreferral.questions.shapes import Page
from selfreferral.questions.wording import Words, laid_over, pages_of


class QuestionWordingQuerySet(models.QuerySet["QuestionWording"]):
    """Ways to look at the words that staff chose."""

    def for_key(self, key: str) -> Self:
        return self.filter(key=key)

    def asked_now(self) -> tuple[Page, ...]:
        """Every page as it is asked today: the code's, in staff's words where they chose their own."""
        return laid_over({row.key: row.words for row in self})


class QuestionWording(Row):
    """Staff's own words for one question, by its key; empty words leave those of the code as they are."""

    key = models.CharField(max_length=40, unique=True)
    asks = models.CharField(max_length=200, blank=True)
    asks_of_other = models.CharField(max_length=200, blank=True)
    hint = models.CharField(max_length=300, blank=True)
    hint_of_other = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField()
    changed_by = worker()

    objects = QuestionWordingQuerySet.as_manager()
    personal_data = NoPersonalData(because="it holds questions and no answers")

    class Meta:
        default_permissions = ()
        ordering = ["key"]
        verbose_name = "words of a question"
        verbose_name_plural = "words of questions"

    def __str__(self) -> str:
        return self.key

    @property
    def words(self) -> Words:
        return Words(self.asks, self.asks_of_other, self.hint, self.hint_of_other)


class QuestionSet(Row):
    """All the questions as they were worded at one time; an answer points to those that it answered."""

    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the definition.")
    definition = models.JSONField(help_text="Key, words and choices of each question, in order.")
    first_used_at = models.DateTimeField()

    personal_data = NoPersonalData(because="it holds questions and no answers")

    class Meta:
        default_permissions = ()
        ordering = ["first_used_at"]
        verbose_name = "version of the questions"
        verbose_name_plural = "versions of the questions"

    def __str__(self) -> str:
        return self.digest[:8]

    @property
    def pages(self) -> tuple[Page, ...]:
        """The questions as they were worded then."""
        return pages_of(self.definition)
