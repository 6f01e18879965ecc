"""What is wrong with the graph, where, and what to do about it."""
