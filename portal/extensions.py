"""Flask extensions that are neither the database nor the languages."""

from flask_migrate import Migrate

migrate = Migrate(render_as_batch=True)
