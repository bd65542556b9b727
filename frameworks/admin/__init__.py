from frameworks.admin import cells, examples, library, parts, statements, versions

__all__ = ["cells", "examples", "library", "parts", "statements", "versions"]
