"""A juror steps aside from an application, in conflict or for another reason, and it passes to another juror at once.

`actions.step_aside` is what the sheet calls; `actions.give` and `actions.undo` are the staff's.
"""
