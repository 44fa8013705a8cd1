"""The read-only JSON interface, documented in ``docs/api.md``."""

from flask import Blueprint

bp = Blueprint("api", __name__, url_prefix="/api/v1")
