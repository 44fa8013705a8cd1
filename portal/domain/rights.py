"""Who may do what at the desk: roles as people hold them, rights as routes ask for them."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Role(StrEnum):
    """What somebody at the desk is there for. An account may hold several."""

    EDITOR = "editor"
    CONFIRMER = "confirmer"
    ADMIN = "admin"


class Right(StrEnum):
    """What a route of the desk asks of whoever calls it."""

    SEE = "see"
    RECORD = "record"
    CONFIRM = "confirm"
    CORRECT = "correct"
    MANAGE = "manage"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.EDITOR: frozenset({Right.SEE, Right.RECORD}),
    Role.CONFIRMER: frozenset({Right.SEE, Right.CONFIRM, Right.CORRECT}),
    Role.ADMIN: frozenset({Right.SEE, Right.MANAGE}),
}
"""An editor records; a confirmer confirms and corrects; an admin manages accounts and erases personal values."""


def rights_of(roles: Iterable[str]) -> frozenset[Right]:
    """Return what somebody with these roles may do. Raises ``ValueError`` for a role that there is none of."""
    return frozenset().union(*(RIGHTS[Role(role)] for role in roles))
