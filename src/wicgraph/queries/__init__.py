"""Stored queries as they are written: files, headers, and what is amiss in them."""
