"""The pages of de minimis declarations: the applicant's, the staff's."""
