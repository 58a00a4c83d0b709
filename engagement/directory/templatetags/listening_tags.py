"""The form of people who want to hear when a session is off, for the page of an activity."""

from django import template

from engagement.directory.listening.forms import ListenForm

register = template.Library()


@register.simple_tag
def listen_form() -> ListenForm:
    """A fresh form: one field."""
    return ListenForm()
