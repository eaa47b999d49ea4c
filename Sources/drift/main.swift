import ToolSupport

await ToolMain.runAsync(DriftCommand.self)
