import TestSupport
import Testing

/// Packs of a few kilobytes that stand for far more: small objects stored as the difference to large ones.
@Suite(.ownTime, .hangLimit) struct DeltaBombTests {
  /// Writes a pack into a bare repository: a commit whose `.tinyforge.yml` has 1 KiB, stored as the last of a chain of
  /// differences.
  ///
  /// The chain begins with a file of `argv[2]` bytes, of which each of `argv[3]` differences but the last copies
  /// all. Prints the number of bytes of the pack.
  private static let program = """
    import hashlib, struct, subprocess, sys, zlib
    root, size, depth = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    def head(kind, size):
      out, byte, size = bytearray(), kind << 4 | size & 15, size >> 4
      while size: out.append(byte | 128); byte, size = size & 127, size >> 7
      out.append(byte); return bytes(out)
    def number(value):
      out = bytearray()
      while True:
        byte, value = value & 127, value >> 7
        out.append(byte | 128 if value else byte)
        if not value: return bytes(out)
    def copy(offset, size):
      out, flags = bytearray(), 128
      for bit, byte in enumerate(struct.pack('<I', offset)):
        if byte: flags |= 1 << bit; out.append(byte)
      for bit, byte in enumerate(struct.pack('<I', size)[:3]):
        if byte: flags |= 16 << bit; out.append(byte)
      return bytes([flags]) + bytes(out)
    def name(kind, data):
      return hashlib.sha1(kind.encode() + b' %d\\0' % len(data) + data).digest()
    spec = b'version: 1\\ndeploy:\\n  port: 8080\\n' + b'#' * 992
    large = spec + b'a' * (size - len(spec))
    objects = [(name('blob', large), head(3, size) + zlib.compress(large, 9))]
    for step in range(depth - 1):
      # The whole of the base, and one byte more.
      data = number(size + step) + number(size + step + 1)
      for at in range(0, size + step, 0xffffff): data += copy(at, min(0xffffff, size + step - at))
      large += b'b'
      data += b'\\1b'
      objects.append((name('blob', large), head(7, len(data)) + objects[-1][0] + zlib.compress(data)))
    data = number(len(large)) + number(1024) + copy(0, 1024)
    blob = name('blob', spec)
    objects.append((blob, head(7, len(data)) + objects[-1][0] + zlib.compress(data)))
    tree = b'100644 .tinyforge.yml\\0' + blob
    commit = b'tree ' + name('tree', tree).hex().encode() + b'\\nauthor a <a@b> 1 +0000\\ncommitter a <a@b> 1 +0000\\n\\nx\\n'
    for kind, number_, data in ('tree', 2, tree), ('commit', 1, commit):
      objects.append((name(kind, data), head(number_, len(data)) + zlib.compress(data)))
    body = b'PACK' + struct.pack('>II', 2, len(objects)) + b''.join(data for _, data in objects)
    subprocess.run(['git', 'init', '-q', '--bare', root], check=True)
    pack = root + '/objects/pack/pack-x.pack'
    open(pack, 'wb').write(body + hashlib.sha1(body).digest())
    subprocess.run(['git', '-C', root, 'index-pack', pack], check=True, stdout=subprocess.DEVNULL)
    open(root + '/refs/heads/main', 'w').write(objects[-1][0].hex() + '\\n')
    open(root + '/HEAD', 'w').write('ref: refs/heads/main\\n')
    print(len(body))
    """

  /// Runs a command, and writes the largest size of its memory in KiB to standard error.
  private static let measure = """
    import resource, subprocess, sys
    status = subprocess.run(sys.argv[1:]).returncode
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
    sys.exit(status)
    """

  /// The size of the first object, the length of the chain, and whether the spec is read.
  @Test(arguments: [
    (40 << 20, 1, false), (40 << 20, 3, false), (17 << 20, 1, false), (15 << 20, 1, true),
    // A chain within the limit costs its objects one after the other.
    (1 << 20, 40, true), (15 << 20, 20, true),
  ])
  func memoryIsBounded(_ size: Int, _ depth: Int, _ isRead: Bool) async throws {
    let scratch = try Scratch()
    let root = scratch.file("shop.git")
    let written = try await mustRun("python3", ["-c", Self.program, root, "\(size)", "\(depth)"])
    #expect(try #require(Int(written)) < 60_000)
    let told = try await git("cat-file", "-s", "main:.tinyforge.yml", in: root)
    #expect(told == "1024")
    let result = try await run(
      "python3", ["-c", Self.measure, builtTool("lint-spec"), "--rev", "main", "--repo", root])
    #expect(result.status == (isRead ? 0 : 2), "\(result)")
    #expect(
      isRead
        || result.error.contains(
          "as the difference to a larger one; objects over 16 MiB are not read"),
      "\(result)")
    let memory = try #require(result.error.split(separator: "\n").last)
    #expect(try #require(Int(memory)) < 140_000, "\(result)")
  }
}
