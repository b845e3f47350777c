import ClearingModel
import Quantities

extension ScenarioSet {
    /// The classic sixteen scenarios (docs/methodology.md §3): price unchanged, ± one, two and three thirds of the
    /// price scan range, each with the volatility up and down, and two extreme moves of `extremeMultiple` scan ranges
    /// of which `extremeCover` counts.
    package static func classic(
        code: ScenarioSetCode, extremeMultiple: ExactDecimal = ExactDecimal(2),
        extremeCover: ExactDecimal = ExactDecimal(mantissa: 35, scale: 2)
    ) throws(ScenarioSetError) -> ScenarioSet {
        var scenarios: [ScenarioDefinition] = []
        for thirds in [0, 1, -1, 2, -2, 3, -3] {
            let number = scenarios.count + 1
            for (offset, volatilityMove) in [1, -1].enumerated() {
                scenarios.append(
                    ScenarioDefinition(
                        number: number + offset, priceMoveNumerator: ExactDecimal(thirds),
                        priceMoveDenominator: ExactDecimal(3), volatilityMove: ExactDecimal(volatilityMove),
                        pair: number + 1 - offset))
            }
        }
        for (number, multiple) in [(15, extremeMultiple), (16, -extremeMultiple)] {
            scenarios.append(
                ScenarioDefinition(
                    number: number, priceMoveNumerator: multiple, volatilityMove: .zero, weight: extremeCover,
                    pair: number))
        }
        return try ScenarioSet(code: code, scenarios: scenarios)
    }
}
