"""The triage lead reads how each question is worded, changes it, and sees at once how it will be asked."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.permissions import StaffRequest, staff_view
from portal.forms import PlainField
from portal.refusals import Refused
from selfreferral.actions.wording import LONGEST, reword
from selfreferral.models import QuestionSet, QuestionWording
from selfreferral.people import ALLOCATE
from selfreferral.questions.wording import Words, is_of_page, page_and_question, versions_of, wordable

LABELS = {
    "asks": "Said to the person",
    "asks_of_other": "Said to somebody who asks for another",
    "hint": "Hint below it",
    "hint_of_other": "Hint for somebody who asks for another",
}


class WordingForm(forms.Form):
    """The words of one question, or those above one page; emptied, the words of the code come back."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, key: str, now: Words) -> None:
        super().__init__(data, auto_id="words_%s", label_suffix="", initial=asdict(now))
        of_the_code = asdict(wordable()[key])
        for name, label in LABELS.items():
            if name == "hint_of_other" and is_of_page(key):
                continue
            ours = of_the_code[name]
            without = "what the person is told" if name.endswith("_of_other") else "nothing"
            self.fields[name] = PlainField(
                label=label,
                required=False,
                max_length=LONGEST[name],
                help_text=f"If you leave it empty: {ours or without}",
                widget=forms.Textarea(attrs={"autocomplete": "off", "rows": 2}),
            )

    @property
    def words(self) -> Words:
        return Words(**self.cleaned_data)


@staff_view(ALLOCATE)
@require_safe
def wordings(request: StaffRequest) -> HttpResponse:
    """Every question in order, with who last chose other words and when."""
    pages = QuestionWording.objects.asked_now()
    changed = {row.key: row for row in QuestionWording.objects.select_related("changed_by")}
    rows = [
        {"key": key, "words": words, "is_page": is_of_page(key), "changed": changed.get(key)}
        for key, words in wordable(pages).items()
    ]
    context = {"rows": rows, "versions": QuestionSet.objects.count()}
    return render(request, "selfreferral/admin/wordings.html", context)


@staff_view(ALLOCATE)
@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: StaffRequest, key: str) -> HttpResponse:
    """One question: its words, how it looks with them, and how it was asked before."""
    if key not in wordable():
        raise Http404
    form = WordingForm(request.POST if request.method == "POST" else None, key=key, now=_now(key))
    if form.is_bound and form.is_valid():
        try:
            reword(key=key, words=form.words, by=request.user, now=timezone.now())
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(
                request, "It is asked like this from now on: on the site, on paper, and when you type it in."
            )
            return redirect("selfreferral_staff:wording", key=key)
    page, question = page_and_question(key, QuestionWording.objects.asked_now())
    context = {
        "form": form,
        "key": key,
        "page": page,
        "question": question,
        "changed": QuestionWording.objects.for_key(key).select_related("changed_by").first(),
        "versions": versions_of(key, QuestionSet.objects.order_by("-first_used_at")),
    }
    return render(request, "selfreferral/admin/wording.html", context, status=400 if form.errors else 200)


def _now(key: str) -> Words:
    return wordable(QuestionWording.objects.asked_now()).get(key, Words())
