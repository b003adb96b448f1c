"""Answers: how a claim is told in forms and in the project’s own files."""
