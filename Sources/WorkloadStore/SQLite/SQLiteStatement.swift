internal import CSQLite
import TinyforgeCore

/// A compiled statement, given back to its connection when it goes.
struct SQLiteStatement: ~Copyable {
  /// A stored value.
  enum Value: Equatable {
    case null
    case integer(Int64)
    case real(Double)
    case text([UInt8])
    case blob([UInt8])
  }

  private let handle: OpaquePointer
  private let connection: SQLiteConnection
  private let sql: String
  private let operation: String

  init(_ handle: OpaquePointer, sql: String, connection: SQLiteConnection, operation: String) {
    self.handle = handle
    self.sql = sql
    self.connection = connection
    self.operation = operation
  }

  deinit { connection.keep(handle, sql: sql) }

  /// Goes to the next row; false when there is none.
  borrowing func step() throws(Failure) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let status: throw connection.failure(status, operation)
    }
  }

  /// Binds values to the parameters in their order.
  borrowing func bind(_ values: [Value]) throws(Failure) {
    for (offset, value) in values.enumerated() {
      let status = bind(value, at: Int32(offset + 1))
      guard status == SQLITE_OK else { throw connection.failure(status, operation) }
    }
  }

  private borrowing func bind(_ value: Value, at index: Int32) -> Int32 {
    switch value {
    case .null: return sqlite3_bind_null(handle, index)
    case .integer(let number): return sqlite3_bind_int64(handle, index, number)
    case .real(let number): return sqlite3_bind_double(handle, index, number)
    case .text(let bytes):
      return bytes.withUnsafeBytes {
        let start = $0.baseAddress?.assumingMemoryBound(to: CChar.self)
        // An empty array has no address, and a null pointer would bind NULL.
        return sqlite3_bind_text(
          handle, index, start ?? Self.empty, Int32($0.count), Self.transient)
      }
    case .blob(let bytes):
      return bytes.withUnsafeBytes {
        $0.isEmpty
          ? sqlite3_bind_zeroblob(handle, index, 0)
          : sqlite3_bind_blob(handle, index, $0.baseAddress, Int32($0.count), Self.transient)
      }
    }
  }

  /// A column of the present row, copied out at once.
  borrowing func value(_ column: Int) -> Value {
    let index = Int32(column)
    switch sqlite3_column_type(handle, index) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, index))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, index))
    case SQLITE_TEXT: return .text(bytes(index, sqlite3_column_text(handle, index)))
    case SQLITE_BLOB: return .blob(bytes(index, sqlite3_column_blob(handle, index)))
    default: return .null
    }
  }

  /// A column of the present row as text however it is stored; NULL is empty.
  borrowing func text(_ column: Int) -> String {
    let index = Int32(column)
    guard sqlite3_column_type(handle, index) == SQLITE_TEXT else { return value(column).shownText }
    // The length is asked for after the pointer, as sqlite.org demands.
    let start = sqlite3_column_text(handle, index)
    let count = Int(sqlite3_column_bytes(handle, index))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// Whether a column of the present row holds a BLOB.
  borrowing func isBlob(_ column: Int) -> Bool {
    sqlite3_column_type(handle, Int32(column)) == SQLITE_BLOB
  }

  /// A column of the present row as a whole number; 0 for what is none.
  borrowing func integer(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }

  private borrowing func bytes(_ index: Int32, _ start: UnsafeRawPointer?) -> [UInt8] {
    // The length is asked for after the pointer, as sqlite.org demands.
    let count = Int(sqlite3_column_bytes(handle, index))
    return Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }

  nonisolated(unsafe) private static let empty: UnsafePointer<CChar> = {
    let byte = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
    byte.initialize(to: 0)
    return UnsafePointer(byte)
  }()

  /// SQLITE_TRANSIENT, a macro that Swift does not see: SQLite copies the bytes before it returns.
  private static var transient: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }
}

extension SQLiteStatement.Value {
  /// The text of a value, where it is text in UTF-8.
  var validText: String? {
    guard case .text(let bytes) = self else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// The text of a value however it is stored; NULL is empty.
  var shownText: String {
    switch self {
    case .null: ""
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
    case .text(let bytes), .blob(let bytes): String(decoding: bytes, as: UTF8.self)
    }
  }

  static func string(_ text: String) -> Self { .text(Array(text.utf8)) }

  /// The value as a statement of SQL has it: read there, it is of the same storage class.
  var literal: String {
    switch self {
    case .null: "NULL"
    case .integer(let number): "\(number)"
    // SQLite has no word for infinity: a number beyond all others is read as that.
    case .real(let number): number.isInfinite ? (number < 0 ? "-9e999" : "9e999") : "\(number)"
    case .blob(let bytes): "x'\(Self.hex(bytes))'"
    case .text(let bytes):
      // No command line holds a NUL, and none of the shell's words.
      if let text = validText, !bytes.contains(0) {
        sqlText(text)
      } else {
        "\(Self.castPrefix)\(Self.hex(bytes))\(Self.castSuffix)"
      }
    }
  }

  static let castPrefix = "CAST(x'"
  static let castSuffix = "' AS TEXT)"

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
