"""What people agree to, word for word; a new wording is a new version and the old ones stay."""

WORDINGS: dict[str, str] = {
    "2026-11": (
        "Send me the newspaper by e-mail when a new issue comes out. "
        "You will use my address for nothing else, and I can stop it at any time with one link."
    ),
}
CURRENT = "2026-11"
