"""Calls in several stages: each stage is a call with its form, its criteria and its jury, and follows another."""
