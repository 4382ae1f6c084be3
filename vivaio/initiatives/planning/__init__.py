"""The plan of an initiative: milestones, what shows that each is reached, by when and by whom; the whole cohort's."""
