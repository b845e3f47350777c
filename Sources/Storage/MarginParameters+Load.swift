import ClearingModel
import InputRows
import Postgres
import Quantities
import Scenarios

extension MarginParameters {
    /// The rows of one set; an unknown set has none.
    package static func load(_ set: ParameterSetCode, from connection: Connection) throws -> MarginParameters {
        try MarginParameters(set) { table in
            guard let query = queries[table] else { preconditionFailure("table \(table.rawValue) has its query") }
            return try StoredRow.rows(query, [.text(set.text)], from: connection)
        }
    }

    private static let queries: [InputTable: Query] = [
        .scenario: .loadScenarios, .compositeDeltaWeight: .loadCompositeDeltaWeights,
        .spreadOptionCorrelation: .loadSpreadOptionCorrelations,
        .combinedCommodityMargin: .loadCombinedCommodityMargins,
        .priceScanRangeTier: .loadPriceScanRangeTiers, .monthTier: .loadMonthTiers, .intraSpread: .loadIntraSpreads,
        .intraSpreadLeg: .loadIntraSpreadLegs, .deliveryCharge: .loadDeliveryCharges, .interSpread: .loadInterSpreads,
        .interSpreadLeg: .loadInterSpreadLegs, .accountClass: .loadAccountClasses, .fxHaircut: .loadFxHaircuts,
        .riskFactor: .loadRiskFactors, .riskFactorMapping: .loadRiskFactorMappings, .simulation: .loadSimulations,
        .stressedWindow: .loadStressedWindows, .riskGroup: .loadRiskGroups,
        .riskGroupCommodity: .loadRiskGroupCommodities,
    ]
}
