import FleetReading
import RussianMessages
import ToolSupport

await ToolMain.runAsync(
  DriftCommand.self, translating: Messages.russian, beside: SpecLocator.prepareAhead)
