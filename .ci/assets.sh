#!/bin/sh
# Rebuilds panel/static/panel/app.css and govuk-frontend.min.js from panel/styles and npm. Needs Node; users do not:
# the result is committed. Nothing is left behind in the working tree.
#
#   .ci/assets.sh            rebuild
#   .ci/assets.sh --check    fail if what is committed is not what the sources make
set -eu

cd "$(dirname "$0")/.."
root=$(pwd)
out=$root/panel/static/panel
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

command -v npm >/dev/null || { echo "npm is missing: install Node 20 or newer to rebuild the styles." >&2; exit 1; }

cd "$work"
echo '{"private": true}' > package.json
npm install --no-audit --no-fund --ignore-scripts --silent govuk-frontend@6.6.0 sass@1.108.2

npx sass --style=compressed --no-source-map --no-charset --load-path=node_modules "$root/panel/styles/app.scss" app.css

# A council may not use the royal arms: GOV.UK Frontend names them in its footer, which we have not.
sed -i 's/url([^)]*govuk-crest\.svg[^)]*)/none/g' app.css
if grep -qiE 'transport|crest|crown\.(svg|png)|url\(' app.css; then
    echo "app.css still names a font, a crest or a file we do not ship." >&2
    exit 1
fi

# The source map is not shipped, and Django's manifest storage fails on a name that is not there.
sed 's|//# sourceMappingURL=.*||' node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js > govuk-frontend.min.js

if [ "${1:-}" = "--check" ]; then
    cmp app.css "$out/app.css" && cmp govuk-frontend.min.js "$out/govuk-frontend.min.js" && echo "Assets are up to date."
else
    mkdir -p "$out"
    cp app.css govuk-frontend.min.js "$out/"
    echo "Wrote $(wc -c < app.css) bytes of CSS and $(wc -c < govuk-frontend.min.js) bytes of script."
fi
