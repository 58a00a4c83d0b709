"""Says on a page that something went wrong under which number the logs have it."""

from django import template

from portal.logs import number_of_request

register = template.Library()
register.simple_tag(number_of_request)
