"""The barest Django there is: one view, no middleware, no database."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(SECRET_KEY="x" * 50, ROOT_URLCONF=__name__, ALLOWED_HOSTS=["localhost"], MIDDLEWARE=[])


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"Hello, world", headers={"Content-Length": "12"})


urlpatterns = [path("", hello)]
application = get_wsgi_application()
