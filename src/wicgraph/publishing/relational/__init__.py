"""The graph as tables with keys, and the files that hold them: CSV, SQLite, Parquet."""
