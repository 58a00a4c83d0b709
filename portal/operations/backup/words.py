"""What can go wrong with backups, in one line for whoever runs the command."""

import errno


class CannotBackUp(Exception):
    """No archive was made, and nothing half-written is left."""


class CannotRestore(Exception):
    """The archive cannot be put back, and nothing was changed."""


def trouble_with_disk(error: OSError) -> str:
    """Why the disk said no, without the path of anything."""
    if error.errno == errno.ENOSPC:
        return "the disk is full"
    return (error.strerror or type(error).__name__).lower()
