"""How good and how fast the advice is: occupations, skills, pathways. `make bench-advice`."""
