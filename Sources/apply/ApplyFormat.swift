import ToolSupport

/// How the result is written.
enum ApplyFormat: String, FormatChoice { case text, json }
