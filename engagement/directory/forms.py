"""What staff say about a session."""

from django import forms

from engagement.directory.actions.sessions import LONGEST_REASON
from portal.forms import PlainField


class SessionForm(forms.Form):
    """Which session, and why it is off."""

    on = forms.DateField()
    reason = PlainField(required=False, max_length=LONGEST_REASON)
