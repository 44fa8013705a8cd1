"""How it works, the calculator of deadlines, and norms."""
