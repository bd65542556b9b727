from assessment.admin import rounds, versions

__all__ = ["rounds", "versions"]
