"""Where the screens about readers stand in the Wagtail admin, and the list of topics."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.slug import SlugInput

from newsletter.models import Topic
from newsletter.permissions import KEEP_READERS
from newsletter.views import readers

SCREENS: list[URLPattern] = [
    path("newspaper/readers/", readers.readers, name="newspaper_readers"),
    path("newspaper/readers/new/", readers.write_down, name="newspaper_write_down"),
    path("newspaper/readers/posted/", readers.posted, name="newspaper_posted"),
    path("newspaper/readers/posted/take-out/", readers.take_out, name="newspaper_take_out"),
    path("newspaper/readers/<int:number>/", readers.reader, name="newspaper_reader"),
    path("newspaper/readers/<int:number>/stop/", readers.stop, name="newspaper_stop_reader"),
    path("newspaper/readers/<int:number>/hand-out/", readers.hand_out, name="newspaper_hand_out_reader"),
    path("newspaper/readers/<int:number>/erase/", readers.erase, name="newspaper_erase_reader"),
    path("newspaper/readers/<int:number>/settle/", readers.settle_post, name="newspaper_settle_post"),
]


class ReadersMenuItem(MenuItem):
    """Seen by those who keep the list of readers."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(KEEP_READERS))


def readers_menu_item() -> MenuItem:
    return ReadersMenuItem("Readers", reverse("newspaper_readers"), name="readers", icon_name="group", order=152)


class TopicViewSet(ModelViewSet):
    """What readers may choose to hear about."""

    model = Topic
    name = "newspaper-topics"
    icon = "tag"
    menu_label = "Topics of the newspaper"
    menu_order = 310
    add_to_reference_index = False
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = ("name", "position")
    panels = [
        TitleFieldPanel("name", placeholder="Food and warm rooms"),
        FieldPanel("slug", widget=SlugInput),
        FieldPanel("position"),
    ]
