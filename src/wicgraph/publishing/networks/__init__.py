"""The graph as a network for Gephi, Cytoscape and the like."""
