"""A store elsewhere, any that speaks SPARQL 1.1: filled with the graph, and asked.

The store gets each graph under its name, and the merged ones under two more, so that
no answer depends on what a store takes for its default graph. It is asked for exactly
these graphs, with the dataset that the protocol of SPARQL lets a client name.
"""
