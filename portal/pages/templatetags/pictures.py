"""An editor's picture on a page."""

from django import template

from portal.pages.drawn import drawn

register = template.Library()
register.simple_tag(drawn, name="picture_of")
