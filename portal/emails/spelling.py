"""The one spelling by which an e-mail address is known, however it was typed."""


def one_spelling(address: str) -> str:
    """In small letters and without space around it; a domain with letters of its own ("bücher.example") by its ASCII name.

    What is no such domain stays as it is: this only compares, and refuses nothing.
    """
    small = address.strip().lower()
    name, at, domain = small.rpartition("@")
    if not at or domain.isascii() or "ß" in domain or "ς" in domain:
        return small
    try:
        return f"{name}@{domain.encode('idna').decode('ascii').lower()}"
    except UnicodeError:
        return small
