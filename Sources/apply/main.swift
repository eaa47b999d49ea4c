import FleetReading
import RussianMessages
import ToolSupport

await ToolMain.runAsync(
  ApplyCommand.self, translating: Messages.russian, beside: SpecLocator.prepareAhead)
