"""How pages lie in a store: as bytes. Nothing is unpickled, so whoever can write to the store cannot run code here."""

from cachelib.serializers import BaseSerializer


class Unpickled(BaseSerializer):
    """Takes and gives bytes as they are."""

    def dumps(self, value: bytes, protocol: int = 0) -> bytes:
        """Return the bytes."""
        return value

    def loads(self, bvalue: bytes) -> bytes:
        """Return the bytes."""
        return bvalue
