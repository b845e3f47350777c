import ClearingModel
import Parameters
import Quantities
import Scenarios

extension ParameterSet {
    /// One parameter set from the rows of its tables; `rows` gives those of one table, in any order.
    ///
    /// - Throws: what the rows throw, and `ScenarioSetError` for a scenario set that is not whole.
    package init<Row: InputRow>(_ set: ParameterSetCode, rows: (InputTable) throws -> [Row]) throws {
        self.init(
            code: set, scenarioSets: try Self.scenarioSets(rows(.scenario)),
            compositeDeltaWeights: try Self.compositeDeltaWeights(rows(.compositeDeltaWeight)),
            correlations: Dictionary(
                try rows(.spreadOptionCorrelation).map { row in
                    (try row.code("contract"), try row.decimal("correlation"))
                }, uniquingKeysWith: { first, _ in first }),
            combinedCommodities: try rows(.combinedCommodityMargin).map { try CombinedCommodityMargin(row: $0) },
            priceScanRangeTiers: try rows(.priceScanRangeTier).map { try PriceScanRangeTier(row: $0) },
            monthTiers: try rows(.monthTier).map { try MonthTier(row: $0) },
            intraSpreads: try rows(.intraSpread).map { try IntraSpread(row: $0) },
            intraSpreadLegs: try rows(.intraSpreadLeg).map { try IntraSpreadLeg(row: $0) },
            deliveryCharges: try rows(.deliveryCharge).map { try DeliveryCharge(row: $0) },
            interSpreads: try rows(.interSpread).map { try InterSpread(row: $0) },
            interSpreadLegs: try rows(.interSpreadLeg).map { try InterSpreadLeg(row: $0) },
            accountClasses: try rows(.accountClass).map { try AccountClassMargin(row: $0) },
            fxHaircuts: Dictionary(
                try rows(.fxHaircut).map { row in
                    (
                        CurrencyPair(from: try row.currency("from_currency"), to: try row.currency("to_currency")),
                        try row.decimal("haircut")
                    )
                }, uniquingKeysWith: { first, _ in first }), simulation: try SimulationParameters(rows: rows),
            addOns: try AddOnParameters(rows: rows), callRules: try Self.callRules(rows(.callRule)),
            collateralLimits: try Self.collateralLimits(rows(.collateralLimit)),
            collateralHaircuts: Dictionary(
                try rows(.collateralHaircut).map { row in
                    (
                        try row.code("asset"),
                        CollateralHaircut(
                            haircut: try row.decimal("haircut"), isEligible: try row.flag("is_eligible"))
                    )
                }, uniquingKeysWith: { first, _ in first }), stress: try StressSet.stated(rows: rows))
    }

    /// The weights of each set in the order in which deltas are summed: by the size of the move, upward first.
    private static func compositeDeltaWeights(
        _ rows: [some InputRow]
    ) throws -> [ScenarioSetCode: [CompositeDeltaWeight]] {
        var weights: [ScenarioSetCode: [CompositeDeltaWeight]] = [:]
        for row in rows {
            weights[try row.code("scenario_set"), default: []].append(try CompositeDeltaWeight(row: row))
        }
        return weights.mapValues { $0.sorted(by: CompositeDeltaWeight.isSummedBefore) }
    }

    /// The sets in the order of their codes.
    private static func scenarioSets(_ rows: [some InputRow]) throws -> [ScenarioSet] {
        var scenarios: [ScenarioSetCode: [ScenarioDefinition]] = [:]
        for row in rows {
            scenarios[try row.code("scenario_set"), default: []].append(try ScenarioDefinition(row: row))
        }
        return try scenarios.keys.sorted().map { try ScenarioSet(code: $0, scenarios: scenarios[$0] ?? []) }
    }
}
