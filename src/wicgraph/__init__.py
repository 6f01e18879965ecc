"""The World Internet Conference as a knowledge graph with sources."""
