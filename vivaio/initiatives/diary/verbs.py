"""What happened to diaries, in words for the register."""

from django.utils.translation import gettext_lazy as _

from vivaio.journal.verbs import declare

declare("initiatives.diary_written", _("{actor} wrote in a diary."))
declare("initiatives.diary_changed", _("{actor} changed an entry of a diary."))
declare("initiatives.diary_deleted", _("{actor} deleted an entry of a diary."))
declare("initiatives.diary_let_through", _("{actor} let an entry of a diary go on line."))
declare("initiatives.diary_to_change", _("{actor} asked to change an entry of a diary."))
declare("initiatives.diary_commented", _("{actor} commented on a diary."))
declare("initiatives.diary_comment_taken_back", _("{actor} took back a comment on a diary."))
