"""Choosing where a link in copy leads: to an address; there are no pages to choose from."""

from typing import Any

from wagtail.admin.forms.choosers import ExternalLinkChooserForm, URLOrAbsolutePathField
from wagtail.admin.views.chooser import ExternalLinkView


class AddressField(URLOrAbsolutePathField):
    """Wagtail's field, which breaks where a form comes without it."""

    def to_python(self, value: Any) -> str:
        """Return the address as text."""
        address: str = super().to_python(value or "")
        return address


class LinkForm(ExternalLinkChooserForm):
    """Wagtail's form with our field."""

    url = AddressField(required=True, label=ExternalLinkChooserForm.base_fields["url"].label)


class LinkView(ExternalLinkView):
    """Wagtail's screen with our form."""

    form_class = LinkForm
