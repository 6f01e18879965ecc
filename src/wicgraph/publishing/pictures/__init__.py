"""What is drawn of the graph: connections, things, editions and who organized them."""

from wicgraph.publishing.pictures.connection import connection_picture
from wicgraph.publishing.pictures.matrix import matrix_picture
from wicgraph.publishing.pictures.thing import thing_picture
from wicgraph.publishing.pictures.timeline import timeline_picture

__all__ = [
    "connection_picture",
    "matrix_picture",
    "thing_picture",
    "timeline_picture",
]
