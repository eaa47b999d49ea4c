/// A value that no print, interpolation, dump or mirror shows.
///
/// It keeps what it holds in a closure: a mirror shows stored values, private ones too, and never what is captured.
package protocol Unprintable: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// What is shown in its place.
  static var mark: String { get }
}

extension Unprintable {
  /// The mark.
  package var description: String { Self.mark }
  /// The mark.
  package var debugDescription: String { Self.mark }
  /// A mirror that shows nothing.
  package var customMirror: Mirror { Mirror(self, children: []) }
}

// Deprecated and not unavailable: the compiler passes over what is unavailable and takes the standard library's own
// function for all values, while a deprecated one is taken, and its warning is an error in this package.
extension DefaultStringInterpolation {
  /// Keeps such a value out of texts at compile time.
  @available(*, deprecated, message: "this value must not become part of a text")
  package mutating func appendInterpolation(_ value: some Unprintable) {
    appendLiteral(type(of: value).mark)
  }

  /// Keeps such a value out of texts at compile time.
  @available(*, deprecated, message: "this value must not become part of a text")
  package mutating func appendInterpolation<Value: Unprintable>(_ value: Value?) {
    appendLiteral(Value.mark)
  }
}
