"""What people agree to, word for word; a new wording is a new version and the old ones stay."""

WORDINGS: dict[str, str] = {
    "2026-11": (
        "Send me the newspaper by e-mail when a new issue comes out. "
        "You will use my address for nothing else, and I can stop it at any time with one link."
    ),
    "2026-12": (
        "Send me the newspaper by e-mail, about what I chose and as often as I chose. "
        "You will use my address for nothing else, and I can stop it at any time with one link."
    ),
    "2026-12-post": (
        "Post the newspaper to me. You will use my name and address for nothing else, "
        "and I can stop it at any time: I ring you or write to you."
    ),
}
CURRENT = "2026-12"
CURRENT_POST = "2026-12-post"
