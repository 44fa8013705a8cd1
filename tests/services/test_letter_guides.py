"""What stands around a letter is read to the last key: an unknown id, a missing language and a new key are refused."""

from datetime import date, timedelta

import pytest

from portal.services.letter_guides import Named, board, load_board, load_risk, risk
from portal.services.letters import LETTERS

NOBODY = Named(norms=(), sources=(), entries=(), bodies=())


def changed(tmp_path, name, old, new):
    """Write a file of ours with one thing changed, and return where."""
    text = (LETTERS / name).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_shipped_files_are_fine():
    assert {point.key for point in risk().card.points} >= {"name", "copy", "unsigned"}
    assert [card.key for card in board().cards][:2] == ["open", "sign_in"]


@pytest.mark.parametrize(("load", "name"), [(load_risk, "risk.yaml"), (load_board, "board.yaml")])
def test_an_id_that_there_is_not_is_named(load, name):
    with pytest.raises(ValueError, match=rf"^{name}: .*: there is no"):
        load(LETTERS / name, NOBODY)


def test_a_text_in_two_languages_is_refused(tmp_path):
    path = changed(tmp_path, "risk.yaml", ', en: "Read this before you write"', "")
    with pytest.raises(ValueError, match=r"risk.yaml: card: .*no en"):
        load_risk(path, NOBODY)


def test_an_unknown_key_is_refused(tmp_path):
    path = changed(tmp_path, "board.yaml", "changed:", "altered:")
    with pytest.raises(ValueError, match=r"^board.yaml: "):
        load_board(path, NOBODY)


def test_what_nobody_checked_is_not_said_to_be_checked():
    assert board().portal.checked_on is None
    assert all(target.email is None for target in board().targets if target.checked_on is None)


def test_an_address_is_shown_for_ninety_days_after_somebody_checked_it():
    target = board().targets[0]
    checked_on = date(2026, 9, 1)
    checked = target.model_copy(update={"checked_on": checked_on})
    assert not target.is_current(checked_on)
    assert checked.is_current(checked_on + timedelta(days=90))
    assert not checked.is_current(checked_on + timedelta(days=91))
