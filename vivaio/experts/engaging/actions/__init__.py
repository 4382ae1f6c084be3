"""Every write on engagements, a module for each part."""
