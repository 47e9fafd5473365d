"""Snapshots, reports and documents: joins the rooms and the statistics."""
