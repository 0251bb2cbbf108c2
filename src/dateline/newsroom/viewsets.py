"""The newsroom's screens: the Desk, and the few lists around it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column, DateColumn, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.snippets.views.snippets import CreateView as SnippetCreateView
from wagtail.snippets.views.snippets import SnippetViewSet

from dateline.newsroom.forms import StoryForm, StorylineForm
from dateline.newsroom.obstacles import obstacle
from dateline.newsroom.own_stories import of_own
from dateline.people.actions import delete_person, save_person
from dateline.people.models import Person
from dateline.stories.desk_queries import with_obstacles
from dateline.stories.models import Story
from dateline.stories.ownership import CHANGE, seen_by
from dateline.topics.actions import (
    delete_section,
    delete_storyline,
    delete_topic,
    save_edition,
    save_section,
    save_storyline,
    save_topic,
)
from dateline.topics.models import Edition, Section, Storyline, Topic

ONE_LINE = {"placeholder": _("Headline"), "data-one-line": ""}
"""A headline wraps on the screen and has no line breaks of its own: `one-line.js`."""
WRITE = [
    FieldPanel("kicker"),
    FieldPanel("headline", classname="title", widget=AdminAutoHeightTextInput(attrs=ONE_LINE)),
    FieldPanel("standfirst"),
    FieldRowPanel(
        [
            FieldPanel("dateline_place"),
            FieldPanel("dateline_date"),
            FieldPanel("dateline_agency"),
        ],
        heading=_("Dateline"),
    ),
    FieldPanel("body"),
    InlinePanel("bylines", [FieldPanel("person"), FieldPanel("role")], heading=_("Bylines")),
]
FACTS = [
    FieldPanel("section"),
    FieldPanel("storyline"),
    FieldRowPanel([FieldPanel("kind"), FieldPanel("urgency")]),
    FieldPanel("slugline"),
    FieldPanel("short_headline"),
    FieldPanel("language"),
    FieldPanel("translation_of", permission=CHANGE),
    FieldPanel("source"),
    InlinePanel("story_topics", [FieldPanel("topic")], heading=_("Topics")),
]
PICTURE = [FieldPanel("lead_picture"), FieldPanel("lead_caption")]
NOTES = [FieldPanel("editors_note"), FieldPanel("note_to_editors"), PublishingPanel()]


class WriteView(SnippetCreateView):
    """A new story begins in the section its writer last wrote for, so that autosave can start."""

    def get_initial_form_instance(self) -> Story:
        """Return an empty story with its section."""
        mine = Story.objects.filter(latest_revision__user=self.request.user).order_by("-changed_at")
        section = mine.values_list("section", flat=True).first()
        first = Section.objects.order_by("edition", "position", "pk").values_list("pk", flat=True)
        return Story(section_id=section or first.first())


class StoryViewSet(SnippetViewSet):
    """The Desk: every story, whatever its state."""

    model = Story
    icon = "doc-full-inverse"
    menu_label = _("Desk")
    menu_name = "desk"
    menu_order = 100
    add_to_admin_menu = True
    base_url_path = "stories"
    add_view_class = WriteView
    list_display = [
        "headline",
        Column("slugline", label=_("Slugline"), accessor="slugline"),
        Column("section", label=_("Section"), accessor="section"),
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        DateColumn("published_at", label=_("Published"), sort_key="published_at"),
        LiveStatusTagColumn(label=_("Status")),
        Column("obstacle", label=_("Kept back"), accessor=obstacle),
        UpdatedAtColumn(label=_("Updated")),
    ]
    list_filter = ["section", "kind", "urgency", "live", "storyline"]
    list_per_page = 40
    ordering = ["-changed_at", "-id"]
    search_backend_name = None
    search_fields = ["headline", "slugline", "dateline_place"]
    edit_handler = TabbedInterface(
        [
            ObjectList(WRITE, heading=_("Text")),
            ObjectList(FACTS, heading=_("Facts")),
            ObjectList(PICTURE, heading=_("Picture")),
            ObjectList(NOTES, heading=_("Notes")),
        ],
        base_form_class=StoryForm,
    )

    def construct_view(self, view_class: Any, **kwargs: Any) -> Any:
        """Return a view that keeps others' stories from who works on their own alone."""
        return of_own(super().construct_view(view_class, **kwargs))

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the stories without their bodies, which no list shows."""
        stories = Story.objects.select_related("section", "edition", "live_revision")
        stories = stories.defer("body", "note_to_editors", "editors_note")
        return with_obstacles(seen_by(request.user, stories))  # type: ignore[arg-type]


class _Told:
    """Shows what an action refuses beside the field it speaks of."""

    def form_valid(self, form: Any) -> Any:
        """Store what the form says, or show the form again with the refusal."""
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except ValidationError as refused:
            for field, errors in refused.error_dict.items():
                form.add_error(field if field in form.fields else None, errors)
            self.is_valid(form)  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]


def _viewset_views(save: Any, delete: Any) -> dict[str, Any]:
    """Return views that store and remove by our actions, so that each change has its entry."""

    class Create(_Told, generic.CreateView):
        def save_instance(self) -> Any:
            return save(self.request.user, self.form.save(commit=False))

    class Edit(_Told, generic.EditView):
        def save_instance(self) -> Any:
            self.has_content_changes = self.form.has_changed()
            return save(self.request.user, self.form.save(commit=False))

    class Delete(generic.DeleteView):
        def delete_action(self) -> None:
            delete(self.request.user, self.object)

        def form_valid(self, form: Any) -> Any:
            """Remove it, or say that something still needs it."""
            try:
                return super().form_valid(form)
            except ProtectedError:
                told = _("It cannot be deleted: stories or other things still need it.")
                messages.error(self.request, told)
                return redirect(self.get_success_url())

    return {"add_view_class": Create, "edit_view_class": Edit, "delete_view_class": Delete}


class SectionViewSet(ModelViewSet):
    """Sections, their taglines and addresses."""

    model = Section
    icon = "folder-open-inverse"
    menu_label = _("Sections")
    menu_order = 200
    add_to_admin_menu = True
    list_display = ["name", "tagline", "edition", "parent", "path"]
    form_fields = [
        *("edition", "parent", "name", "tagline", "slug", "shared_key", "position"),
        *("opens_chats", "chat_hours"),
    ]
    list_filter = ["edition"]
    search_backend_name = None
    add_view_class, edit_view_class, delete_view_class = _viewset_views(
        lambda by, section: save_section(by=by, section=section),
        lambda by, section: delete_section(by=by, section=section),
    ).values()


class TopicViewSet(ModelViewSet):
    """What stories are about."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_order = 210
    add_to_admin_menu = True
    list_display = ["name", "kind", "edition", "media_topic", "wikidata_id"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("edition"), FieldPanel("kind")]),
            FieldPanel("name"),
            FieldPanel("slug"),
            FieldPanel("description"),
            InlinePanel(
                "aliases", [FieldPanel("name"), FieldPanel("language")], heading=_("Other names")
            ),
            FieldPanel("picture"),
            FieldRowPanel([FieldPanel("media_topic"), FieldPanel("wikidata_id")]),
            FieldPanel("shared_key"),
        ]
    )
    list_filter = ["edition", "kind"]
    search_backend_name = None
    search_fields = ["name"]
    add_view_class, edit_view_class, delete_view_class = _viewset_views(
        lambda by, topic: save_topic(by=by, topic=topic),
        lambda by, topic: delete_topic(by=by, topic=topic),
    ).values()


