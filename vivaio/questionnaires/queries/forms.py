"""Forms and their versions, for who looks after them."""

from django.db.models import Count, QuerySet

from vivaio.people.models import Person
from vivaio.programmes import queries as programmes
from vivaio.questionnaires.models import Form, FormDraft, FormVersion

READ, EDIT = "calls.read", "calls.edit"


def forms_for(person: Person) -> QuerySet[Form]:
    """The forms that a person may read, with how many versions each has and how many answered it."""
    return (
        Form.objects.filter(programme__in=programmes.programmes_where(person, READ))
        .select_related("programme")
        .annotate(
            version_count=Count("versions", distinct=True),
            response_count=Count("versions__responses", distinct=True),
        )
        .order_by("programme__title", "title")
    )


def startable_by(person: Person) -> bool:
    """Whether a person may begin a form in some programme."""
    return programmes.programmes_where(person, EDIT).exists()


def draft_of(form: Form) -> FormDraft | None:
    """The next version of a form, while people work on it."""
    return FormDraft.objects.filter(form=form).select_related("changed_by").first()


def versions_for(person: Person) -> QuerySet[FormVersion]:
    """The versions of those forms, newest first, with how many answered each."""
    return (
        FormVersion.objects.filter(form__programme__in=programmes.programmes_where(person, READ))
        .select_related("form__programme", "published_by")
        .annotate(response_count=Count("responses"))
        .order_by("form_id", "-number")
    )
