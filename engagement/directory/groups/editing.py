"""The forms in which staff keep groups and whom to ask there; saving one calls the action."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm

from engagement.directory.actions.organisations import add_or_change_organisation, keep_contact
from engagement.directory.models import Contact, Organisation


class OrganisationForm(WagtailAdminModelForm):
    """A group."""

    def save(self, commit: bool = True) -> Organisation:
        return add_or_change_organisation(organisation=self.instance, by=self.for_user)


class ContactForm(WagtailAdminModelForm):
    """Somebody to ask; shown to everybody only where the person said so."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_public"].help_text = "Only if this person said that it may be."

    def save(self, commit: bool = True) -> Contact:
        return keep_contact(contact=self.instance, by=self.for_user)
