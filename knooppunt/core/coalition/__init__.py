"""Who this coalition is: its settings file, kinds, themes and languages."""
