import ToolSupport

ToolMain.run(LintCommand.self)
