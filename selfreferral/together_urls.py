"""Staff addresses for what is done with others: /staff/agreements/, /staff/shared/ and /staff/erasures/."""

from django.urls import path

from selfreferral.views import agreements, erasing, shared

app_name = "selfreferral_together"
urlpatterns = [
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/record/", agreements.record, name="agreement_record"),
    path("agreements/<uuid:pk>/end/", agreements.end, name="agreement_end"),
    path("shared/", shared.shared_with_you, name="shared"),
    path("shared/<uuid:pk>/", shared.shared_with_you_one, name="shared_one"),
    path("erasures/", erasing.erasures, name="erasures"),
    path("erasures/<uuid:pk>/", erasing.erasure, name="erasure"),
    *(
        path(f"erasures/<uuid:pk>/{answer}/", erasing.decide, {"answer": answer}, name=f"erasure_{answer}")
        for answer in erasing.ANSWERS
    ),
]
