"""How the numbers of a claim came about: computed again from its report, and told part by part."""
