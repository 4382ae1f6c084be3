"""Pages about accessibility: anyone's, that of who reported something, those of who answers."""
