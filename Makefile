# Two commands do all set-up: `make site` and `make test`. See README.md.
PYTHON ?= python3
BIN := .venv/bin
# Material announces its successor at every build; the note is for its operators, who have read it.
export NO_MKDOCS_2_WARNING := 1

.PHONY: same-bytes consumers wheel sbom engines check-browser coverage explore bench bench-work bench-pages bench-search bench-quality bench-agents bench-pairs site serve test check golden screenshots clean lock words

# What is installed is locked, version and hash of every package: `make lock` asks for newer ones.
# A runner that installs anew each time gives --no-compile: Python then compiles what runs, when it first runs.
INSTALL_OPTIONS ?=
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check $(INSTALL_OPTIONS)

.venv/installed: requirements.txt pyproject.toml generator/paper_digest/__init__.py
	$(PYTHON) -m venv .venv
	$(INSTALL) --require-hashes --requirement requirements.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	touch $@

.venv/tested: requirements-test.txt .venv/installed
	$(INSTALL) --require-hashes --requirement requirements-test.txt
	touch $@

lock: ## write the newest allowed versions of all packages, with their hashes, into requirements*.txt
	$(PYTHON) -m venv .cache/lock
	.cache/lock/bin/pip install --quiet --disable-pip-version-check uv
	$(LOCK) --output-file requirements.txt pyproject.toml requirements-build.in
	$(LOCK) --output-file requirements-test.txt --extra test pyproject.toml requirements-build.in
	$(LOCK) --output-file requirements-release.txt requirements-release.in
	$(LOCK) --output-file tests/consumers/requirements.txt tests/consumers/requirements.in

LOCK := .cache/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --upgrade \
	--generate-hashes --no-annotate --no-emit-index-url --custom-compile-command "make lock"

site: .venv/installed ## build the site of archive/ into site/
	$(BIN)/mkdocs build --strict
	@echo "The site is in site/. Look at it with: make serve"

serve: .venv/installed ## show the site at http://localhost:8000
	$(BIN)/digest serve

test: .venv/tested ## run every check and test
	$(PYTHON) .ci/debian.py
	$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest --numprocesses=auto

consumers: .venv/tested ## carry pages, feeds and citations through programs of other people; what is missing is skipped, and said
	$(PYTHON) .ci/debian.py consumers
	-npm ci --prefix tests/consumers --ignore-scripts --no-audit --no-fund --loglevel=error
	$(PYTHON) -m venv .cache/consumers
	-.cache/consumers/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement tests/consumers/requirements.txt
	PATH="$$PATH:$(CURDIR)/.cache/consumers/bin" $(BIN)/python -m pytest -q -m consumers

engines: .venv/tested ## build the archive with each engine in an environment of its own: ENGINES="zensical"
	DIGEST_ENGINES="$(or $(ENGINES),all)" $(BIN)/python -m pytest -q tests/site/test_engines.py

same-bytes: .venv/tested ## build the sample with several Pythons and compare all bytes: PYTHONS="python3.11 python3.14"
	$(BIN)/python tests/tools/same_bytes.py $(PYTHONS)

coverage: .venv/tested ## say which lines the fast tests never reach; fails below the floor in pyproject.toml
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q -m "not site and not browser"
	$(BIN)/coverage combine -q
	$(BIN)/coverage report --skip-covered --sort=cover

explore: .venv/tested ## look for new examples that break a property (minutes)
	$(BIN)/python -m pytest -q --numprocesses=auto --hypothesis-profile=explore -m "not site and not browser"

check: .venv/tested ## lint, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) --no-print-directory check-browser

check-browser: ## the same for scripts and style sheets, where there is Node
	@if ! command -v npm >/dev/null; then \
		echo "SKIPPED: scripts and style sheets are checked where Node 20 and npm are installed."; \
	elif $(MAKE) --no-print-directory node_modules/installed; then npm run --silent check; \
	elif [ -n "$$CI" ]; then exit 1; \
	else echo "SKIPPED: npm could not install what checks scripts and style sheets."; fi

node_modules/installed: package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	touch $@

screenshots: .venv/tested ## take pictures of every kind of page, in four forms, into screenshots/
	$(BIN)/python tests/tools/screenshots.py

bench: .venv/tested ## measure builds of real records beside plain Material and Hugo; SIZES="1000 10000" BEFORE=COMMIT
	$(BIN)/python tests/tools/bench/build.py $(SIZES) $(if $(BEFORE),--before $(BEFORE)) $(BENCH_OPTIONS)

bench-work: .venv/tested ## count what builds of 2,000 made-up papers do (calls, files, bytes); fails where it is too much
	$(BIN)/python tests/tools/bench/work.py

bench-pages: site .venv/tested ## measure visits on slow 4G with a slow processor: bytes, largest paint, layout shift, slowest key; fails where a goal is missed
	$(BIN)/python tests/tools/bench/pages.py site

bench-search: .venv/tested ## measure search in Chromium beside Material's own and Pagefind; SIZES="1000 10000"
	$(PYTHON) -m venv .cache/pagefind
	.cache/pagefind/bin/pip install --quiet --disable-pip-version-check 'pagefind[bin]'
	PAGEFIND="$(CURDIR)/.cache/pagefind/bin/python -m pagefind" $(BIN)/python tests/tools/bench/search.py $(SIZES)
	$(BIN)/python tests/tools/bench/quality.py

bench-quality: .venv/tested ## measure what search finds for judged queries beside plain BM25; fails where a goal is missed
	$(BIN)/python tests/tools/bench/quality.py $(if $(ALL),--all)
	$(BIN)/python tests/tools/bench/opinions.py

bench-agents: .venv/tested ## ask 50 questions about 4,300 papers as a program would; fails at a wrong answer or a dear one
	$(BIN)/python tests/tools/bench/agents.py

bench-pairs: .venv/tested ## measure which pairs of records are united, offered or held apart; fails at a false merge
	$(BIN)/python tests/tools/bench/pairs.py --papers 200

sbom: .venv/installed ## list what the program is made of (CycloneDX, from the lock) in dist/sbom.cdx.json
	$(PYTHON) -m venv .cache/release
	.cache/release/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-release.txt
	mkdir -p dist
	.cache/release/bin/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --output-reproducible --output-format JSON --output-file dist/sbom.cdx.json

wheel: .venv/installed ## build the wheel into dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

words: .venv/tested ## collect the texts that readers see into the catalogues of all languages; then translate what is empty
	$(BIN)/python tests/tools/words.py

golden: .venv/tested ## rewrite the goldens from what the code does now; then read the diff
	UPDATE_GOLDENS=1 $(BIN)/python -m pytest -q -k golden

clean: ## delete everything that was generated
	[ ! -x $(BIN)/digest ] || $(BIN)/digest clean
	rm -rf site .cache zensical.yml zensical-theme
