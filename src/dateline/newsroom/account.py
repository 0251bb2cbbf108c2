"""The page of one's own account: Wagtail's, but a portrait is stored as pixels and nothing else."""

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.forms import ValidationError
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel

from dateline.common.pictures import PictureRefused, plain_jpeg

SIDE = 400


class PlainAvatarForm(AvatarPreferencesForm):
    """Draws an uploaded portrait anew, so that no file name, place or camera stays with it."""

    def clean_avatar(self) -> Any:
        """Return the portrait as a new file, at most 400 pixels wide and high.

        Raises:
            ValidationError: the picture cannot be read to its end.
        """
        file = self.cleaned_data.get("avatar")
        if not file or file == self._original_avatar:
            return self._original_avatar
        try:
            return _plain(file)
        except PictureRefused as error:
            raise ValidationError(str(error)) from error


class PlainAvatarPanel(AvatarSettingsPanel):
    """The panel with our form."""

    form_class = PlainAvatarForm


class Account(AccountView):
    """Wagtail's page of one's own account with our panel for the portrait."""

    def get_panels(self) -> list[Any]:
        """Return Wagtail's panels, that of the portrait replaced."""
        return [_ours(panel) for panel in super().get_panels()]


def _ours(panel: Any) -> Any:
    if isinstance(panel, AvatarSettingsPanel):
        return PlainAvatarPanel(panel.request, panel.user, panel.profile)
    return panel


def _plain(file: Any) -> InMemoryUploadedFile:
    data = plain_jpeg(file, side=SIDE)
    return InMemoryUploadedFile(
        io.BytesIO(data), "avatar", "portrait.jpg", "image/jpeg", len(data), None
    )
