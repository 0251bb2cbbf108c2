"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes and one lane.

    Source: OWASP Password Storage Cheat Sheet, second recommended set. About a quarter of the time
    of Django's own 100 MiB set, which a login page under load cannot afford.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
