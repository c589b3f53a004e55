"""Experiments on texts and models: witnesses, random cases, measures, mistakes."""
