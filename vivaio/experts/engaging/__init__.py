"""Experts at work: engagements that both sides agree to, sessions whose hours both confirm, evaluations, hours."""
