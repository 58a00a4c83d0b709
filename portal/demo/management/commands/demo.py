"""Runs the demo village: makes what is missing, then serves it until Ctrl-C."""

import os
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal.demo.collecting import Collecting
from portal.demo.processes import is_port_free, run
from portal.demo.village import SIGN_INS, is_loaded


class Command(BaseCommand):
    """`python3 manage.py demo`: the first command of the README."""

    help = "Run the demo village: web and worker on this machine, with example people and real venues."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=None, help="address to listen on (HOST, else 127.0.0.1)")
        parser.add_argument("--port", type=int, default=None, help="port to listen on (PORT, else 8000)")
        parser.add_argument("--reload", action="store_true", help="start anew whenever a file of the code is saved")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEMO_ALLOWED:
            raise CommandError("The demo runs with development settings only.")
        host, port = options["host"] or settings.HOST, options["port"] or settings.PORT
        if not is_port_free(host, port):
            raise CommandError(f"Something already listens on {host}:{port}. Choose another: --port {port + 1}")
        collecting = None if settings.DEBUG else Collecting(settings.STATIC_ROOT)
        if collecting:
            collecting.begin()
        self._migrate()
        password = demo_password(settings.VAR_DIR)
        if not is_loaded():
            self.stdout.write("Building the village …")
            call_command("load_demo", password=password, stdout=self.stdout)
        if collecting and not collecting.finish():
            raise CommandError("The style sheets and scripts could not be collected; why stands above.")
        base_url = f"http://localhost:{port}"
        code = run(
            host=host,
            port=port,
            base_url=base_url,
            when_ready=lambda: self._welcome(base_url, password),
            reload=options["reload"],
        )
        self.stdout.write("\nStopped.")
        if code:
            raise CommandError("The web server or the worker ended by itself; its words are above.")

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database …")
            call_command("migrate", verbosity=0)

    def _welcome(self, base_url: str, password: str) -> None:
        lines = [f"  {email:<28} {title}" for email, title in SIGN_INS]
        self.stdout.write(
            "\n".join(
                [
                    "",
                    f"Together is running: {base_url}",
                    f"Staff sign in at {base_url}/staff/ with the password {password}",
                    *lines,
                    f"Mails are files in {settings.MAIL_DIR}",
                    "Ctrl-C stops it.",
                    "",
                ]
            )
        )
        self.stdout.flush()


def demo_password(var_dir: Path) -> str:
    """The demo's password, made once and readable by its owner only."""
    path = var_dir / "demo-password.txt"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        password = "-".join(secrets.token_hex(2) for _ in range(4))
        file.write(password)
    return password
