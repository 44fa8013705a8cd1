"""A file to import, and the yes to what it would do."""

from typing import Any

from wtforms import HiddenField

from portal.i18n.locale import lazy_gettext
from portal.web.desk.forms.base import DeskForm, FileField, LineField, Required


class ImportForm(DeskForm):
    """A file, and why it is brought in."""

    file = FileField(
        lazy_gettext("File"),
        description=lazy_gettext("CSV, XLSX or a register file (YAML), at most 5 MB and 10,000 rows."),
    )
    reason = LineField(
        lazy_gettext("Why"),
        validators=[Required()],
        description=lazy_gettext(
            "Stands in the public log of changes with each petition that the file changes. Name no private person."
        ),
    )

    def sent(self) -> bytes:
        """Return the bytes of the file; none where no file was chosen."""
        upload: Any = self.file.data
        if not hasattr(upload, "read"):
            return b""
        data: bytes = upload.read()
        upload.close()  # What is large lies in a file of the system until then.
        return data


class CarryOutForm(DeskForm):
    """The yes: which file, and which difference was shown."""

    digest = HiddenField()
    shown = HiddenField()
    reason = HiddenField()