class StorylineViewSet(ModelViewSet):
    """Running stories that stories are a part of."""

    model = Storyline
    icon = "history"
    menu_label = _("Storylines")
    menu_order = 205
    add_to_admin_menu = True
    list_display = [
        "name",
        "edition",
        DateColumn("ended_at", label=_("Ended"), sort_key="ended_at"),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("edition"),
            FieldPanel("name"),
            FieldPanel("slug"),
            FieldPanel("standfirst"),
            FieldPanel("shared_key"),
            FieldPanel("is_over"),
        ],
        base_form_class=StorylineForm,
    )
    list_filter = ["edition"]
    search_backend_name = None
    search_fields = ["name"]
    add_view_class, edit_view_class, delete_view_class = _viewset_views(
        lambda by, storyline: save_storyline(by=by, storyline=storyline),
        lambda by, storyline: delete_storyline(by=by, storyline=storyline),
    ).values()


class PersonViewSet(ModelViewSet):
    """People bylines name."""

    model = Person
    icon = "group"
    menu_label = _("People")
    menu_order = 220
    add_to_admin_menu = True
    list_display = ["name", "title"]
    form_fields = ["name", "slug", "title", "description", "portrait", "account"]
    search_backend_name = None
    search_fields = ["name"]
    add_view_class, edit_view_class, delete_view_class = _viewset_views(
        lambda by, person: save_person(by=by, person=person),
        lambda by, person: delete_person(by=by, person=person),
    ).values()


class EditionViewSet(ModelViewSet):
    """Sites in one language each."""

    model = Edition
    icon = "site"
    menu_label = _("Editions")
    menu_order = 700
    add_to_settings_menu = True
    list_display = ["name", "code", "language", "direction", "is_default"]
    form_fields = [
        "code",
        "name",
        "tagline",
        "agency",
        "language",
        "direction",
        "timezone",
        "is_default",
        "position",
    ]
    search_backend_name = None
    delete_view_enabled = False
    add_view_class, edit_view_class, _delete = _viewset_views(
        lambda by, edition: save_edition(by=by, edition=edition), None
    ).values()
