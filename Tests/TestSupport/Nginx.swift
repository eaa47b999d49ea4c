import Subprocess
import SystemPackage

/// nginx on loopback: git's smart HTTP below `/git/`, a forge below everything else.
package struct Nginx: Sendable {
  package let port: Int
  /// A line for each request: protocol, connection, target.
  package let log: String

  /// Starts it, runs `body`, and ends it.
  package static func serving(
    _ scratch: Scratch, repositories: String, certificate: String, key: String, upstream: String,
    body: @Sendable (Nginx) async throws -> Void
  ) async throws {
    let port = try await freePort()
    let socket = scratch.file("git.sock")
    let config = try scratch.write(
      "nginx.conf",
      """
      daemon off; pid \(scratch.path)/nginx.pid; error_log \(scratch.path)/nginx.error; user root;
      events {}
      http {
        log_format short '$server_protocol $connection $request_uri';
        access_log \(scratch.path)/nginx.log short;
        client_body_temp_path \(scratch.path)/body; proxy_temp_path \(scratch.path)/proxy;
        fastcgi_temp_path \(scratch.path)/fastcgi; uwsgi_temp_path \(scratch.path)/uwsgi;
        scgi_temp_path \(scratch.path)/scgi;
        server {
          listen 127.0.0.1:\(port) ssl http2;
          ssl_certificate \(certificate); ssl_certificate_key \(key);
          location ~ ^/git(/.*)$ {
            fastcgi_pass unix:\(socket);
            fastcgi_param SCRIPT_FILENAME /usr/lib/git-core/git-http-backend;
            fastcgi_param GIT_PROJECT_ROOT \(repositories);
            fastcgi_param GIT_HTTP_EXPORT_ALL 1;
            fastcgi_param PATH_INFO $1;
            fastcgi_param QUERY_STRING $query_string;
            fastcgi_param REQUEST_METHOD $request_method;
            fastcgi_param CONTENT_TYPE $content_type;
          }
          location / { proxy_pass \(upstream); }
        }
      }
      """)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await serve("/usr/sbin/fcgiwrap", ["-s", "unix:\(socket)"]) }
      group.addTask { try await serve("/usr/sbin/nginx", ["-p", scratch.path, "-c", config]) }
      for _ in 0..<200 {
        let isUp =
          try await run("/usr/bin/curl", ["-ksS", "https://127.0.0.1:\(port)/"]).status == 0
        if isUp { break }
        try await Task.sleep(for: .milliseconds(50))
      }
      try await body(Nginx(port: port, log: scratch.file("nginx.log")))
      group.cancelAll()
    }
  }

  /// Runs until the task is cancelled.
  private static func serve(_ program: String, _ arguments: [String]) async throws {
    var options = PlatformOptions()
    options.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .seconds(5))]
    _ = try? await Subprocess.run(
      .path(FilePath(program)), arguments: Arguments(arguments), platformOptions: options,
      output: .discarded, error: .discarded)
  }

  private static func freePort() async throws -> Int {
    let program =
      "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])"
    return Int(try await mustRun("/usr/bin/python3", ["-c", program])) ?? 0
  }
}
