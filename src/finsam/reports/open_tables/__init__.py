"""The open tables: what everybody may ask, made once a year and published as every edition is."""
