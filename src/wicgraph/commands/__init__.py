"""The commands, by what they work on; each imports what it needs when it is run."""
