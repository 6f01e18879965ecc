"""Which wicgraph this is."""

from importlib.metadata import PackageNotFoundError, version


def release() -> str:
    """Name the version that is installed, such as 0.1.0."""
    try:
        return version("wicgraph")
    except PackageNotFoundError:
        return "(not installed)"
