"""What people ask of the graph: values for parameters, answers, things and names."""
