internal import CPostgres

/// What a statement returned, freed when it goes.
final class PostgresResult {
  private let handle: OpaquePointer

  /// Takes the handle over.
  init(_ handle: OpaquePointer) { self.handle = handle }

  deinit { PQclear(handle) }

  /// How many rows there are.
  var count: Int { Int(PQntuples(handle)) }

  /// How many rows the statement changed or returned.
  var changedRows: Int { Int(String(cString: PQcmdTuples(handle))) ?? 0 }

  var status: ExecStatusType { PQresultStatus(handle) }

  /// The bytes of a value, copied out; nil for NULL.
  func bytes(_ row: Int, _ column: Int) -> [UInt8]? {
    guard PQgetisnull(handle, Int32(row), Int32(column)) == 0 else { return nil }
    let count = Int(PQgetlength(handle, Int32(row), Int32(column)))
    let start = PQgetvalue(handle, Int32(row), Int32(column))
    return Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }

  /// A value as text, copied out; nil for NULL.
  func text(_ row: Int, _ column: Int) -> String? {
    guard PQgetisnull(handle, Int32(row), Int32(column)) == 0 else { return nil }
    let count = Int(PQgetlength(handle, Int32(row), Int32(column)))
    let start = UnsafeRawPointer(PQgetvalue(handle, Int32(row), Int32(column)))
    return String(
      decoding: UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count),
      as: UTF8.self)
  }

  /// A value as a whole number; 0 for what is none.
  func integer(_ row: Int, _ column: Int) -> Int64 { text(row, column).flatMap(Int64.init) ?? 0 }

  /// Whether a value is true.
  func isTrue(_ row: Int, _ column: Int) -> Bool { text(row, column) == "t" }

  /// A part of an error, by its letter in libpq's `postgres_ext.h`; empty where there is none.
  func errorField(_ letter: Unicode.Scalar) -> String {
    PQresultErrorField(handle, Int32(letter.value)).map { String(cString: $0) } ?? ""
  }
}
