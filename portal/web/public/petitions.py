"""Home, the list of petitions, and a petition's page."""
