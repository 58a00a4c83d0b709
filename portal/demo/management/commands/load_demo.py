"""Builds the demo village in this database."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.core.management.base import BaseCommand

from portal.demo.village import SIGN_INS, build_village


class Command(BaseCommand):
    """Safe to run twice; refuses outside development, because everybody knows the demo's addresses."""

    help = "Build Horden Together's demo site in a development database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--password", default="", help="the staff's password; a random one is made and printed")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEMO_ALLOWED:
            raise CommandError("The demo has sign-ins that everybody knows: it is for development settings only.")
        password = options["password"] or secrets.token_urlsafe(12)
        build_village(password=password)
        self.stdout.write("The demo village stands.")
        if not options["password"]:
            self.stdout.write(f"Staff sign in with the password {password}")
            for email, title in SIGN_INS:
                self.stdout.write(f"  {email:<28} {title}")
