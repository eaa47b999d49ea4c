import RussianMessages
import ToolSupport
import WorkloadSupport

await ToolMain.runAsync(
  DriftCommand.self, translating: Messages.russian, beside: SpecLocator.prepareAhead)
