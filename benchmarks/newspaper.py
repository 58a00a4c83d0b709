"""What sending the newspaper costs beside the barest loop there is, and whether many readers cost more than few."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from benchmarks.databases import databases
from benchmarks.measure import Row
from benchmarks.peers import environment
from benchmarks.rehearsal import ROOT, Rehearsal, take_turns

FEW, MANY, ROUNDS = 1_000, 100_000, 9
PEERS_READERS = 40


def rows() -> list[Row]:
    """On every database there is; ways of sending take turns on one local sink, so that a slow moment hits all alike."""
    with _sink() as ports, databases() as known, tempfile.TemporaryDirectory(prefix="together-bench-") as scratch:
        found = []
        for name, database in known.items():
            folder = Path(scratch) / name
            folder.mkdir()
            shared = {"NEWSLETTER_DIR": str(folder), "NEWSLETTER_WORDS": str(folder / "words.html")}
            with ExitStack() as stack:
                words = (*ports, str(FEW), str(MANY))
                at = Rehearsal("benchmarks.newspaper_at", *words, surroundings=database(0) | shared)
                stack.callback(at.close)
                peer = Rehearsal(
                    str(ROOT / "benchmarks" / "peers" / "newsletter_at.py"),
                    ports[0],
                    str(PEERS_READERS),
                    surroundings=shared,
                    python=environment.python(),
                )
                stack.callback(peer.close)
                take_turns([at, peer], rounds=ROUNDS)
            found += [Row(f"{name}: {row.what}", row.figure, row.how) for row in _figures(at, peer)]
        return found


@contextmanager
def _sink() -> Iterator[list[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.mail_sink"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield process.stdout.readline().split()
    finally:
        process.stdin.close()
        process.wait(timeout=60)


def _figures(at: Rehearsal, peer: Rehearsal) -> list[Row]:
    def speed(way: str, beside: str) -> str:
        """How many times as many mails a second as the other way, the two of one round compared."""
        ratios = [taken[beside] / taken[way] for taken in at.rounds]
        return f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"

    beside_peer = [theirs["newsletter"] / ours["ours"] for theirs, ours in zip(peer.rounds, at.rounds, strict=True)]
    version = ".".join(str(part) for part in (peer.facts["major"], peer.facts["minor"]))
    facts = at.facts
    size = f"{facts['bytes'] / 1000:.0f} kB of words"
    mails = " · ".join(f"{1 / median(taken[way] for taken in at.rounds):,.0f}" for way in ("bare", "ours"))
    grown = facts["peak many"] - facts["peak few"]
    kept = "each batch of 20 safe on the disk before its first byte"
    return [
        Row(
            "our engine : a bare smtplib loop",
            speed("ours", "bare"),
            f"ledger included, {kept}; {size} against 1 byte; the mail server takes commands in groups (RFC 2920), as most do; "
            "aim 0.6 on SQLite, 0.5 on PostgreSQL",
        ),
        Row(
            "the same, one command at a time",
            speed("one by one", "bare"),
            "a mail server without groups; ledger included",
        ),
        Row("our engine : Django's send_messages", speed("ours", "django"), "one line; each mail made by itself"),
        Row("our engine : each rendered, a new line each", speed("ours", "afresh"), "aim 4"),
        Row(
            "our engine : django-newsletter",
            f"{median(beside_peer):.2f} ({min(beside_peer):.2f} to {max(beside_peer):.2f})",
            f"its own sender on Django {version} and SQLite, the same words as HTML, no ledger; {PEERS_READERS} a round",
        ),
        Row("Django's send_messages : the bare loop", speed("django", "bare"), "one line, no ledger"),
        Row("each rendered, a new line each : the bare loop", speed("afresh", "bare"), "no ledger"),
        Row(
            "anymail's batches : the bare loop",
            speed("anymail", "bare"),
            "ledger included; 1,000 a call to loopback HTTP",
        ),
        Row("mails a second", mails, "the bare loop · our engine"),
        Row("load", f"{os.getloadavg()[2]:.1f}", "the machine's own average of the last 15 minutes; 0 is a quiet one"),
        Row(
            "the whole sending", f"{facts['send few']:.1f} · {facts['send many']:.1f} s", f"{FEW:,} · {MANY:,} readers"
        ),
        Row("freezing", f"{facts['freeze few']:.2f} · {facts['freeze many']:.2f} s", f"{FEW:,} · {MANY:,} readers"),
        Row(
            "memory that many take more than few",
            f"{grown:.1f} MB",
            f"peak {facts['peak many']:.0f} MB; frozen and sent; SQLite maps its file, which counts here",
        ),
    ]
