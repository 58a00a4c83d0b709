"""The lists that the coordinator keeps: themes, consultations and named places, on Wagtail's own screens."""

from django.forms import CheckboxSelectMultiple, RadioSelect
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList, TitleFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.slug import SlugInput

from engagement.comments.consultation_form import ConsultationForm
from engagement.comments.list_views import EditConsultation, EditTheme, KeepWhatIsInUse, ShownElsewhere
from engagement.comments.models import Consultation, Theme
from portal.geo.models import NamedPlace


def yes_or_no(name: str, label: str) -> Column:
    """A column that says yes or no."""
    return Column(name, label=label, accessor=lambda one: "Yes" if getattr(one, name) else "No", sort_key=name)


class WhereToRead(Column):
    """The page that everybody sees, and the report."""

    cell_template_name = "comments/admin/where_to_read_cell.html"


class ListViewSet(ModelViewSet):
    """A short list under Settings, with nothing but what it needs."""

    add_to_reference_index = False
    add_to_settings_menu = True
    copy_view_enabled = False
    delete_view_class = KeepWhatIsInUse
    list_per_page = 50


class ThemeViewSet(ListViewSet):
    """What comments are about."""

    model = Theme
    name = "comment-themes"
    icon = "tag"
    menu_label = "Themes of comments"
    menu_order = 300
    list_display = ("name", yes_or_no("is_active", "Offered"), yes_or_no("is_sensitive", "Shown roughly"), "position")
    edit_view_class = EditTheme
    panels = [
        TitleFieldPanel("name", placeholder="Streets and bins"),
        FieldPanel("slug", widget=SlugInput),
        FieldRowPanel([FieldPanel("position"), FieldPanel("is_active")]),
        FieldPanel("is_sensitive"),
    ]


class ConsultationViewSet(ListViewSet):
    """Conversations, the standing one first."""

    model = Consultation
    name = "consultations"
    icon = "group"
    menu_label = "Consultations"
    menu_order = 310
    list_display = (
        "name",
        "opens_on",
        "closes_on",
        yes_or_no("is_listed", "Shown to everybody"),
        yes_or_no("is_open", "Takes comments"),
        WhereToRead("page", label="To read"),
    )
    edit_view_class = EditConsultation
    edit_handler = ObjectList(
        [
            HelpPanel(template="comments/admin/where_to_read.html"),
            TitleFieldPanel("name", placeholder="The park"),
            FieldPanel("slug", widget=SlugInput),
            FieldPanel("question"),
            FieldPanel("about"),
            FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")]),
            FieldPanel("area"),
            FieldPanel("themes", widget=CheckboxSelectMultiple),
            FieldPanel("moderation", widget=RadioSelect),
            FieldRowPanel([FieldPanel("staffed_from"), FieldPanel("staffed_until")]),
            FieldRowPanel([FieldPanel("is_listed"), FieldPanel("is_open")]),
        ],
        base_form_class=ConsultationForm,
    )


class NamedPlaceViewSet(ListViewSet):
    """Places as people here call them."""

    model = NamedPlace
    name = "named-places"
    icon = "site"
    menu_label = "Named places"
    menu_order = 320
    list_display = ("name", "kind", yes_or_no("is_listed", "Offered"), "position")
    edit_view_class = ShownElsewhere
    search_fields = ("name",)
    panels = [
        TitleFieldPanel("name", placeholder="Third Street"),
        FieldPanel("slug", widget=SlugInput),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("position"), FieldPanel("is_listed")]),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
    ]
