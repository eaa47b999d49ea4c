import TinyforgeCore

/// A column of a table, as PostgreSQL's catalog describes it.
struct PostgresColumn: Sendable {
  /// What a column's type holds, domains included.
  enum Kind: Sendable {
    case text, json, jsonb, boolean, integer
    /// `timestamp with time zone`.
    case time
    /// `timestamp without time zone`; its times are taken for UTC.
    case localTime
    /// Another type, of which the text form is used.
    case other

    /// `type` is what `format_type` calls it.
    init(type: String) {
      switch type {
      case "text", "character varying", "bpchar", "citext": self = .text
      case "json": self = .json
      case "jsonb": self = .jsonb
      case "boolean": self = .boolean
      case "smallint", "integer", "bigint": self = .integer
      case "timestamp with time zone": self = .time
      case "timestamp without time zone": self = .localTime
      default: self = .other
      }
    }
  }

  /// As it is called.
  var name: String
  /// Quoted where SQL needs that.
  var quoted: String
  /// The type to cast a value to.
  var type: String
  var kind: Kind
  var hasDefault: Bool
  /// The table computes it: it cannot be written.
  var isGenerated: Bool
  /// A row must be given a value for it.
  var isRequired: Bool

  /// The column as text: a point in time as RFC 3339 in UTC, everything else as PostgreSQL writes it.
  ///
  /// The cast also keeps operators of the tables' owner out, whose arguments would fit better.
  var asText: String {
    let layout = #"'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'"#
    switch kind {
    case .time: return "pg_catalog.to_char(\(quoted) AT TIME ZONE 'UTC', \(layout))"
    case .localTime: return "pg_catalog.to_char(\(quoted), \(layout))"
    default: return "(\(quoted))::text"
    }
  }

  /// The column in an ORDER BY, where the table is called `t`: without that a name would mean what is selected, the text.
  var ordering: String { "t.\(quoted)" }

  /// A parameter, of which the text is that of ``asText``, as a value of the column; an empty time is NULL.
  func value(_ number: Int) -> String {
    let time = "NULLIF($\(number)::text, '')::timestamptz"
    switch kind {
    case .time: return time
    case .localTime: return "(\(time) AT TIME ZONE 'UTC')"
    default: return "$\(number)::\(type)"
    }
  }

  /// A condition that the column holds a parameter: in `jsonb` by value, in all others by what ``asText`` says.
  func isSame(as number: Int) -> String {
    kind == .jsonb ? "\(quoted) = $\(number)::jsonb" : "\(asText) = $\(number)::text"
  }

  /// A flag as this column takes it.
  func flag(_ isOn: Bool) -> String {
    kind == .boolean ? (isOn ? "true" : "false") : (isOn ? "1" : "0")
  }
}

/// Points in time as columns hold them.
enum PostgresTime {
  /// A time without a fraction that is 0, as ``PostgresColumn/asText`` writes one.
  static func trimmed(_ text: String) -> String {
    text.endsWithBytes(of: ".000000Z") ? "\(text.dropLast(8))Z" : text
  }

  /// A value as RFC 3339 in UTC with whole seconds; nil for a form that is not known here.
  static func rfc3339(_ text: String) -> String? {
    if let layout = TimestampLayout(of: text) { return layout.seconds.map(UTCTime.rfc3339) }
    guard let count = Int64(text), let unit = TimestampUnit(of: Double(count)) else { return nil }
    return UTCTime.rfc3339(count / unit.perSecond)
  }

  /// `time` (RFC 3339 in UTC) as a column takes it: in the form of another of its values where the column's type
  /// leaves that open; nil where that form is not known.
  static func written(_ time: String, in column: PostgresColumn, as other: String?) -> String? {
    if column.kind == .time || column.kind == .localTime { return time }
    guard let other, let seconds = UTCTime.seconds(ofRFC3339: time) else { return nil }
    if let layout = TimestampLayout(of: other) { return layout.write(seconds) }
    guard let count = Int64(other), let unit = TimestampUnit(of: Double(count)),
      unit != .julianDays
    else { return nil }
    return "\(seconds * unit.perSecond)"
  }
}
