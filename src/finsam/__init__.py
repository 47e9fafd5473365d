"""Finsam: follow-up of what samordningsförbund finance, from a participation to the national report."""
