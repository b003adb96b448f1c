"""The verifier's work in rules and structures: visits, team, findings, the report. Nothing here reads the database."""
