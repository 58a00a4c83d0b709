"""A list of entries in which staff find by words just as everybody does on the site."""

from typing import Any

from django.db.models import QuerySet
from wagtail.admin.views.generic import IndexView


class FoundByWords(IndexView):
    """Of a model that can be asked `with_words`; `search_fields` only says that there is a search."""

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.with_words(self.search_query) if self.is_searching else queryset  # type: ignore[attr-defined]
