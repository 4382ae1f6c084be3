"""The pages of good practices: anyone's, the staff's, the organisation's, an initiative's."""
