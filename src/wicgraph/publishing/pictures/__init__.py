"""What is drawn of the graph: things, connections, editions, classes and patterns."""

from wicgraph.publishing.pictures.classes import class_picture
from wicgraph.publishing.pictures.connection import connection_picture
from wicgraph.publishing.pictures.matrix import matrix_picture
from wicgraph.publishing.pictures.pattern import pattern_picture
from wicgraph.publishing.pictures.thing import thing_picture
from wicgraph.publishing.pictures.timeline import timeline_picture

__all__ = [
    "class_picture",
    "connection_picture",
    "matrix_picture",
    "pattern_picture",
    "thing_picture",
    "timeline_picture",
]
