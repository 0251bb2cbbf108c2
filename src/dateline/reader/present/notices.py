"""What a browser can be notified of, as the page of preferences offers it."""

from django.conf import settings
from django.utils.translation import gettext

from dateline.reader.contexts import NoticeChoiceContext, NoticesContext
from dateline.reader.present.furniture import Furniture
from dateline.standards.push.vapid import public_text, vapid_key


def notices_offered(furniture: Furniture) -> NoticesContext | None:
    """Return breaking news and an edition's sections; None where nobody can be notified."""
    chosen = settings.DATELINE
    key = chosen.push_key.get_secret_value()
    if not key or not chosen.service_worker:
        return None
    edition = furniture.edition
    breaking = NoticeChoiceContext(
        subject=f"breaking:{edition.code}", label=gettext("Breaking news"), is_first=True
    )
    sections = (
        NoticeChoiceContext(subject=f"section:{section.pk}", label=section.name)
        for section in furniture.sections.values()
        if section.parent_id is None
    )
    return NoticesContext(key=public_text(vapid_key(key)), choices=(breaking, *sections))
