from frameworks.models.library import Action, Practice
from frameworks.models.parts import (
    Cell,
    Elsewhere,
    Example,
    Level,
    OfficialBand,
    Pillar,
    Source,
    Statement,
)
from frameworks.models.versions import Framework, Frozen, Version

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
