"""How the coordinator's lists are changed: what comments point to stays, and what is shown elsewhere follows at once."""

from typing import Any

from django.contrib import messages
from django.db import models, transaction
from django.db.models import F, ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from wagtail.admin.views.generic import DeleteView, EditView

from engagement.comments.actions.keeping import show_anew
from engagement.comments.actions.rebuilding import theme_changed
from engagement.comments.models import Theme


class KeepWhatIsInUse(DeleteView):
    """Refuses in words to delete what comments point to."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().post(request, *args, **kwargs)
        except ProtectedError:
            messages.error(request, f"Comments point to {self.object}. Take it off the list instead of deleting it.")
            return HttpResponseRedirect(reverse(self.edit_url_name, args=[self.object.pk]))
        return answer


class ShownElsewhere(EditView):
    """A name or a place that list, map and feeds show."""

    @transaction.atomic
    def save_instance(self) -> models.Model:
        saved: models.Model = super().save_instance()
        show_anew()
        return saved


class EditConsultation(ShownElsewhere):
    """Its version goes on counting whatever stood in the form."""

    def save_instance(self) -> models.Model:
        self.form.instance.version = F("version")
        saved = super().save_instance()
        saved.refresh_from_db(fields=["version"])
        return saved


class EditTheme(EditView):
    """A theme that shows places roughly from now on, or no longer, moves the pins of its comments."""

    @transaction.atomic
    def save_instance(self) -> models.Model:
        saved: Theme = super().save_instance()
        theme_changed(theme=saved, by=self.request.user, moves_pins="is_sensitive" in self.form.changed_data)
        return saved
