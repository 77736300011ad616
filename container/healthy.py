"""Whether the server in this container is well, for its engine: exit code 0 or 1, and what is wrong."""

import os
import sys
import urllib.error
import urllib.request

host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
request = urllib.request.Request(f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/health/", headers={"Host": host})
try:
    with urllib.request.urlopen(request, timeout=8) as answer:  # noqa: S310 - this machine's own server
        print(answer.read().decode())
except urllib.error.HTTPError as error:
    sys.exit(error.read().decode())
except OSError as error:
    sys.exit(str(error))
