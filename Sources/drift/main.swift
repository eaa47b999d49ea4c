import ToolSupport
import WorkloadSupport

await ToolMain.runAsync(DriftCommand.self, beside: SpecLocator.prepareAhead)
