import FleetReading
import RussianMessages
import ToolSupport

ToolMain.runParallel(
  PlanCommand.self, translating: Messages.russian, beside: SpecLocator.prepareAhead)
