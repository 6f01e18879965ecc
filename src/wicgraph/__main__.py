"""`python -m wicgraph` is `wicgraph`."""

from wicgraph.cli import main

if __name__ == "__main__":
    main()
