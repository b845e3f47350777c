import InputRows
import Parameters
import Postgres
import Quantities
import Scenarios

extension ParameterSet {
    /// The rows of one set that a run sees; an unknown set has none.
    package static func load(_ set: PinnedParameterSet, from connection: Connection) throws -> ParameterSet {
        try ParameterSet(set.code) { table in
            guard let query = queries[table] else { preconditionFailure("table \(table.rawValue) has its query") }
            return try StoredRow.rows(query, set.values, from: connection)
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
        .riskGroupCommodity: .loadRiskGroupCommodities, .liquidityGroup: .loadLiquidityGroups,
        .liquidityGroupMember: .loadLiquidityGroupMembers, .concentrationTier: .loadConcentrationTiers,
        .memberConcentrationTier: .loadMemberConcentrationTiers, .halfSpreadCharge: .loadHalfSpreadCharges,
        .impactCharge: .loadImpactCharges, .callRule: .loadCallRules, .collateralLimit: .loadCollateralLimits,
        .collateralHaircut: .loadCollateralHaircuts, .stressSet: .loadStressSets,
        .stressScenario: .loadStressScenarios, .stressMove: .loadStressMoves,
        .closeOutImpact: .loadCloseOutImpacts,
    ]
}
