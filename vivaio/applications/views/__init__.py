"""Pages of applications: of the applicant's team, and of the programme's staff."""
