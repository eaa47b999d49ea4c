import RussianMessages
import ToolSupport
import WorkloadSupport

await ToolMain.runAsync(
  ApplyCommand.self, translating: Messages.russian, beside: SpecLocator.prepareAhead)
