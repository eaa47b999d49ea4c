#!/usr/bin/env python3
"""A receiver of webhooks on loopback, which answers as its configuration says.

    webhook-receiver.py CONFIG --log FILE

CONFIG: {"answers": [{"status": 429, "headers": {"Retry-After": "1"}, "body": "…", "cut": false}, …]}; the last answer holds for all
further requests. Each request is a line of JSON in the log. Ends with its standard input.
"""

import argparse
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def handler(answers, log):
    lock = threading.Lock()
    count = [0]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *arguments):
            pass

        def answer(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            with lock:
                number = count[0]
                count[0] += 1
                answer = answers[min(number, len(answers) - 1)]
                entry = {"method": self.command, "status": str(answer.get("status", 200)), "target": self.path,
                         "headers": {k.lower(): v for k, v in self.headers.items()}, "body": body, "connection": number + 1}
                with open(log, "a") as file:
                    file.write(json.dumps(entry) + "\n")
            if answer.get("cut"):
                self.close_connection = True
                return
            text = answer.get("body", "ok").replace("PATH", self.path).encode()
            self.send_response(answer.get("status", 200))
            for name, value in answer.get("headers", {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PUT = answer

    return Handler


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config")
    parser.add_argument("--log", required=True)
    options = parser.parse_args()
    with open(options.config) as file:
        answers = json.load(file)["answers"]
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(answers, options.log))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("listening", server.server_address[1], flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
