"""Turtle files as facts that know their file, line and column."""
