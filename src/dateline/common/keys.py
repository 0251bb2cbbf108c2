"""Keys: short names for addresses, and long ones that nobody can guess."""

import secrets

KEY_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Letters of a key: none that is taken for another when read aloud."""
KEY_LENGTH = 8
KEY = rf"[{KEY_LETTERS}]{{{KEY_LENGTH}}}"
"""A key as a regular expression."""


def new_key() -> str:
    """Return a key that nothing has yet, as far as chance can tell."""
    return "".join(secrets.choice(KEY_LETTERS) for _ in range(KEY_LENGTH))


def new_secret() -> str:
    """Return 32 letters for an address that is open to whoever knows it: 192 bits of chance."""
    return secrets.token_urlsafe(24)
