extension String {
  /// The text of these scalars.
  ///
  /// Written straight into the string: through `UnicodeScalarView` it takes ten times as long.
  package init(scalars: ArraySlice<Unicode.Scalar>) {
    let width = scalars.reduce(0) { $0 + UTF8.width($1) }
    self.init(unsafeUninitializedCapacity: width) { buffer in
      var count = 0
      for scalar in scalars {
        if scalar.value < 0x80 {
          buffer[count] = UInt8(truncatingIfNeeded: scalar.value)
          count += 1
        } else {
          for unit in String(scalar).utf8 {
            buffer[count] = unit
            count += 1
          }
        }
      }
      return count
    }
  }
}
