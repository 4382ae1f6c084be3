"""Questions on a call: asked until a date, answered in public or to who asked, followed."""
