"""Pages kept in a Redis that several processes and machines share; without it the portal is slower and nothing else.

Named in ``cache._store`` and imported only where a Redis is set.
"""

import logging
from typing import Any

from flask import Flask
from flask_caching.backends.rediscache import RedisCache
from redis.exceptions import RedisError

PATIENCE = 0.25
"""Seconds. Making a page takes less than waiting longer for it."""

log = logging.getLogger(__name__)


class SharedPageStore(RedisCache):
    """A Redis that may be away."""

    @classmethod
    def factory(cls, app: Flask, config: dict[str, Any], args: list[Any], kwargs: dict[str, Any]) -> "SharedPageStore":
        """Connect when first asked."""
        patience = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
        made = super().factory(app, {**config, "CACHE_OPTIONS": patience}, args, kwargs)
        assert isinstance(made, cls)
        return made

    def get(self, key: str) -> Any:
        """Return what is kept, None where nothing is or nobody answers."""
        try:
            return super().get(key)
        except RedisError as failure:
            log.warning("The store of pages does not answer: %s", type(failure).__name__)
            return None

    def set(self, key: str, value: Any, timeout: Any = None) -> Any:
        """Keep a value, or do without."""
        try:
            return super().set(key, value, timeout)
        except RedisError as failure:
            log.warning("The store of pages does not take anything: %s", type(failure).__name__)
            return False
