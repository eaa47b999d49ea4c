/// Why a text is not taken as JSON.
package struct JSONFault: Error, Sendable, Equatable {
  /// What is wrong, in words.
  package var problem: String
  /// The byte offset of the fault.
  package var offset: Int

  /// What is wrong and where; at the very start it concerns the whole.
  package var sentence: String { offset == 0 ? problem : "\(problem), at byte \(offset)" }
}
