from frameworks.models.library import Action, Practice
from frameworks.models.versions import (
    Cell,
    Elsewhere,
    Example,
    Framework,
    Frozen,
    Level,
    OfficialBand,
    Pillar,
    Source,
    Statement,
    Version,
)

__all__ = [
    "Action",
    "Cell",
    "Elsewhere",
    "Example",
    "Framework",
    "Frozen",
    "Level",
    "OfficialBand",
    "Pillar",
    "Practice",
    "Source",
    "Statement",
    "Version",
]
