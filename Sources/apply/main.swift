import ToolSupport
import WorkloadSupport

await ToolMain.runAsync(ApplyCommand.self, beside: SpecLocator.prepareAhead)
