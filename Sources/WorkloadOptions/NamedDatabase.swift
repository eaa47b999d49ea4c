import TinyforgeCore

/// A database as `--db` names it: `NAME=PATH`, `NAME=URL`, or without the name of a server.
struct NamedDatabase {
  /// The server's name; nil where none is given.
  let server: String?
  /// The path or the address.
  let path: String

  /// What is before the first `=` is a name, unless a `/` is in it: a path of such a file begins with `./`.
  ///
  /// No failure repeats what is before the `=`: it may be the start of an address, and so hold a password.
  init(_ text: String) throws(Failure) {
    guard let (name, path) = text.parted(atFirst: "="), !name.utf8.contains(UInt8(ascii: "/"))
    else {
      server = nil
      self.path = text
      return
    }
    guard ServerName.isName(String(name)) else {
      throw Failure(
        .usage, "what is before the \"=\" in --db is not the name of a server: \(ServerName.rule)",
        remedy:
          "write a database as --db NAME=PATH, and a file that has = in its own name as --db ./FILE"
      )
    }
    guard !path.isEmpty else {
      throw Failure(
        .usage, "the path after --db \(name)= is empty",
        remedy: "if it comes from a variable, set that")
    }
    server = String(name)
    self.path = String(path)
  }

  /// The databases of a run, in the order of their servers.
  static func list(_ texts: [String]) throws(Failure) -> [NamedDatabase] {
    let all = try texts.map(NamedDatabase.init)
    guard all.count > 1 else { return all }
    guard all.allSatisfy({ $0.server != nil }) else {
      throw Failure(
        .usage, "several databases are given, and not each with the name of its server",
        remedy: "name each, such as --db east=/srv/east.db --db west=/srv/west.db")
    }
    let sorted = all.sorted { ServerName.comesBefore($0.server, $1.server) }
    for (one, next) in zip(sorted, sorted.dropFirst()) where one.server == next.server {
      throw Failure(
        .usage, "two databases are given as those of the server \(one.server ?? "")",
        remedy: "give each server a name of its own")
    }
    return sorted
  }
}
