import FleetReading
import RussianMessages
import ToolSupport

ToolMain.runParallel(
  ApplyCommand.self, translating: Messages.russian, beside: SpecLocator.prepareAhead)
