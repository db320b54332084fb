# Commands for people: make ask Q="..." and make test. `make help` lists all of them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev
INDEXED := .wenshu/.samples-indexed
SAMPLES := $(wildcard corpus/reports/*)
# Whose figure is meant where a question names nobody: only the samples have such a home here.
SAMPLE_HOME := 零陵区总工会
REPORTS ?=
QUESTIONS ?=
# Quotes and dollar signs in a question must reach the program as they are typed.
override Q := $(value Q)
export Q
# What the tests start keeps what it compiled, as a user's does: each of their processes is quicker.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install dev lock ask try test coverage check fix run eval samples clean
# Left out of the lock files: torch, and the libraries for GPUs that some of its builds bring along.
UNLOCKED := torch triton cuda-bindings cuda-pathfinder cuda-toolkit nvidia-cublas nvidia-cuda-cupti \
	nvidia-cuda-nvrtc nvidia-cuda-runtime nvidia-cudnn-cu13 nvidia-cufft nvidia-cufile nvidia-curand \
	nvidia-cusolver nvidia-cusparse nvidia-cusparselt-cu13 nvidia-nccl-cu13 nvidia-nvjitlink \
	nvidia-nvshmem-cu13 nvidia-nvtx
LOCK := $(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --python-version 3.11 \
	--no-header --no-annotate $(UNLOCKED:%=--no-emit-package %) pyproject.toml

help: ## 列出全部命令
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "需要 Python 3.11 或更新的版本：make PYTHON=python3.11 ..."; exit 1; }
	@echo "正在建立虚拟环境 $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

# What is installed is what the lock files name, byte for byte. torch alone is left to the index that
# pip is set to, for what fits a machine differs; pyproject.toml fixes its version.
$(INSTALLED): pyproject.toml requirements.lock | $(BIN)/python
	@echo "正在安装（第一次要几分钟）..."
	@$(PIP) --no-deps --require-hashes --requirement requirements.lock
	@$(PIP) --editable .
	@touch $@

$(INSTALLED_DEV): pyproject.toml requirements-dev.lock | $(BIN)/python
	@echo "正在安装，连同检查和测试用的工具（第一次要几分钟）..."
	@$(PIP) --no-deps --require-hashes --requirement requirements-dev.lock
	@$(PIP) --editable '.[dev,engines]'
	@touch $(INSTALLED) $@

$(INDEXED): $(SAMPLES) $(INSTALLED)
	@$(BIN)/wenshu add corpus/reports
	@mkdir -p $(@D)
	@touch $@

install: $(INSTALLED) ## 建立虚拟环境并安装
dev: $(INSTALLED_DEV) ## 同上，连同检查和测试用的工具

lock: | $(BIN)/python ## 改过依赖之后，重新生成两个锁定文件
	@$(PIP) uv
	@$(LOCK) --output-file requirements.lock
	@$(LOCK) --extra dev --extra engines --output-file requirements-dev.lock

ask: $(INDEXED) ## 问一个问题：make ask Q="2024年三公经费多少"
	@test -n "$$Q" || { echo '请写上问题，例如：make ask Q="2024年三公经费多少"'; exit 2; }
	@WENSHU_HOME="$(SAMPLE_HOME)" $(BIN)/wenshu ask -- "$$Q"

try: $(INSTALLED_DEV) $(INDEXED) ## 在本机模拟的 Telegram 里问：make try Q="..."
	@test -n "$$Q" || { echo '请写上问题，例如：make try Q="万里街道2025年三公经费预算多少"'; exit 2; }
	@$(BIN)/python -m scripts.try_bot "$$Q"

check: $(INSTALLED_DEV) ## 格式、规则、类型
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

# A worker for each core, and each computes by one thread: more would wait for one another.
SIDE_BY_SIDE := --numprocesses auto --maxprocesses 8 --dist worksteal

# Per cent of the lines that the tests walk within the workers: what a process of its own walks, such
# as a command typed in a test, is not counted. It is held afterwards, over the file: slipcover with
# --fail-under loses what the workers counted before it writes. With the real reports beside the
# project it stands at 96.3; without them, or without LibreOffice, some tests are left out.
FLOOR := 95
COVERED := .coverage.json
COVER := $(BIN)/python -m slipcover

test: check ## 全部检查和测试；走到的行少于下限也算不通过
	@OMP_NUM_THREADS=1 $(COVER) --source bot,corpus,index --json --out $(COVERED) \
		-m pytest $(SIDE_BY_SIDE)
	@$(COVER) --merge $(COVERED) --out $(COVERED) --silent --fail-under $(FLOOR) \
		|| { echo "测试走到的行不到 $(FLOOR)%：make coverage 列出没有走到的。"; exit 1; }

coverage: $(INSTALLED_DEV) ## 上一次 make test 没有走到的行
	@test -f $(COVERED) || { echo "先运行 make test。"; exit 2; }
	@$(COVER) --merge $(COVERED) --out $(COVERED) --skip-covered

fix: $(INSTALLED_DEV) ## 改好格式和能自动改的问题
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

run: $(INSTALLED) ## 启动 Telegram 机器人
	@$(BIN)/wenshu serve

eval: $(INSTALLED) ## 用一组问题打分：make eval REPORTS=目录 QUESTIONS=问题.jsonl
	@test -n "$(REPORTS)" -a -n "$(QUESTIONS)" \
		|| { echo '请写上报告和问题，例如：make eval REPORTS=目录 QUESTIONS=问题.jsonl'; exit 2; }
	@$(BIN)/python -m scripts.evaluate --reports "$(REPORTS)" "$(QUESTIONS)"

samples: $(INSTALLED_DEV) ## 重新生成示例报告里的 .docx 和 .pdf
	@$(BIN)/python -m scripts.make_samples

clean: ## 删除虚拟环境和缓存，不动 .wenshu 里的数据
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis $(COVERED)
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
