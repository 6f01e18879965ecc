"""What people ask of the graph: stored queries, parameters, answers and names."""
