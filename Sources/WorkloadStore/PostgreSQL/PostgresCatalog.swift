import TinyforgeCore

/// The tables that the tools look at, as the catalog of a database describes them; one round trip.
struct PostgresCatalog {
  private(set) var isStandby = false
  private(set) var database = ""
  private(set) var tables: [String: PostgresSchema.Table] = [:]

  init(probing connection: PostgresConnection) throws(Failure) {
    let found: PostgresResult
    do throws(PostgresFault) {
      found = try connection.run(PostgresStatement(Self.query, to: "read the schema"))
    } catch {
      throw error.failure(connection.address)
    }
    for row in 0..<found.count { add(row, of: found) }
  }

  private mutating func add(_ row: Int, of found: PostgresResult) {
    // The first column only orders the rows.
    func text(_ column: Int) -> String { found.text(row, column + 1) ?? "" }
    let table = text(1)
    switch text(0) {
    case "server":
      isStandby = text(1) == "true"
      database = text(2)
    case "table": tables[table] = PostgresSchema.Table(place: text(2))
    case "column":
      let flags = text(5)
      let (isGenerated, hasDefault) = (flags.utf8.contains("g".utf8), flags.utf8.contains("d".utf8))
      tables[table]?.columns[text(2)] = PostgresColumn(
        name: text(2), quoted: text(3), type: text(4), kind: PostgresColumn.Kind(type: text(6)),
        hasDefault: hasDefault, isGenerated: isGenerated,
        isRequired: flags.utf8.contains("n".utf8) && !hasDefault && !isGenerated)
    case "key": tables[table]?.key.append(text(2))
    default: tables[table]?.references.append((text(2), text(3)))
    }
  }

  /// Rows of five kinds, the tables before what is in them.
  ///
  /// A domain is of its base type.
  /// `format_type` without a modifier (-1) gives the name of a type to which a cast cuts nothing off.
  private static let query = """
    WITH tables AS (
      SELECT n.name, c.oid, pg_catalog.format('%I.%I', s.nspname, c.relname) AS place
      FROM (VALUES ('workloads'), ('event_log'), ('workload_volumes')) AS n(name)
      JOIN pg_catalog.pg_class c ON c.oid = pg_catalog.to_regclass(n.name)
      JOIN pg_catalog.pg_namespace s ON s.oid = c.relnamespace)
    SELECT 0 AS part, 'server' AS kind, pg_catalog.pg_is_in_recovery()::text AS a, d.oid::text AS b,
      NULL AS c, NULL AS d, NULL AS e, NULL AS f, 0 AS place
    FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()
    UNION ALL SELECT 1, 'table', name, place, NULL, NULL, NULL, NULL, 0 FROM tables
    UNION ALL SELECT 2, 'column', t.name, a.attname::text, pg_catalog.quote_ident(a.attname),
      pg_catalog.format_type(a.atttypid, -1),
      CASE WHEN a.attnotnull THEN 'n' ELSE '' END
        || CASE WHEN a.attgenerated <> '' OR a.attidentity = 'a' THEN 'g' ELSE '' END
        || CASE WHEN a.atthasdef OR a.attidentity <> '' OR y.typdefault IS NOT NULL THEN 'd' ELSE '' END,
      pg_catalog.format_type(CASE WHEN y.typtype = 'd' THEN y.typbasetype ELSE y.oid END, -1), a.attnum
    FROM tables t JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
    UNION ALL SELECT 3, CASE c.contype WHEN 'p' THEN 'key' ELSE 'reference' END, t.name, a.attname::text,
      r.attname::text, NULL, NULL, NULL, a.attnum
    FROM tables t JOIN pg_catalog.pg_constraint c ON c.conrelid = t.oid
    JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (c.conkey)
    LEFT JOIN pg_catalog.pg_attribute r ON r.attrelid = c.confrelid AND r.attnum = c.confkey[1]
    WHERE c.contype = 'p' OR (c.contype = 'f' AND pg_catalog.cardinality(c.conkey) = 1
      AND c.confrelid = (SELECT oid FROM tables WHERE name = 'workloads'))
    ORDER BY 1, 9
    """
}
