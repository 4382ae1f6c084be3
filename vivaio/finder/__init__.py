"""One index of everything that can be found: by words and by meaning, in any language, within what one may see."""
