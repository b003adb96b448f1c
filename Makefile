# The project's commands; each does its own set-up first.
.PHONY: run setup test lint bench mutate documents

PORT ?= 8000
export PORT

run: ## from a fresh clone to a running portal with a demonstration
	@scripts/setup run
	@exec scripts/serve

setup: ## the set-up alone
	@scripts/setup run

test: ## every test, with its own PostgreSQL, Redis and Chromium
	@scripts/setup test
	@exec scripts/test

lint: ## style, layers, types, templates, migrations
	@scripts/setup test
	@exec scripts/lint

bench: ## the benchmarks, as ratios in one run
	@scripts/setup test
	@exec scripts/bench

mutate: ## changes of formulas and checks that tests must notice
	@scripts/setup test
	@exec scripts/mutate

documents: ## every kind of document in every language and size, against every rule
	@scripts/setup test
	@exec scripts/documents
