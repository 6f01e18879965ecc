"""What is drawn of the graph: connections, and things with their neighbours."""

from wicgraph.publishing.pictures.connection import connection_picture
from wicgraph.publishing.pictures.thing import thing_picture

__all__ = ["connection_picture", "thing_picture"]
