"""What one can do on each of the staff's pages here (`kit.guidance`)."""

from django.utils.translation import gettext_lazy as _

from vivaio.kit.guidance import explain

explain(
    "programmes",
    "edit",
    _(
        "What the programme is called and how it presents itself. The sections beside it hold phases, "
        "partners, areas, amounts and the look of its pages."
    ),
    "programme",
)
explain(
    "programmes",
    "phases partners areas",
    _(
        "Rows that the programme's page shows: add one, change it, put them in order, then save them all "
        "together. A row that something else rests on says why it cannot be removed."
    ),
    "programme",
)
explain(
    "programmes",
    "amounts",
    _(
        "The programme's financial progress: programmed, admitted, legally binding, disbursed. Amounts "
        "are kept to the cent."
    ),
    "programme",
)
explain(
    "programmes",
    "look",
    _(
        "The logo and the colour of the programme's pages. A colour on which words could not be read is "
        "refused, with the reason."
    ),
    "programme",
)
explain(
    "programmes",
    "publication publication_act",
    _(
        "Whether the programme is seen by anyone. A programme in preparation is seen by its staff alone; "
        "publish it when its page can be read from outside."
    ),
    "programme",
)
explain(
    "programmes",
    "roles end_role",
    _(
        "Who works on this programme, and as what. Invite a person by e-mail to a role: it begins when "
        "they accept, and can be ended at any time."
    ),
    "people",
)
explain(
    "programmes",
    "controller notices publish_notice discard_notice purposes processing",
    _(
        "The personal data of the programme: who is the controller, the notice that people read, the "
        "purposes, the register of processing. A published notice keeps its number; a change makes a new "
        "version."
    ),
    "privacy",
)
explain(
    "programmes",
    "site_controller site_notices site_publish_notice site_discard_notice site_purposes site_processing",
    _(
        "The personal data of the whole installation, from accounts to letters: its controller, its "
        "notice, its purposes and its register. Each programme has its own pages beside these."
    ),
    "privacy",
)
explain(
    "programmes",
    "retention retention_kind site_retention site_retention_kind",
    _(
        "How long each kind of personal data is kept, what goes next and what already went. What has reached "
        "the end of its period is removed by itself, every night."
    ),
    "privacy",
)
explain(
    "programmes",
    "views view delete_view",
    _(
        "A view keeps a search, filters, an order and columns of a list under a name, for you or for all the "
        "staff. Filter the list, then save what it shows; you can also have the list open with one of its views."
    ),
    "lists",
)
explain(
    "programmes",
    "bulk_runs bulk_run bulk_take_back",
    _(
        "Look at what would change, row by row, before you confirm: what cannot be done stands there with its reason. "
        "For a day you, or who runs the programme, can undo it. What has gone out, such as a letter, stays out."
    ),
    "many",
)
