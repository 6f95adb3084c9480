#!/bin/sh
# Starts Zotero's translation server on port 1969 of this machine, from its code on GitHub, which no
# package registry has: needs git, Node 20 or newer, and a way to github.com.
#     sh tests/consumers/zotero_server.sh FOLDER
# Then: ZOTERO_SERVER=http://127.0.0.1:1969 .venv/bin/python -m pytest -m consumers tests/consumers/test_zotero_server.py
set -eu
folder=$1
if [ ! -d "$folder/.git" ]; then
  git clone --depth 1 --recurse-submodules --shallow-submodules https://github.com/zotero/translation-server "$folder"
fi
cd "$folder"
npm ci --omit=dev --no-audit --no-fund
# Its own settings let the whole network in.
exec env NODE_CONFIG='{"host": "127.0.0.1"}' node src/server.js
