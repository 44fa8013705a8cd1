"""Bodies, the directory, sources, contradictions, changes, and the page about us."""
