"""The archive as a file: a tar that is locked with age as it is written, in bounded memory, and opened the same way."""

import hashlib
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

import pyrage

from portal.operations.backup.words import CannotBackUp, CannotRestore, trouble_with_disk

AGE_MARK = b"age-encryption.org/"
CHUNK = 1024 * 1024
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
MANIFEST = "manifest.json"
MEDIA = "media"
_BLOCK = tarfile.BLOCKSIZE


@dataclass
class Tar:
    """The bytes of a tar, drawn as somebody reads them; keeps the sum of each member and what could not be read whole."""

    sums: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def file(self, name: str, path: Path) -> Iterator[bytes]:
        """One file; gone when its turn comes, it is noted and left out."""
        try:
            file = path.open("rb")
        except FileNotFoundError:
            self.missing.append(name)
            return
        with file:
            size = path.stat().st_size
            yield _head(name, size)
            left, total = size, hashlib.sha256()
            while left and (piece := file.read(min(CHUNK, left))):
                total.update(piece)
                left -= len(piece)
                yield piece
        if left:
            # The head has promised its length.
            self.missing.append(name)
            while left:
                piece = bytes(min(CHUNK, left))
                total.update(piece)
                left -= len(piece)
                yield piece
        self.sums[name] = total.hexdigest()
        yield _fill(size)

    def words(self, name: str, content: bytes) -> Iterator[bytes]:
        """One short file that is at hand."""
        yield _head(name, len(content))
        yield content
        yield _fill(len(content))

    def end(self) -> Iterator[bytes]:
        yield bytes(2 * _BLOCK)


def _head(name: str, size: int) -> bytes:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry.tobuf(tarfile.PAX_FORMAT)


def _fill(size: int) -> bytes:
    return bytes(-size % _BLOCK)


class _Drawn:
    """Reads like a file from pieces that are drawn as they are wanted; keeps the error that ended them."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.rest = pieces, memoryview(b"")
        self.error: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            while not self.rest:
                self.rest = memoryview(next(self.pieces))
        except StopIteration:
            return b""
        except Exception as error:
            self.error = error
            raise
        size = len(self.rest) if size < 0 else size
        piece, self.rest = self.rest[:size], self.rest[size:]
        return bytes(piece)


def recipients_from(keys: Sequence[str]) -> list[Any]:
    """Who can open an archive: public keys of age (age1…) or of SSH."""
    found: list[Any] = []
    for key in (key.strip() for key in keys if key.strip()):
        kind = pyrage.ssh if key.startswith("ssh-") else pyrage.x25519
        try:
            found.append(kind.Recipient.from_str(key))
        except pyrage.RecipientError:
            raise CannotBackUp(f"“{key[:12]}…” in BACKUP_AGE_RECIPIENTS is no public key of age.") from None
    return found


def identities_from(path: Path) -> list[Any]:
    """The private keys in a file as age-keygen writes it, or one of SSH."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CannotRestore(f"The file with the key cannot be read: {trouble_with_disk(error)}.") from None
    try:
        if b"PRIVATE KEY-----" in content[:100]:
            return [pyrage.ssh.Identity.from_buffer(content)]
        lines = [line.strip() for line in content.decode("ascii", "replace").splitlines()]
        keys = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError:
        keys = []
    if not keys:
        raise CannotRestore("The file with the key holds no private key of age.")
    return keys


def write(pieces: Iterator[bytes], to: BinaryIO, recipients: Sequence[Any]) -> None:
    """Write a tar, locked for the recipients, or as it is where there are none."""
    if not recipients:
        for piece in pieces:
            to.write(piece)
        return
    drawn = _Drawn(pieces)
    noting = _Noting(to)
    try:
        pyrage.encrypt_io(drawn, noting, list(recipients))
    except (pyrage.EncryptError, OSError) as error:
        raise drawn.error or noting.error or error from None


class _Noting:
    """Writes to a file and keeps the error that it met, which age would only tell of in words."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.error: OSError | None = None

    def write(self, piece: bytes) -> int:
        try:
            return self.file.write(piece)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        self.file.flush()


def is_locked(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(AGE_MARK)) == AGE_MARK


def unlock(path: Path, to: Path, identities: Sequence[Any]) -> None:
    """Open an archive into a plain tar. Age proves that no byte of it was changed or is missing."""
    with path.open("rb") as locked, to.open("xb") as plain:
        noting = _Noting(plain)
        try:
            pyrage.decrypt_io(locked, noting, list(identities))
        except pyrage.DecryptError:
            raise noting.error or CannotRestore("This key does not open the archive.") from None
        except OSError as error:
            raise noting.error or CannotRestore(
                "The archive is damaged: it was changed, or its end is missing."
            ) from error


def unpack(tar: Path, folder: Path) -> None:
    """Take the members out, each a plain file in its place; anything else in there is refused whole."""
    try:
        with tarfile.open(tar, "r:") as archive:
            for entry in archive:
                _take_out(archive, entry, folder)
    except (tarfile.TarError, EOFError, UnicodeError):
        raise CannotRestore("The archive is damaged: it cannot be read to its end.") from None


def _take_out(archive: tarfile.TarFile, entry: tarfile.TarInfo, folder: Path) -> None:
    if not entry.isreg() or not is_safe(entry.name):
        raise CannotRestore("The archive holds something that no backup of ours has, so nothing of it is used.")
    content, target = archive.extractfile(entry), folder / entry.name
    assert content is not None
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with content, target.open("xb") as file:
        while piece := content.read(CHUNK):
            file.write(piece)
    target.chmod(0o640 if entry.name.startswith(f"{MEDIA}/") else 0o600)


def is_safe(name: str) -> bool:
    """Whether a member has a name that a backup of ours gives: no way out of the folder."""
    if name in {MANIFEST, *DATABASES.values()}:
        return True
    parts = PurePosixPath(name).parts
    return len(parts) > 1 and parts[0] == MEDIA and ".." not in parts and "\\" not in name and "\0" not in name
