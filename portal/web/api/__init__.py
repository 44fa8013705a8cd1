"""The read-only JSON interface, documented in ``docs/api.md``."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from portal.web.api.answers import PlainJSON

bp = Blueprint("api", __name__, url_prefix="/api/v1")


@bp.record_once
def write_json_as_it_is(state: BlueprintSetupState) -> None:
    """Answer in UTF-8 with the fields in the order of the documentation, errors of the application included."""
    state.app.json = PlainJSON(state.app)


from portal.web.api import answers, routes  # noqa: E402  (the routes need the blueprint above)

bp.before_request(answers.choose_language)
bp.after_app_request(answers.set_headers)
bp.register_error_handler(answers.Unclear, answers.say_what_is_unclear)

__all__ = ["bp", "routes"]
