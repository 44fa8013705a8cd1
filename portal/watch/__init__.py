"""The official portal as it is read: politely, one request at a time, and without the names of whoever signed."""
