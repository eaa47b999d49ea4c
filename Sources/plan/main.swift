import RussianMessages
import ToolSupport
import WorkloadSupport

await ToolMain.runAsync(
  PlanCommand.self, translating: Messages.russian, beside: SpecLocator.prepareAhead)
