import Glibc

/// The account that owns the folders which a program of root's works in.
package let foreignUser = 12_345

/// Runs `body` while the owner of a folder lets two of its entries change places, again and again and in one step
/// each time.
package func whileExchanging(
  _ name: String, _ other: String, in folder: String, scratch: Scratch,
  _ body: () async throws -> Void
) async throws {
  try await mustRun("chown", ["-h", "\(foreignUser):\(foreignUser)", folder, "\(folder)/\(other)"])
  try await mustRun("chmod", ["755", scratch.path])
  let loop = """
    import ctypes, os, sys
    exchange = ctypes.CDLL(None, use_errno=True).renameat2
    here, one, other = os.open(sys.argv[1], os.O_PATH), sys.argv[2].encode(), sys.argv[3].encode()
    if exchange(here, one, here, other, 2) != 0: sys.exit(os.strerror(ctypes.get_errno()))
    open(sys.argv[4], 'w').write('begun')
    while not os.path.exists(sys.argv[5]):
      for _ in range(100): exchange(here, one, here, other, 2)
    """
  let signs = try scratch.folder("signs")
  try await mustRun("chown", ["\(foreignUser)", signs])
  let (begun, stop) = ("\(signs)/begun", "\(signs)/stop")
  async let peer = run(
    "timeout",
    [
      "300", "setpriv", "--reuid=\(foreignUser)", "--regid=\(foreignUser)", "--clear-groups",
      "/usr/bin/python3", "-c", loop, folder, name, other, begun, stop,
    ])
  do {
    try await waitForFile(begun)
    try await body()
  } catch {
    close(creat(stop, 0o600))
    _ = try await peer
    throw error
  }
  close(creat(stop, 0o600))
  let ended = try await peer
  guard ended.status == 0 else { throw TestSupportError("the exchanging peer: \(ended.error)") }
}
