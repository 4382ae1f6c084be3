"""The privacy notice that an applicant reads before handing in; its words stand in `applications/notice.html`."""

NOTICE_VERSION = (
    "2026-11"  # raise it with every change of the words: the application keeps which one was read
)
