import Glibc

/// The three descriptors that a process is started with.
enum StandardStreams {
  /// Keeps closed ones from being given to files, which would get the tool's output, or be read for its input.
  ///
  /// What is put in their place can be read where they are written, and written where they are read: so each use still fails.
  /// Errors go nowhere.
  static func occupyClosed() {
    var streams = (0...2).map { pollfd(fd: Int32($0), events: 0, revents: 0) }
    guard poll(&streams, 3, 0) > 0 else { return }
    for stream in streams where stream.revents & Int16(POLLNVAL) != 0 {
      // The lowest that is free: those below it are taken by now.
      _ = open("/dev/null", stream.fd == STDOUT_FILENO ? O_RDONLY : O_WRONLY)
    }
  }
}
