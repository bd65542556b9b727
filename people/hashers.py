from django.contrib.auth.hashers import Argon2PasswordHasher


class TunedArgon2(Argon2PasswordHasher):
    """Django's defaults take 100 MiB a sign-in: sixteen at once would take the machine. These figures are OWASP's."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
