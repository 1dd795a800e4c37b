#!/bin/sh
# Puts a build of the web into the folder that nginx serves. What an earlier build left there stays for seven days after
# it was replaced: pages opened before the release go on asking for it.
set -eu
from=${1:-/srv/web-build}
to=${2:-/usr/share/nginx/html}
list="$to/.build-files"

cd "$to"
# What the last build used was in use until now.
if [ -f "$list" ]; then
  while IFS= read -r file; do
    if [ -f "$file" ]; then touch "$file"; fi
  done < "$list"
fi
(cd "$from" && find . -type f ! -name index.html ! -name sw.js) > "$list.new"
while IFS= read -r file; do
  mkdir -p "$(dirname "$file")"
  cp "$from/$file" "$file"
done < "$list.new"
mv "$list.new" "$list"
# The page comes last, and at once: all it names is there.
cp "$from/index.html" .index.html.new
mv .index.html.new index.html
# The service worker names the page and its files by their content, so all of them are there before it.
if [ -f "$from/sw.js" ]; then
  cp "$from/sw.js" .sw.js.new
  mv .sw.js.new sw.js
fi
if [ ! -f "$from/index.html.br" ]; then rm -f index.html.br; fi
for folder in assets models; do
  if [ -d "$folder" ]; then find "$folder" -type f -mmin +10080 -delete; fi
done
