import ClearingModel
import Margining
import MarginCalls
import NextNight
import RiskArrays
import Scenarios
import Simulation
import Storage
import Stress

/// What a calculation refuses its inputs with, where a night goes on without it: what the next business date will call,
/// and why figures moved since the night before.
protocol RefusedCalculation: Error, CustomStringConvertible {}

extension NextNightError: RefusedCalculation {}
extension AddOnError: RefusedCalculation {}
extension ConversionError: RefusedCalculation {}
extension HistoryError: RefusedCalculation {}
extension MarginBookError: RefusedCalculation {}
extension MarginCallsError: RefusedCalculation {}
extension MarginingError: RefusedCalculation {}
extension PublishedArraysError: RefusedCalculation {}
extension ScenarioSetError: RefusedCalculation {}
extension SimulationError: RefusedCalculation {}
extension StressRefusal: RefusedCalculation {}
extension UnreadableValue: RefusedCalculation {}
extension ValuationBookError: RefusedCalculation {}
