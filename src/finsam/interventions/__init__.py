"""Interventions (insatser), their parties, target groups, plans, head counts and assignments."""
