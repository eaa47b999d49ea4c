import ToolSupport
import WorkloadSupport

await ToolMain.runAsync(PlanCommand.self, beside: SpecLocator.prepareAhead)
