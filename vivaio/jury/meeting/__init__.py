"""Before the work begins all jurors score the same few applications, then look at the scores together.

Practice scores are rows of their own, which neither ranking nor record nor progress reads. Where the call says
beforehand that they count, concluding the meeting writes them into the jurors' real sheets.
"""
