import ToolSupport

/// How the lists and results of the subcommands are written.
enum ListFormat: String, FormatChoice { case text, json }
