"""Makes the secret keys of a development machine once and keeps them readable by their owner only."""

import base64
import json
import os
import secrets
import tempfile
from pathlib import Path


def development_keys(var_dir: Path) -> dict[str, str]:
    """The keys in `var/dev-keys.json` (mode 600), made on first use; a half-written file is never left behind."""
    path = var_dir / "dev-keys.json"
    if path.exists():
        keys: dict[str, str] = json.loads(path.read_text())
        return keys
    var_dir.mkdir(parents=True, exist_ok=True)
    made = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "REFERRAL_KEYS": _thirty_two_bytes(),
        "INDEX_KEY": _thirty_two_bytes(),
    }
    handle, name = tempfile.mkstemp(dir=var_dir, prefix="dev-keys-")
    with os.fdopen(handle, "w") as file:
        json.dump(made, file)
    try:
        os.link(name, path)
    except FileExistsError:
        return development_keys(var_dir)
    finally:
        os.unlink(name)
    return made


def _thirty_two_bytes() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
