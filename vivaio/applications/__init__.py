"""What applicants hand in to a call, from the first draft to the decision whether it is eligible.

A draft belongs to an organisation, or to a person where the call admits people, and everyone of the applicant's
team writes in it. At submission its answers are frozen: the application gets its number, the instant and the
SHA-256 of the answers, and a receipt. Conditions that can be computed are computed then; the staff confirms,
excludes with a reason, or asks for integration (soccorso istruttorio) by a deadline.

For the rooms above (`jury`, `desk`), stable:

- `queries.handed_in(call)`: applications that stand handed in, by number;
- `queries.admitted(track)`: those found eligible, by number;
- `queries.reading(application, hidden=(), file_url=None)`: the answers that count, as blocks for
  `questionnaires/answers.html`; questions, pages and columns named in `hidden` are left out with all inside them;
  `file_url(id)` makes the address of a file in the reader's own room;
- `queries.attachments_of(application, hidden=())`: the files named in those answers and the files that came with
  answered requests for integration, each with `id`, `name`, `size`,
  `content_type`, `file` (what `kit.files.serve` takes);
- `events`: a reaction that raises `Refused` keeps the action from happening.

This room serves its pages and files to the applicant's team and to the staff of the programme, never to jurors.
"""
