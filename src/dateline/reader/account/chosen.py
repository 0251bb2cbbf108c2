"""What a reader chooses: name, picture, preferences, whom and what not to see."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from dateline.common.pictures import PictureRefused, plain_jpeg
from dateline.reader.account.contexts import (
    AccountPreferencesContext,
    AvatarContext,
    AvatarPageContext,
    MutedContext,
    OwnPageContext,
)
from dateline.reader.account.forms import AvatarForm, NameForm, PreferencesForm, WordsForm
from dateline.reader.account.own import own_page
from dateline.reader.account.replies import offer_replies, save_replies
from dateline.reader.account.shell import edition_in, lead, page_for, show
from dateline.reader.faces import avatar_address
from dateline.readers.actions import (
    hear_reader,
    mute_words,
    rename_reader,
    save_preferences,
    set_avatar,
)
from dateline.readers.errors import NameRefused
from dateline.readers.models import MutedReader, Reader

SIDE = 192


@own_page
def rename(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Take another display name."""
    form = NameForm(request.POST or None, initial={"name": reader.display_name})
    if request.method == "POST" and form.is_valid():
        try:
            rename_reader(by=reader.account, reader=reader, name=form.cleaned_data["name"])
        except NameRefused as error:
            form.add_error("name", str(error))
        else:
            return lead("account")
    context = OwnPageContext(
        page=page_for(request, _("Your name")),
        form=form,
        lead=_("What you wrote before will show the new name too."),
        action=_("Save"),
        back_url=lead("account")["Location"],
    )
    return show(request, context)


@own_page
def picture(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Take a picture of the reader's own, or draw one from the name again."""
    form = AvatarForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and request.POST.get("how") == "drop":
        set_avatar(by=reader.account, reader=reader, data=b"")
        return lead("account")
    if request.method == "POST" and form.is_valid():
        try:
            data = plain_jpeg(form.cleaned_data["picture"], side=SIDE, is_square=True)
        except PictureRefused as error:
            form.add_error("picture", str(error))
        else:
            set_avatar(by=reader.account, reader=reader, data=data)
            return lead("account")
    context = AvatarPageContext(
        page=page_for(request, _("Your picture")),
        form=form,
        avatar=AvatarContext(url=avatar_address(reader), name=reader.display_name),
        is_brought=bool(reader.avatar),
    )
    return show(request, context)


@own_page
def preferences(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Store how the reader likes the site."""
    form = PreferencesForm(request.POST or None, instance=reader)
    offer_replies(form, reader)
    if request.method == "POST" and form.is_valid():
        save_replies(request, form, reader)
        chosen = {name: form.cleaned_data[name] for name in form.Meta.fields}
        save_preferences(by=reader.account, reader=reader, chosen=chosen)
        return lead("account", edition=edition_in(reader.language))
    page = page_for(request, _("Your preferences"))
    return show(request, AccountPreferencesContext(page=page, form=form))


@own_page
def muted(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show whom and what the reader does not want to see, and change it."""
    if request.method == "POST" and "hear" in request.POST:
        _hear(reader, request.POST["hear"])
        return lead("account_muted")
    words = "\n".join(reader.muted_words.values_list("word", flat=True))
    form = WordsForm(request.POST or None, initial={"words": words})
    if request.method == "POST" and form.is_valid():
        mute_words(by=reader.account, reader=reader, words=form.cleaned_data["words"].splitlines())
        return lead("account_muted")
    rows = MutedReader.objects.filter(reader=reader).select_related("muted")
    context = MutedContext(
        page=page_for(request, _("Muted")),
        form=form,
        readers=tuple((row.muted_id, row.muted.display_name) for row in rows),
    )
    return show(request, context)


def _hear(reader: Reader, number: str) -> None:
    row = MutedReader.objects.filter(reader=reader, muted=int(number) if number.isdigit() else 0)
    found = row.select_related("muted").first()
    if found is not None:
        hear_reader(by=reader.account, reader=reader, muted=found.muted)
