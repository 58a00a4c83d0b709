"""The forms in which staff keep groups and whom to ask there; saving one calls the action."""

from typing import Any

from engagement.directory.actions.organisations import add_or_change_organisation, keep_contact
from engagement.directory.editing.two_tabs import OnceForm
from engagement.directory.models import Contact, Organisation


class OrganisationForm(OnceForm):
    """A group."""

    def save(self, commit: bool = True) -> Organisation:
        if self.instance.pk is None:
            return self.once(lambda: add_or_change_organisation(organisation=self.instance, by=self.for_user))
        return add_or_change_organisation(organisation=self.instance, by=self.for_user, **self.typed)


class ContactForm(OnceForm):
    """Somebody to ask; shown to everybody only where the person said so."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_public"].help_text = "Only if this person said that it may be."

    def save(self, commit: bool = True) -> Contact:
        if self.instance.pk is None:
            return self.once(lambda: keep_contact(contact=self.instance, by=self.for_user))
        return keep_contact(contact=self.instance, by=self.for_user, **self.typed)
