"""Where every URL name leads in the small world, and what is sent there to change something."""

import json
from typing import Any

from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

from tests.house import grown
from tests.house.world import World
from vivaio.applications.notice import version_of
from vivaio.calls.notices import queries as notices
from vivaio.calls.notices.forms import NoticeForm
from vivaio.mailroom import stopping
from vivaio.mailroom.categories import BY_CHOICE
from vivaio.questionnaires.editor import marks


def names() -> list[str]:
    """Every URL name of the installation."""

    def walk(resolver: Any, prefix: str) -> Any:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                yield from walk(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
            else:
                yield f"{prefix}{entry.name}"

    return sorted(set(walk(get_resolver(), "")))


def _of(call: Any, key: str = "call", **more: Any) -> dict[str, Any]:
    return {"programme": call.programme.slug, key: call.slug, **more}


def arguments(world: World) -> dict[str, dict[str, Any]]:
    """The arguments of each name that takes some."""
    slug = {"slug": world.programme.slug}
    given = {
        "programmes:bulk_runs": slug,
        "programmes:bulk_run": {**slug, "pk": world.run.pk},
        "programmes:bulk_carry_out": {**slug, "pk": world.prepared_run.pk},
        "programmes:bulk_take_back": {**slug, "pk": world.run.pk},
        "kit:guide_picture": {"name": "it-texts"},
        "account_confirm_email": {"key": "nothing"},
        "account_reset_password_from_key": {"uidb36": "a", "key": "b"},
        "mfa_edit_webauthn": {"pk": 0},
        "mfa_remove_webauthn": {"pk": 0},
        "gateway_start": {"gateway": "nothing"},
        "gateway_back": {"gateway": "nothing"},
        "people:account": {"pk": world.locked_out.pk},
        "people:correct_birth": {"pk": world.locked_out.pk},
        "people:part_gateway": {"pk": world.gateway.pk},
        "api:revoke": {"pk": world.own_token.pk},
        "v1:nowhere": {"rest": "nothing"},
        **_for_programs(world),
        "people:stop_letters": {"token": stopping.SIGNER.sign(world.sent.pk.hex)},
        "people:end_session": {"pk": world.other_session.pk},
        "blueprints:shipped": {"name": "miracolo-a-milano"},
        "blueprints:export": slug,
        "questionnaires:form": {"pk": world.version.form_id},
        "questionnaires:preview": {"pk": world.version.pk, "number": 1},
        "questionnaires:download": {"pk": world.version.pk},
        "calls:public_list": {"programme": world.programme.slug},
        "calls:document": {"pk": world.document.pk},
        "people:cancel_invitation": {"pk": world.organisation.pk, "invitation": world.member_invitation.pk},
        "people:end_membership": {"pk": world.organisation.pk, "membership": world.member.pk},
        "people:change_part": {"pk": world.organisation.pk, "membership": world.member.pk},
        "people:invitation": {"token": world.member_token},
        "people:decline": {"token": world.member_token},
        "programmes:publication_act": {**slug, "act": "close"},
        "programmes:resend": {**slug, "pk": world.role_invitation.pk},
        "programmes:cancel": {**slug, "pk": world.role_invitation.pk},
        "programmes:end_role": {**slug, "pk": world.holding.pk},
        "desk:held": {**slug, "batch": world.batch},
        "desk:release": {**slug, "batch": world.batch},
        "desk:letter_retry": {**slug, "pk": world.failed.pk},
        "desk:letter_arrived": {**slug, "pk": world.to_verify.pk},
        "desk:letter_not_arrived": {**slug, "pk": world.to_verify.pk},
        "applications:apply": _of(world.open, "slug"),
        "applications:self_check": _of(world.open, "slug"),
        "applications:received": _of(world.shut, "slug"),
        "applications:own_letters": _of(world.shut, "slug"),
        "applications:own_letter": {"pk": world.letter_to_write.pk},
        "applications:own_letter_discard": {"pk": world.letter_to_write.pk},
        "applications:dossiers": _of(world.shut, "slug"),
        "applications:dossier": {"pk": world.dossier.pk},
        "applications:dossier_progress": {"pk": world.dossier_under_way.pk},
        "applications:dossier_cancel": {"pk": world.dossier_under_way.pk},
        "applications:dossier_delete": {"pk": world.dossier.pk},
        "applications:dossier_volume": {"pk": world.volume.pk},
        "applications:filters": _of(world.shut, "slug"),
        "applications:figures": _of(world.shut, "slug"),
        "applications:confirm_all": _of(world.shut, "slug"),
        "applications:application": {"pk": world.handed.pk},
        "applications:withdraw": {"pk": world.handed.pk},
        "applications:copy": {"pk": world.draft.pk},
        "applications:copy_from": {"pk": world.draft.pk, "source": world.handed.pk},
        "applications:letter": {"pk": world.handed.pk, "letter": world.own_letter.pk},
        "applications:reopen": {"pk": world.handed.pk},
        "applications:step": {"pk": world.draft.pk, "step": 1},
        "applications:save": {"pk": world.draft.pk},
        "applications:review": {"pk": world.draft.pk},
        "applications:receipt": {"pk": world.waiting.pk, "receipt": world.receipt.pk},
        "applications:file": {"pk": world.waiting.pk, "file": world.attachment.pk},
        "applications:settle": {"pk": world.waiting.pk, "check": world.check.pk},
        "applications:settle_typed": {"pk": world.waiting.pk, "check": world.check.pk},
        "applications:checklist": {"pk": world.waiting.pk},
        "applications:paper": {"pk": world.waiting.pk, "file": world.attachment.pk},
        "applications:signing": {"pk": world.draft.pk},
        "applications:signing_paper": {"pk": world.waiting.pk, "paper": world.paper.pk},
        "applications:signed_file": {"pk": world.waiting.pk, "signature": world.signature.pk},
        "applications:signature_look": {"pk": world.signature.pk},
        "applications:signature_identity": {"pk": world.signature.pk},
        "applications:queue": _of(world.shut, "slug"),
        "applications:proposal_confirm": {"pk": world.proposal.pk},
        "applications:proposal_send_back": {"pk": world.proposal.pk},
        "applications:proposal_take_back": {"pk": world.proposal.pk},
        "applications:undecide": {"pk": world.excluded.pk},
        "applications:integration_step": {"pk": world.request.pk, "step": 1},
        "applications:integration_remove_file": {"pk": world.request.pk, "file": world.file.pk},
        "jury:outcome": {"application": world.offered.application_id},
        "jury:accept_place": {"application": world.offered.application_id},
        "jury:decline_place": {"application": world.offered.application_id},
    }
    for name in (
        "compare", "draft_questions", "draft_begin", "draft_add", "draft_move", "draft_double", "draft_undo",
        "draft_pick", "draft_texts", "draft_lists", "draft_settings", "draft_preview_save", "draft_news",
        "draft_publish", "draft_discard",
    ):  # fmt: skip
        given[f"questionnaires:{name}"] = {"pk": world.version.form_id}
    for name in ("change", "logic", "limits", "expression", "place", "remove"):
        given[f"questionnaires:draft_{name}"] = {"pk": world.version.form_id, "name": "idea"}
    given["questionnaires:draft_list"] = {"pk": world.version.form_id, "name": "sectors"}
    given["questionnaires:draft_preview"] = {"pk": world.version.form_id, "number": 1}
    for name in ("organisation", "edit", "board", "invite"):
        given[f"people:{name}"] = {"pk": world.organisation.pk}
    for name in ("edit", "phases", "partners", "areas", "amounts", "look", "publication", "look_css", "logo"):
        given[f"programmes:{name}"] = slug
    for name in (
        "roles",
        "invite",
        "privacy",
        "controller",
        "notices",
        "publish_notice",
        "discard_notice",
        "purposes",
        "processing",
    ):
        given[f"programmes:{name}"] = slug
    given["programmes:retention"] = slug
    for name, kind in (("kind", "letters"), ("hold", "letters"), ("lift", "drafts")):
        given[f"programmes:retention_{name}"] = {**slug, "kind": kind}
        given[f"programmes:site_retention_{name}"] = {"kind": "accounts"}
    given["programmes:views"] = {**slug, "key": "applications.received"}
    for name in ("view", "update_view", "delete_view"):
        given[f"programmes:{name}"] = {**slug, "pk": world.view.pk}
    given["programmes:notice"] = {**slug, "number": 1}
    given["programmes:site_notice"] = {"number": 1}
    given["people:download_export"] = {"pk": world.purpose.pk}
    given["programmes:answer_consent"] = {"pk": world.purpose.pk}
    for name in ("invitation", "accept", "decline"):
        given[f"programmes:{name}"] = {"token": world.role_token}
        given[f"jury:{name}"] = {"token": world.jury_token}
    for name in ("programme", "model", "register", "outbox"):
        given[f"desk:{name}"] = slug
    of_call = {**slug, "call": world.open.slug}
    given |= {"desk:call_letters": of_call, "desk:call_sent": of_call}
    for name in ("rehearsal", "rehearsal_end"):
        given[f"desk:{name}"] = {**slug, "call": world.open.slug}
    for name in ("call_letter", "call_letter_html", "call_letter_standard"):
        given[f"desk:{name}"] = {**of_call, "letter": "applications.receipt", "language": "it"}
    for name in ("letter", "letter_html", "letter_release", "letter_cancel"):
        given[f"desk:{name}"] = {**slug, "pk": world.held.pk}
    for name in ("call", "full_text", "questions", "ask", "follow", "question_queue", "notice"):
        given[f"calls:{name}"] = _of(world.open, "slug")
    for name in ("staff_list", "create"):
        given[f"calls:{name}"] = {"programme": world.programme.slug}
    for name in ("manage", "weights", "clone"):
        given[f"calls:{name}"] = _of(world.prepared, "slug")
    for name in ("question", "question_take_back"):
        given[f"calls:{name}"] = _of(world.open, "slug", pk=world.question.pk)
    for name in ("stages", "add_stage", "remove_stage"):
        given[f"calls:{name}"] = _of(world.later_stage, "slug")
    given["calls:act"] = _of(world.open, "slug", act="withdraw")
    given["calls:edit"] = _of(world.prepared, "slug", section="texts")
    given["calls:remove_document"] = _of(world.prepared, "slug", pk=world.prepared_document.pk)
    for name in ("eligibility", "as_pdf", "recheck", "confirm", "exclude", "request_integration"):
        given[f"applications:{name}"] = {"pk": world.waiting.pk}
    given["applications:de_minimis_list"] = _of(world.aid, "slug")
    for name in ("de_minimis", "de_minimis_total", "de_minimis_copy", "de_minimis_sign"):
        given[f"applications:{name}"] = {"pk": world.to_sign.pk}
    given["applications:de_minimis_check"] = {"pk": world.signed.pk}
    given["applications:de_minimis_file"] = {"pk": world.signed.pk, "verification": world.visura.pk}
    for name in ("integration", "integration_cancel"):
        given[f"applications:{name}"] = {"pk": world.request.pk}
    return given | _of_the_longlist(world) | _of_the_jury(world) | _of_the_public_site(world)


def _for_programs(world: World) -> dict[str, dict[str, Any]]:
    """What programs ask for."""
    of = {"programme": world.programme.slug}
    given: dict[str, dict[str, Any]] = {"v1:read_programme": of, "v1:list_calls": of, "v1:read_awards": of}
    given |= {"api:awards_json": of, "api:awards_csv": of}
    slug = {"slug": world.programme.slug}
    given["api:webhooks"] = slug
    for name in ("webhook", "webhook_switch", "webhook_remove"):
        given[f"api:{name}"] = {**slug, "pk": world.webhook.pk}
    given["api:webhook_again"] = {**slug, "pk": world.webhook.pk, "delivery": world.delivery.pk}
    given["v1:read_call"] = _of(world.open)
    given["v1:read_public_rankings"] = _of(world.published_call)
    given["v1:list_received"] = _of(world.shut)
    given["v1:read_staff_rankings"] = _of(world.with_ranking)
    given["v1:list_staff_comments"] = _of(world.with_comments)
    given["v1:read_received"] = {"id": world.waiting.pk}
    for name in ("read_application", "read_answers", "save_answers", "submit_application"):
        given[f"v1:{name}"] = {"id": world.draft.pk}
    for name in ("withdraw_application", "reopen_application"):
        given[f"v1:{name}"] = {"id": world.handed.pk}
    for name in ("list_before_jury", "declare_conflicts"):
        given[f"v1:{name}"] = {"id": world.assignment.juror_id}
    for name in ("read_sheet", "save_scores", "step_aside"):
        given[f"v1:{name}"] = {"id": world.assignment.pk}
    confirmed = world.discussing.jurors.get(person=world.people["juror"]).assignments.exclude(
        confirmed_at=None
    )
    for name in ("read_discussion", "say_in_discussion"):
        given[f"v1:{name}"] = {"id": confirmed.get(application=world.discussion.application_id).pk}
    given["v1:confirm_scores"] = {"id": world.to_confirm.pk}
    seat = {"id": world.discussing.jurors.get(person=world.people["juror"]).pk}
    given |= {"v1:read_meeting": seat, "v1:answer_meeting": seat}
    practised = seat | {"application": world.practised.pk}
    given |= {"v1:read_practice_sheet": practised, "v1:save_practice_sheet": practised}
    given["v1:read_staff_meeting"] = _of(world.discussing.call)
    return given


def _of_the_public_site(world: World) -> dict[str, dict[str, Any]]:
    of = {"programme": world.programme.slug}
    given: dict[str, dict[str, Any]] = {
        f"publishing:{name}": of
        for name in ("news_list", "library", "gallery", "site", "news_feed", "calendar")
    }
    for name in ("video", "video_file", "poster"):
        given[f"publishing:{name}"] = {"pk": world.video.pk}
    for name in ("shelf", "add"):
        given[f"publishing:{name}"] = {**of, "shelf": "news"}
    for name in ("directory", "join", "followed"):
        given[f"exchange:{name}"] = of
    for name in ("entry", "ask"):
        given[f"exchange:{name}"] = {"pk": world.listed.pk}
    for name in ("edit", "take_out", "put_back"):
        given[f"exchange:{name}"] = {"pk": world.own_entry.pk}
    for name in ("report", "take", "remove"):
        given[f"publishing:accessibility_{name}"] = {"pk": world.report.pk}
    given["publishing:my_report"] = {"pk": world.report.pk}
    given["publishing:own_report"] = {"token": world.report_token}
    given["exchange:introduction"] = {"pk": world.introduction.pk}
    given["exchange:answer"] = {"pk": world.introduction.pk, "answer": "accept"}
    return given | {
        "publishing:news": {**of, "slug": world.news.slug},
        "publishing:card": {"kind": "news", "pk": world.news.pk},
        "publishing:cover": {"pk": world.news.pk},
        "publishing:document": {"pk": world.told_document.pk},
        "publishing:photo": {"pk": world.photo.pk, "size": "small"},
        "publishing:captions": {"pk": world.video.pk, "language": "it"},
        "publishing:edit": {**of, "shelf": "news", "pk": world.news.pk},
        "publishing:act": {**of, "shelf": "news", "pk": world.news.pk, "act": "withdraw"},
    }


def _of_the_longlist(world: World) -> dict[str, dict[str, Any]]:
    slug = {"slug": world.programme.slug}
    given: dict[str, dict[str, Any]] = {
        f"applications:{name}": slug
        for name in ("longlist", "prospect_add", "prospect_import", "prospect_invite_many")
    }
    for name in ("prospect", "prospect_edit", "prospect_invite", "prospect_set_aside", "prospect_remove"):
        given[f"applications:{name}"] = {**slug, "pk": world.prospect.pk}
    for name in ("guardian", "tell_birth", "guardian_again"):
        given[f"applications:{name}"] = {"pk": world.draft.pk}
    for name, token in world.guardian_tokens.items():
        given[f"applications:guardian_{name}"] = {"token": token}
    given["applications:prospect_link"] = {**slug, "pk": world.same.pk}
    given["applications:prospect_bring_back"] = {**slug, "pk": world.aside.pk}
    for name in ("", "_opened", "_interested", "_decline", "_begin"):
        given[f"applications:scouted{name}"] = {"token": world.scouted_token}
    return given


def _of_the_jury(world: World) -> dict[str, dict[str, Any]]:
    given: dict[str, dict[str, Any]] = {}
    for name in (
        "panel", "invite", "invite_many", "conflicts", "conflicts_search", "conflict_record", "assignment",
        "plan", "progress", "remind", "close", "extend",
    ):  # fmt: skip
        given[f"jury:{name}"] = _of(world.judging)
    for name, row in {
        "juror": world.invited_juror,
        "resend": world.invited_juror,
        "remove": world.invited_juror,
        "conflict": world.conflict,
        "conflict_reinstate": world.dismissed,
        "clear": world.unknown,
        "withdraw_clearance": world.cleared,
        "preview": world.plan,
        "apply": world.plan,
        "readers": world.unassigned,
        "add_reader": world.unassigned,
        "lock": world.assignment,
        "shift": world.assignment,
        "take_away": world.assignment,
    }.items():
        given[f"jury:{name}"] = _of(world.judging, pk=row.pk)
    given["jury:ask_confidence"] = given["jury:recusals"] = given["jury:set_replacing"] = _of(world.judging)
    given["jury:give_recused"] = given["jury:undo_recusal"] = _of(world.judging, pk=world.recusal.pk)
    given["jury:blind"] = _of(world.judging)
    judged = world.assignment.application
    given["jury:blinded"] = _of(world.judging, pk=judged.pk)
    given["jury:blind_file"] = _of(world.judging, pk=judged.pk, file=world.drawing.pk)
    given |= _of_comments(world)
    for name in ("reopen", "ranking", "compute"):
        given[f"jury:{name}"] = _of(world.with_ranking)
    given["jury:publish"] = _of(world.adopted_call)
    given["jury:take_back"] = _of(world.adopted_call, pk=world.adopted.pk)
    given["jury:adopt"] = _of(world.with_ranking, pk=world.ranking.pk)
    given["jury:severity"] = _of(world.with_ranking, pk=world.ranking.pk)
    for name in ("entry", "decide"):
        given[f"jury:{name}"] = _of(world.with_ranking, pk=world.entry.pk)
    given["jury:order_tied"] = _of(world.equal_call, pk=world.equals.pk, position=1)
    given["jury:draw"] = _of(world.lots_call)
    given["jury:minutes"] = _of(world.published_call, pk=world.published.pk)
    for name in ("public_ranking", "public_pdf", "public_csv", "public_record", "record"):
        given[f"jury:{name}"] = _of(world.published_call)
    given["jury:go_on"] = _of(world.published_call)
    given["jury:move_up"] = _of(world.published_call, pk=world.offered.pk)
    given["jury:copy_jury"] = _of(world.next_stage)
    for name in ("desk", "criteria", "declaration"):
        given[f"jury:{name}"] = {"panel": world.panel.pk}
    for name in ("sheet", "autosave", "recuse"):
        given[f"jury:{name}"] = {"panel": world.panel.pk, "pk": world.assignment.pk}
    for name in ("staff_meeting", "meeting_notes", "meeting_conclude"):
        given[f"jury:{name}"] = _of(world.discussing.call)
    given["jury:meeting_start"] = _of(world.to_start)
    given["jury:meeting_open"] = _of(world.to_open)
    for name in ("meeting", "meeting_answer", "meeting_ics"):
        given[f"jury:{name}"] = {"panel": world.discussing.pk}
    for name in ("practice", "practice_save"):
        given[f"jury:{name}"] = {"panel": world.discussing.pk, "pk": world.practised.pk}
    given["jury:practice_file"] = given["jury:practice"] | {"file": world.practice_file.pk}
    for name in ("staff_discussions", "close_discussions"):
        given[f"jury:{name}"] = _of(world.discussing.call)
    for name in ("staff_discussion", "staff_discussion_draft", "close_discussion"):
        given[f"jury:{name}"] = _of(world.discussing.call, pk=world.discussion.pk)
    given["jury:reopen_discussion"] = _of(world.discussing.call, pk=world.closed_discussion.pk)
    given["jury:discussions"] = {"panel": world.discussing.pk}
    given["jury:confirm_scores"] = {"panel": world.discussing.pk, "pk": world.to_confirm.pk}
    mine = {"panel": world.discussing.pk, "pk": world.discussion.pk}
    for name in ("discussion", "discussion_draft", "discussion_read", "revise_scores"):
        given[f"jury:{name}"] = mine
    for name in ("remark", "remark_remove"):
        given[f"jury:{name}"] = mine | {"remark": world.own_remark.pk}
        office = {"pk": world.discussion.pk, "remark": world.office_remark.pk}
        given[f"jury:staff_{name}"] = _of(world.discussing.call, **office)
    given["jury:attachment"] = given["jury:sheet"] | {"file": world.drawing.pk}
    return given


def _of_comments(world: World) -> dict[str, dict[str, Any]]:
    call, application = world.with_comments, world.commented_application
    given = {f"jury:{name}": _of(call) for name in ("comments", "comments_release")}
    given |= {f"jury:{name}": _of(call, pk=application.pk) for name in ("comments_of", "comments_ready")}
    for name in ("comment_ready", "comment_ask", "comment_withhold"):
        given[f"jury:{name}"] = _of(call, pk=world.comment.pk)
    for name in ("rewrite", "rewrite_save"):
        given[f"jury:{name}"] = {"panel": call.panel.pk, "pk": world.asked_comment.pk}
    given["jury:comments_pdf"] = {"application": world.offered.application_id}
    return given


def all_of(world: World) -> dict[str, str]:
    """The address of every name. KeyError-like failure, in words, for one that nobody placed in the world."""
    given, lost, found = arguments(world), [], {}
    for part in grown.PARTS:
        given |= part.places(world)
    for name in names():
        try:
            found[name] = reverse(name, kwargs=given.get(name))
        except NoReverseMatch:
            lost.append(name)
    assert not lost, f"say in tests/house/addresses.py where these lead: {lost}"
    return found


# What an address needs behind a question mark when something is sent to it.
HERE = "?here=/it/%3Fsort%3D-number"
QUERY = {"desk:release": "?count=3", "programmes:views": HERE, "programmes:update_view": HERE}


# How it is sent, where not by POST.
METHOD = {
    "v1:save_answers": "patch",
    "v1:save_scores": "patch",
    "v1:declare_conflicts": "put",
    "v1:answer_meeting": "patch",
    "v1:save_practice_sheet": "patch",
}


def as_sent(data: Any) -> dict[str, Any]:
    """A form, or what a script sends."""
    if data and "json" in data:
        return {"data": json.dumps(data["json"]), "content_type": "application/json"}
    return {"data": data}


def _of_the_editor(world: World) -> dict[str, Any]:
    """What is typed in the editor of forms, each made from the draft as it stands."""
    definition = world.form_draft.questionnaire

    def seen(part: str) -> dict[str, str]:
        return {"seen": marks.mark(definition, part)}

    words = {"label_it": "Che cosa fate?", "label_en": "What do you do?"}
    idea = seen(marks.question("idea"))
    of_programme = {
        "programme": str(world.programme.pk),
        "title": "Nuovo",
        "source": "empty",
        "languages": ["it"],
    }
    choices = {"c-0-it": "Casa", "c-0-name": "housing", "c-1-it": "Cultura", "c-1-name": "culture"}
    found = {
        "start": of_programme,
        "draft_begin": {"source": "current"},
        "draft_add": {"offer": "text", **words, "place": "after:idea"},
        "draft_change": {"offer": "long", **words, "name": "idea", **idea},
        "draft_logic": {"relevant-mode": "and", "relevant-0-question": "sector", "relevant-0-operator": "=",
                        "relevant-0-value": "culture", "required-mode": "never", **idea},
        "draft_limits": {"how": "usual", "most": "500", **idea},
        "draft_move": {"up": "idea", "down": "title"},
        "draft_double": {"double": "idea"},
        "draft_place": {"place": "first:"},
        "draft_remove": seen(marks.branch("idea")),
        "draft_undo": {"seen": str(world.form_draft.stamp)},
        "draft_texts": {"key-0": "q:more_0:label", "drawn-0": "", "text-0": "More"},
        "draft_list": {**choices, **seen(marks.choices("sectors"))},
        "draft_settings": {"title_it": "Altro", "languages": ["it", "en"], "first": "it", **seen(marks.SETTINGS)},
        "draft_publish": seen(marks.WHOLE),
        "draft_preview_save": {"json": {"changes": [{"path": "title", "value": "Altro"}]}},
        "draft_expression": {"relevant-source": "1 = 1"},
    }  # fmt: skip
    return {f"questionnaires:{name}": data for name, data in found.items()}


def _of_programs(world: World) -> dict[str, Any]:
    """What programs send."""
    applied = {"track": str(world.open.tracks.first().pk), "organisation": str(world.another.pk)}
    declared = {"declared": True, "noticed": True, "notice": version_of(world.open)}
    return {
        "v1:start_application": {"json": applied},
        "v1:save_answers": {"json": {"changes": [{"path": "idea", "value": "Altro"}]}},
        "v1:submit_application": {"json": declared},
        "v1:say_in_discussion": {"json": {"text": "Da un programma"}},
        "v1:declare_conflicts": {"json": {"applications": []}},
        "v1:step_aside": {"json": {"why": "time"}},
        "v1:save_scores": {"json": {"scores": {"bisogno": 4}}},
        "v1:answer_meeting": {"json": {"coming": "no"}},
        "v1:save_practice_sheet": {"json": {"scores": {"bisogno": 4}}},
    }


def notice_of(call: Any) -> dict[str, Any]:
    """A notice that changes who may apply."""
    fresh = type(call).objects.get(pk=call.pk)
    form = NoticeForm(call=fresh)
    found = {one.key: form.initial[one.key] for one in form.parts if form.initial[one.key] is not None}
    instants = {key: value.isoformat() for key, value in found.items() if hasattr(value, "isoformat")}
    return {
        **found, **instants, "reason_it": "Una svista.", "who-it": "Tutti.", "seen": notices.stands(fresh),
        "publish": "yes",
    }  # fmt: skip


def sent(world: World) -> dict[str, dict[str, Any]]:
    """What a person who may would send; nothing where a press on a button is all."""
    found = _sent_before_the_ranking(world)
    for part in grown.PARTS:
        found |= part.sent(world)
    return found


def _sent_before_the_ranking(world: World) -> dict[str, dict[str, Any]]:
    reason = {"reason": "Lo dice il regolamento."}
    news_chosen = {"act": "publishing.withdraw.news", "row": [str(world.news.pk)]}
    news = {"title_it": "Si parte", "summary_it": "Comincia.", "body_it": "Un passo."}
    until = {"until": "2099-01-01T12:00", **reason}
    return {
        "kit:preview": {"text": "**Ciao**"},
        **_of_the_editor(world),
        "people:notifications": dict.fromkeys((category.code for category in BY_CHOICE), "daily"),
        "people:profile": {"given_name": "Ada", "family_name": "Negri", "language": "it"},
        "people:account": {"certain": "yes"},
        "people:correct_birth": {"born_on": "1990-01-01"},
        "api:webhooks": {"url": "https://127.0.0.1/", "kinds": ["calls"]},
        "api:tokens": {"name": "Rapporto", "scopes": ["applications:read"], "days": "30"},
        **_of_programs(world),
        "calls:stages": {"stage_name": "Presentazione"},
        "calls:add_stage": {
            "first": "Preselezione",
            "name": "Finale",
            "opens_at": "2099-01-01T12:00",
            "closes_at": "2099-02-01T12:00",
        },
        "people:create": {"name": "Gruppo", "kind": "informal_group", "country": "IT"},
        "people:edit": {"name": "Altro nome", "kind": "informal_group", "country": "IT"},
        "people:board": {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"},
        "people:invite": {"email": "new@example.org", "part": "member", "language": "it"},
        "people:change_part": {"part": "administrator"},
        "programmes:invite": {"email": "new@example.org", "role": "auditor", "language": "it"},
        "programmes:views": {"name": "Da decidere", "usual": "on"},
        "programmes:view": {"name": "Da decidere", "usual": "on"},
        "programmes:answer_consent": {"given": "yes"},
        "programmes:retention_kind": {"days": 900},
        "programmes:site_retention_kind": {"days": 900},
        "programmes:retention_hold": {"hold-reason": "Ricorso"},
        "programmes:site_retention_hold": {"hold-reason": "Ricorso"},
        "programmes:controller": {"name": "Comune di Milano"},
        "programmes:site_controller": {"name": "Comune di Milano"},
        "programmes:notices": {"text_it": "Nuove parole", "text_en": "New words"},
        "programmes:site_notices": {"text_it": "Nuove parole", "text_en": "New words"},
        "programmes:edit": {"title": "Altro", "languages": ["it"]},
        "applications:apply": {"track": world.open.tracks.first().pk, "organisation": world.another.pk},
        "applications:step": {"idea": "Altro", "title": "Altro"},
        "applications:review": {"declared": "on"},
        "applications:guardian_asked": {
            "declared": "on",
            "noticed": "on",
            "notice": version_of(world.open),
        },
        "applications:tell_birth": {"born_on": "1990-01-01", "country": "IT"},
        "applications:prospect_add": {"name": "Nuova", "source": "Un convegno"},
        "applications:prospect_edit": {"name": "Altro nome", "source": "Un convegno"},
        "applications:prospect_import": {"text": "Nome\tFonte\nNuova\tUn convegno", "step": "add"},
        "applications:prospect_invite": {"call": world.open.pk, "language": "it", "step": "send"},
        "applications:prospect_invite_many": {
            "call": world.open.pk,
            "language": "it",
            "step": "send",
            "prospect": [world.prospect.pk],
        },
        "applications:prospect_set_aside": reason,
        "applications:prospect_link": {"organisation": world.other.pk},
        "applications:scouted_begin": {
            "track": world.open.tracks.first().pk,
            "organisation": world.another.pk,
        },
        "applications:confirm_all": {"application": [str(world.waiting.pk)]},
        "applications:signature_look": {"good": "yes"},
        "applications:settle": {"outcome": "met"},
        "applications:settle_typed": {
            "json": {"changes": [{"path": "outcome", "value": "met", "revision": 0}]}
        },
        "applications:de_minimis": {"activity": "none", "seen": 0},
        "applications:de_minimis_sign": {"represents": "on", "seen": 0},
        "applications:de_minimis_check": {"checked_on": "2026-02-01", "total": "700,00"},
        "applications:proposal_send_back": {"answer": "Manca la visura."},
        "applications:save": {"json": {"changes": [{"path": "idea", "value": "Altro", "base": 0}]}},
        "applications:exclude": reason,
        "applications:request_integration": {"text": "Manca", "deadline": "2099-01-01T12:00"},
        "applications:integration": {"text": "Ecco", "send": "yes"},
        "applications:integration_step": {"idea": "Altro"},
        "jury:invite": {"email": "new@example.org", "language": "it", "capacity": 5, "minimum": 0},
        "jury:invite_many": {
            "text": "new@example.org",
            "language": "it",
            "capacity": 5,
            "minimum": 0,
            "step": "invite",
        },
        "jury:juror": {"capacity": 5, "minimum": 0},
        "jury:conflict_record": {"juror": world.seat.pk, "application": world.unassigned.pk, **reason},
        "jury:conflict": reason,
        "jury:clear": reason,
        "jury:plan": {"objective": "total"},
        "jury:add_reader": {"juror": world.seat.pk},
        "jury:lock": {"locked": "yes"},
        "jury:shift": {"juror": world.another_seat.pk},
        "jury:close": {"close-reason": "Finito."},
        "jury:extend": {f"extend-{key}": value for key, value in until.items()},
        "jury:reopen": {f"reopen-{key}": value for key, value in until.items()},
        "jury:decide": {"outcome": "reserve", **reason},
        "jury:sheet": {"score-bisogno": "4", "score-innovazione": "4", "note": "Bene"},
        "jury:staff_meeting": {"at": "2031-03-01T15:00", "place": "Sala piccola"},
        "jury:meeting_notes": {"agreed-bisogno": "Un 5 ha dati", "notes": "Bene"},
        "jury:meeting_answer": {"coming": "no"},
        "jury:practice": {"score-bisogno": "5", "score-innovazione": "5"},
        "jury:practice_save": {"json": {"changes": [{"path": "score-bisogno", "value": "1"}]}},
        "jury:discussion": {"text": "Nuove parole"},
        "jury:staff_discussion": {"text": "Nuove parole"},
        "jury:remark": {"text": "Altre parole"},
        "jury:staff_remark": {"text": "Altre parole"},
        "jury:discussion_draft": {"json": {"changes": [{"path": "text", "value": "Bozza"}]}},
        "jury:staff_discussion_draft": {"json": {"changes": [{"path": "text", "value": "Bozza"}]}},
        "jury:revise_scores": {"score-bisogno": "5", "score-innovazione": "5", **reason},
        "jury:comment_ask": reason,
        "jury:comment_withhold": reason,
        "jury:rewrite": {"text": "Un altro testo."},
        "jury:rewrite_save": {"json": {"changes": [{"path": "text", "value": "Un altro testo."}]}},
        "jury:recuse": {**reason, "why": "conflict"},
        "jury:undo_recusal": reason,
        "jury:set_replacing": {"replacing": "automatic"},
        "jury:ask_confidence": {"asked": "yes"},
        "jury:declaration": {"conflict": [], "none": "yes"},
        "calls:ask": {"text": "Possono candidarsi i consorzi?"},
        "calls:notice": notice_of(world.open),
        "calls:question": {"wish": "publish", "wording_it": "E i consorzi?", "answer_it": "Sì."},
        "exchange:join": {"who": "me", "offers": "Una cucina"},
        "exchange:edit": {"offers": "Altro"},
        "exchange:ask": {"message": "Buongiorno"},
        "publishing:report_barrier": {
            "kind": "barrier",
            "barrier": "Il pulsante non si raggiunge con la tastiera.",
        },
        "publishing:my_report": {"text": "Succede anche da un altro computer."},
        "publishing:own_report": {"text": "Succede anche con Chrome."},
        "publishing:accessibility_report": {"text": "Grazie: è sistemato.", "outcome": "mended"},
        "publishing:accessibility_statement": {
            "body": "Comune di Milano",
            "email": "accessibilita@example.org",
            "status": "partial",
            "method": "makers",
        },
        "publishing:add": news,
        "publishing:edit": news | {"cover_alt_it": "Un orto, d’estate"},
        "applications:longlist": {"act": "scouting.owner", "row": [str(world.prospect.pk)]},
        "applications:received": {"act": "applications.confirm", "row": [str(world.waiting.pk)]},
        "applications:own_letter": {
            "to": "all",
            "subject_it": "Ci sentiamo",
            "body_it": "Presto.",
            "keep": "yes",
        },
        "desk:outbox": {"act": "letters.release", "row": [str(world.held.pk)]},
        "calls:clone": {
            "programme": str(world.programme.pk),
            "title": "Un bando come questo",
            "slug": "come-questo",
            "opens_at": "2031-03-01T12:00",
            "make": "yes",
        },
        "desk:call_sent": {"act": "letters.release", "row": [str(world.held.pk)]},
        "desk:call_letter": {
            "subject": "Ricevuta n. {{ number }}",
            "body": "N. {{ number }}, arrivata {{ at }}. [Apri]({{ link }})",
            "keep": "yes",
        },
        "jury:panel": {"act": "jury.resend", "row": [str(world.invited_juror.pk)]},
        "jury:comments": {"act": "jury.comments_ready", "row": [str(world.comment.pk)]},
        "jury:comments_release": {
            "act": "jury.release_comments",
            "row": [str(world.commented_application.pk)],
        },
        "jury:progress": {"act": "jury.remind", "row": [str(world.seat.pk)]},
        "publishing:shelf": news_chosen,
        "publishing:site": news_chosen,
        "jury:draw": {"seed": "7 19 44 61 82"},
        "jury:order_tied": reason
        | {f"place_{entry.pk}": number for number, entry in enumerate(world.equals.entries.all())},
    }
