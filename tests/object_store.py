"""A local store that speaks as much of S3 as the product needs: put, get, head, delete, list, in parts too."""

import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape


class Handler(BaseHTTPRequestHandler):
    """One request. The server keeps `objects` by name, and `parts` of uploads that are not finished."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        """Nothing."""

    def asked(self):
        """(name of the object, query)."""
        address = urlsplit(self.path)
        return unquote(address.path).strip("/").partition("/")[2], parse_qs(address.query, keep_blank_values=True)

    def body(self) -> bytes:
        """What was sent, out of its signed pieces if it came in some."""
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        else:
            data = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                data += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        if "aws-chunked" not in self.headers.get("Content-Encoding", ""):
            return data
        found = b""
        while data:
            head, _, data = data.partition(b"\r\n")
            size = int(head.split(b";")[0], 16)
            if not size:
                break
            found, data = found + data[:size], data[size + 2 :]
        return found

    def say(self, status=200, content=b"", **headers):
        """The answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", headers.pop("length", len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def do_PUT(self):
        """Keep an object, or a part of one."""
        name, query = self.asked()
        data = self.body()
        if "partNumber" in query:
            self.server.parts[query["uploadId"][0]][int(query["partNumber"][0])] = data
        else:
            self.server.objects[name] = data
        self.say(ETag='"x"')

    def do_POST(self):
        """Begin or end an upload in parts."""
        name, query = self.asked()
        self.body()
        if "uploads" in query:
            key = f"u{len(self.server.parts)}"
            self.server.parts[key] = {}
            self.say(
                200,
                f"<InitiateMultipartUploadResult><UploadId>{key}</UploadId></InitiateMultipartUploadResult>".encode(),
            )
            return
        parts = self.server.parts.pop(query["uploadId"][0])
        self.server.objects[name] = b"".join(parts[n] for n in sorted(parts))
        self.say(200, b"<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>")

    def do_HEAD(self):
        """Whether it is there."""
        self.do_GET()

    def do_GET(self):
        """An object, or the list."""
        name, query = self.asked()
        modified = datetime.now(UTC)
        if not name:
            begin = query.get("prefix", [""])[0]
            names = sorted(n for n in self.server.objects if n.startswith(begin))
            rest = {n: n.removeprefix(begin).partition("/") for n in names}
            folders = {begin + head + "/" for head, mark, _ in rest.values() if mark}
            rows = "".join(
                f"<Contents><Key>{escape(n)}</Key><Size>1</Size></Contents>" for n in names if not rest[n][1]
            ) + "".join(f"<CommonPrefixes><Prefix>{escape(f)}</Prefix></CommonPrefixes>" for f in sorted(folders))
            page = f"<ListBucketResult><IsTruncated>false</IsTruncated>{rows}</ListBucketResult>"
            self.say(200, page.encode())
            return
        if name not in self.server.objects:
            self.say(404, b"<Error><Code>NoSuchKey</Code></Error>" if self.command == "GET" else b"")
            return
        data = self.server.objects[name]
        head = {"ETag": '"x"', "Last_Modified": modified.strftime("%a, %d %b %Y %H:%M:%S GMT")}
        if found := self.headers.get("Range"):
            first, _, last = found.removeprefix("bytes=").partition("-")
            piece = data[int(first) : int(last) + 1 if last else None]
            self.say(206, piece, Content_Range=f"bytes {first}-{int(first) + len(piece) - 1}/{len(data)}", **head)
            return
        self.send_response(200)
        for key, value in head.items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def do_DELETE(self):
        """Forget an object."""
        self.server.objects.pop(self.asked()[0], None)
        self.say(204)


def serve():
    """A running server, with its `objects`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.objects, server.parts = {}, {}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
