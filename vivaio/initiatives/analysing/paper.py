"""A profile of needs as a document to take along: PDF/UA, the same bytes each time."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from vivaio.initiatives.models import Profile
from vivaio.initiatives.states import Level
from vivaio.kit import documents, formats


def written(profile: Profile, language: str) -> bytes:
    """What was agreed, dimension by dimension, with who and when."""
    programme = profile.initiative.programme
    with override(language):
        rows = [
            {
                "title": one.title_i18n,
                "points": one.points,
                "level": str(Level(one.level).label),
                "hours": str(one.hours),
            }
            for one in profile.ratings.all()
        ]
        data = {
            "programme": str(programme),
            "lead": f"{profile.initiative.title} · {profile.round.title_i18n}",
            "facts": [
                (_("Agreed on"), formats.instant(profile.agreed_at, programme.time_zone)),
                (_("Written down by"), str(profile.agreed_by or "–")),
                (_("Who was there"), profile.present),
            ],
            "heads": [_("Dimension"), _("Out of 100"), "", _("Comes to"), _("Hours needed")],
            "rows": rows,
            "caption": _("Profile of needs"),
            "agreed": profile.words,
            "words": _("What was agreed"),
        }
        title = _("Profile of needs")
        return documents.pdf(
            "initiatives/profile",
            data,
            title=title,
            language=language,
            author=str(programme),
            at=profile.agreed_at,
        )
