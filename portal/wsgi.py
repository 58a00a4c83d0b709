"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from portal.memory import share_heaps
from portal.pages.kept_first import KeptFirst
from portal.serving import allow_connections
from portal.slow_visitors import Patient

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
allow_connections()
share_heaps()
application = KeptFirst(Patient(get_wsgi_application()))
