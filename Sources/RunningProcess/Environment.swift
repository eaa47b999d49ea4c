internal import Glibc
package import SystemPackage

/// The process's environment.
package enum Environment {
  /// A variable's value; nil where it is unset or empty.
  package static func variable(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  /// Whether a variable is set to nothing.
  package static func isEmpty(_ name: String) -> Bool {
    getenv(name).map { $0.pointee == 0 } ?? false
  }

  /// The path in a variable, whatever bytes it has; nil where it is unset or empty.
  package static func path(_ name: String) -> FilePath? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return FilePath(platformString: value)
  }

  /// The folder that the tool was started in; nil where it is gone.
  package static var workingFolder: FilePath? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return FilePath(platformString: path)
  }

  /// The operating-system user's name, or `uid N` where it has none.
  package static var userName: String {
    let user = getuid()
    var record = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16_384)
    let status = getpwuid_r(user, &record, &buffer, buffer.count, &found)
    guard status == 0, found != nil, let name = record.pw_name else { return "uid \(user)" }
    return String(cString: name)
  }

  /// The machine's name.
  package static var hostName: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "unknown" }
    let name = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: name, as: UTF8.self)
  }

  /// This process's number.
  package static var processID: Int32 { getpid() }

  /// The number of processors that the process may use.
  package static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Seconds since 1970.
  package static var now: Int64 { Int64(time(nil)) }
}

extension Errno {
  /// The system's words for the error, in the form for the middle of a sentence.
  package var words: String { description.lowercased() }
}
