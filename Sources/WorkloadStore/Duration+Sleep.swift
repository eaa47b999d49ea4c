import Glibc

extension Duration {
  /// Sleeps for this long, whole seconds included; a signal ends the sleep.
  func sleep() {
    let (seconds, attoseconds) = components
    usleep(useconds_t(clamping: seconds * 1_000_000 + attoseconds / 1_000_000_000_000))
  }
}
