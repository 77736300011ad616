"""How gunicorn serves `panel.wsgi`; it reads this file from the directory in which it is started. What is given on its command
line goes before what stands here.

A proxy in front takes slow senders (docs/nginx.conf, docs/Caddyfile); `panel.wsgi` cuts off a body that comes too slowly all
the same."""

from gunicorn.http import message

worker_class = "gthread"
threads = 4
timeout = 60  # seconds in which a worker must show that it lives
graceful_timeout = 30
keepalive = 5

# An address up to 32 kB reaches the application, which says in words that it is too long; gunicorn alone would close the
# connection at 8 kB with an answer of its own.
message.MAX_REQUEST_LINE = 32_768
limit_request_line = 32_768
limit_request_fields = 60
limit_request_field_size = 8_190
