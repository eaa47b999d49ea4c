import ToolSupport

await ToolMain.runAsync(ApplyCommand.self)
