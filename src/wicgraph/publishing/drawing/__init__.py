"""Pictures: boxes, lines and texts with their places, written as SVG."""

from wicgraph.publishing.drawing.looks import Style
from wicgraph.publishing.drawing.picture import (
    Box,
    Edge,
    Line,
    Picture,
    Shapes,
    Text,
    column,
    svg,
    wrapped,
)

__all__ = [
    "Box",
    "Edge",
    "Line",
    "Picture",
    "Shapes",
    "Style",
    "Text",
    "column",
    "svg",
    "wrapped",
]
