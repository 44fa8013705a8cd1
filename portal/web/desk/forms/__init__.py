"""The forms of the desk, a module per task; ``base`` has what they share."""
