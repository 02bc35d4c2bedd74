"""The register: areas, networks, initiatives, institutions and places, who belongs where, and
how fresh it is.
"""
