"""What grows after a selection: teams, what each needs, plans, diaries, contacts, legal entities, public pages."""
