"""The pages of engagements, a module for each part."""
