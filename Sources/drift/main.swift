import FleetReading
import RussianMessages
import ToolSupport

ToolMain.runParallel(
  DriftCommand.self, translating: Messages.russian, beside: SpecLocator.prepareAhead)
