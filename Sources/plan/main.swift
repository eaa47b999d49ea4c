import ToolSupport

await ToolMain.runAsync(PlanCommand.self)
