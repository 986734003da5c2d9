# Две команды для нового человека: make demo, make test. Остальное — для тех, кто развивает программу.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
TYPED := $(VENV)/types.log
AUDIT := .venv-audit
MINUTES ?= 30
SEED ?= 1
COUNT ?= 200
ROOM ?=
BEFORE ?= 0b51b7c

# Байт-код хранится рядом: проверки запускают сотни процессов, и каждый иначе компилировал бы всё заново.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test setup faults faults-year scaleout witness pages bench house audit lint style clean

demo: $(STAMP) ## показать главное дело на вымышленных организациях
	$(BIN)/nastavnik demo

test: $(STAMP) style ## проверить программу; типы проверяются рядом с набором, их ошибки стоят после него
	@$(BIN)/mypy >$(TYPED) 2>&1 & types=$$!; trap 'kill $$types; exit 130' INT TERM; \
	$(BIN)/pytest -n 3 --dist each --shares --max-worker-restart 0; suite=$$?; \
	wait $$types; typed=$$?; [ $$typed = 0 ] || cat $(TYPED); exit $$((suite ? suite : typed))

lint: style
	$(BIN)/mypy

style: $(STAMP)
	$(BIN)/ruff check flows tests templates config
	$(BIN)/ruff format --check --quiet flows tests templates config || { echo "Строки не отформатированы: $(BIN)/ruff format flows tests templates config"; exit 1; }

setup: $(STAMP) ## установить программу в .venv

$(STAMP): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Нужен Python 3.11 или новее: установите его и повторите, указав PYTHON=python3.11"; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Не хватает модуля venv. В Debian и Ubuntu: apt-get install python3-venv"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

faults: $(STAMP) ## долгие проверки сбоев (последней нужен LibreOffice): MINUTES=30 SEED=1 — сколько минут снаружи и с каким зерном
	$(BIN)/python -m tests.faults.outside --minutes $(MINUTES) --seed $(SEED)
	$(BIN)/python -m tests.faults
	$(BIN)/python -m tests.faults --sample 1500 --seed $(SEED)
	$(BIN)/python -m tests.faults.mutations
	$(BIN)/python -m tests.faults.answering --papers 2000 --seed $(SEED)
	$(BIN)/python -m tests.faults.sound_papers --templates 1000 --seed $(SEED)
	$(BIN)/python -m tests.monitoring.recount_all
	$(BIN)/pytest --every
	$(BIN)/pytest -m hypothesis --hypothesis-profile=faults
	$(BIN)/python -m tests.faults.older_files

faults-year: $(STAMP) ## четыре дня года по расписанию с переставленными часами (нужен faketime)
	$(BIN)/python -m tests.faults.clock

mutants: $(STAMP) ## что тесты ядра замечают: SEED=1 COUNT=200 ROOM=planning — зерно, сколько изменений, в какой комнате
	$(BIN)/python -m tests.mutants --seed $(SEED) --count $(COUNT) --room "$(ROOM)"

scaleout: $(STAMP) ## район на двух работниках своего сервера Prefect, один убит посреди работы (нужен PostgreSQL)
	$(BIN)/python -m tests.scale

witness: $(STAMP) ## сверить всё, что программа печатает и пишет, с записанным
	$(BIN)/python -m tests.witness --check

pages: $(STAMP) ## документы и вкладки как картинки и проверка каждой страницы (нужен LibreOffice)
	$(BIN)/python -m tests.pages

house: $(STAMP) ## размеры и порядок комнат кода
	@$(BIN)/python -m tests.house

audit: $(STAMP) ## известные уязвимости и лицензии того, что ставится (нужен выход в интернет)
	@test -x $(AUDIT)/bin/pip-audit || $(PYTHON) -m venv $(AUDIT)
	@$(AUDIT)/bin/pip install -q --disable-pip-version-check --require-hashes -r tests/audit/requirements.txt || { echo "Не установились pip-audit и pip-licenses: нужен выход в интернет."; exit 2; }
	$(BIN)/python -m tests.audit --tools $(AUDIT)/bin

bench: $(STAMP) ## скорость, и прежний код против сегодняшнего одной таблицей: BEFORE=0b51b7c — какой коммит прежний
	@missed=0; for each in tests/bench/bench_*.py; do echo "== $$each"; $(BIN)/python $$each || missed=1; done; \
	$(BIN)/python -m tests.bench.before_and_after --before $(BEFORE) || missed=1; exit $$missed

clean:
	rm -rf $(VENV) $(AUDIT) build *.egg-info demo pages .demo-prefect
