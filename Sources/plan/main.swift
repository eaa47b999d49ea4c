import FleetReading
import RussianMessages
import ToolSupport

await ToolMain.runAsync(
  PlanCommand.self, translating: Messages.russian, beside: SpecLocator.prepareAhead)
