"""django-newsletter's own sender, with our words in its message: sends to so many whenever it is told to.

Run as `python -m benchmarks.peers.newsletter_at SMTP_PORT READERS` by the peers' Python; reads the words as HTML from the file
that NEWSLETTER_WORDS names, and prints seconds a mail as one JSON line.
"""

import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.conf import settings

FOLDER = Path(os.environ["NEWSLETTER_DIR"])


def main(smtp_port: int, readers: int) -> None:
    settings.configure(
        SECRET_KEY="x" * 50,
        SITE_ID=1,
        ROOT_URLCONF="newsletter.urls",
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sites",
            "sorl.thumbnail",
            "newsletter",
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "newsletter.sqlite3"}},
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        NEWSLETTER_THUMBNAIL="sorl-thumbnail",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=smtp_port,
        STATIC_URL="/static/",
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        LOGGING_CONFIG=None,
    )
    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    # Theirs: it has the name of a package of ours, which is not on this process's path.
    theirs: Any = import_module("newsletter.models")
    call_command("migrate", verbosity=0)
    paper = theirs.Newsletter.objects.create(
        title="Together", slug="together", email="together@example.org", sender="Together"
    )
    message = theirs.Message.objects.create(title="Together", slug="one", newsletter=paper)
    words = Path(os.environ["NEWSLETTER_WORDS"]).read_text()
    theirs.Article.objects.create(title="The news", post=message, text=words, sortorder=10)
    for number in range(readers):
        theirs.Subscription.objects.create(
            name_field="Reader", email_field=f"reader{number}@example.org", newsletter=paper, subscribed=True
        )
    print(json.dumps({"major": django.VERSION[0], "minor": django.VERSION[1]}), flush=True)
    for _ in sys.stdin:
        submission = theirs.Submission.from_message(message)
        submission.publish_date = timezone.now()
        begun = time.perf_counter()
        submission.submit()
        print(json.dumps({"newsletter": (time.perf_counter() - begun) / readers}), flush=True)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
