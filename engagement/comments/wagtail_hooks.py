"""Hangs the moderation desk, the actions and the coordinator's lists into the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from engagement.comments.actions.sessions import RUN
from engagement.comments.desk.viewsets import ChecklistViewSet, SavedReplyViewSet
from engagement.comments.views import acting, added, answering, desk, looking, many, photos
from engagement.comments.views.session_addresses import SESSION_SCREENS
from engagement.comments.viewsets import ConsultationViewSet, NamedPlaceViewSet, ThemeViewSet
from engagement.comments.workflow import MODERATE


class CommentsMenuItem(MenuItem):
    """Shown to those who look after comments."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(MODERATE))


@hooks.register("register_admin_menu_item")
def comments_menu_item() -> MenuItem:
    return CommentsMenuItem("Comments", reverse("comments_desk"), name="comments", icon_name="comment", order=120)


class SessionsMenuItem(MenuItem):
    """Shown to those who meet people face to face."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(RUN))


@hooks.register("register_admin_menu_item")
def sessions_menu_item() -> MenuItem:
    return SessionsMenuItem("Face to face", reverse("comments_sessions"), name="sessions", icon_name="group", order=125)


@hooks.register("register_admin_urls")
def session_urls() -> list[Any]:
    return SESSION_SCREENS


@hooks.register("register_admin_viewset")
def coordinators_lists() -> list[Any]:
    return [ThemeViewSet(), ConsultationViewSet(), NamedPlaceViewSet(), SavedReplyViewSet(), ChecklistViewSet()]


@hooks.register("register_admin_urls")
def comments_urls() -> list[Any]:
    one = "comments/<str:reference>/"
    return [
        path("comments/", desk.desk, name="comments_desk"),
        path("comments/many/", many.decide_ticked, name="comments_desk_many"),
        path("comments/many/undo/", many.undo_ticked, name="comments_desk_many_undo"),
        path("comments/added/", added.added, name="comments_desk_added"),
        path("comments/added/<int:number>/decide/", added.decide_added, name="comments_desk_decide_added"),
        path("comments/added/<int:number>/undo/", added.undo_added, name="comments_desk_undo_added"),
        path("comments/actions/", acting.actions, name="comments_desk_actions"),
        path("comments/actions/add/", acting.action, name="comments_desk_action_add"),
        path("comments/actions/<int:number>/", acting.action, name="comments_desk_action"),
        path("comments/actions/<int:number>/news/", acting.news, name="comments_desk_action_news"),
        path("comments/actions/<int:number>/take-back/", acting.take_back, name="comments_desk_action_take_back"),
        path(one, answering.comment, name="comments_desk_comment"),
        path(f"{one}decide/", desk.decision, name="comments_desk_decide"),
        path(f"{one}photo/", photos.for_staff, name="comments_desk_photo"),
        path(f"{one}undo/", desk.undo_decision, name="comments_desk_undo"),
        path(f"{one}take-out/", desk.take_out, name="comments_desk_take_out"),
        path(f"{one}put-back/", desk.put_back, name="comments_desk_put_back"),
        path(f"{one}open/", looking.still_here, name="comments_desk_open"),
        path(f"{one}shut/", looking.shut, name="comments_desk_shut"),
        path(f"{one}check/", looking.check, name="comments_desk_check"),
        path(f"{one}pass-on/", looking.pass_on, name="comments_desk_pass_on"),
        path(f"{one}pin/", answering.pin, name="comments_desk_pin"),
        path(f"{one}answer/", answering.answer, name="comments_desk_answer"),
        path(f"{one}link/", answering.link, name="comments_desk_link"),
    ]
