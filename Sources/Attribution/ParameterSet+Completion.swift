import ClearingModel
import Parameters
import Quantities
import Scenarios

extension ParameterSet {
    /// A night's set with the other night's rows of combined commodities and account classes that it has no row for,
    /// and of months that it does not list.
    ///
    /// Spreads between combined commodities, charges beyond the requirement and haircuts that a set lacks it does not
    /// ask for: they stay missing.
    func completed(
        by other: ParameterSet, listing months: [CombinedCommodityCode: Set<ContractMonth>], types contracts: [Contract]
    ) throws(ScenarioSetError) -> ParameterSet {
        let known = Set(combinedCommodities.map(\.combinedCommodity))
        func isMissing(_ code: CombinedCommodityCode) -> Bool { !known.contains(code) }
        let missing = other.combinedCommodities.filter { isMissing($0.combinedCommodity) }
        let sets = try completedSets(by: other, neededBy: missing)
        let ofMissing = Set(contracts.filter { isMissing($0.combinedCommodity) }.map(\.code))
        return ParameterSet(
            code: code, scenarioSets: sets.sets, compositeDeltaWeights: sets.weights,
            correlations: correlations.merging(other.correlations.filter { ofMissing.contains($0.key) }) { mine, _ in
                mine
            },
            combinedCommodities: completing(
                combinedCommodities, with: missing.map { $0.replacing(scenarioSet: sets.renamed[$0.scenarioSet]) },
                by: \.combinedCommodity),
            priceScanRangeTiers: priceScanRangeTiers
                + other.priceScanRangeTiers.filter { isMissing($0.combinedCommodity) },
            monthTiers: monthTiers + completingTiers(from: other, months, known),
            intraSpreads: intraSpreads + other.intraSpreads.filter { isMissing($0.combinedCommodity) },
            intraSpreadLegs: intraSpreadLegs + other.intraSpreadLegs.filter { isMissing($0.combinedCommodity) },
            deliveryCharges: deliveryCharges + other.deliveryCharges.filter { isMissing($0.combinedCommodity) },
            interSpreads: interSpreads, interSpreadLegs: interSpreadLegs,
            accountClasses: completing(accountClasses, with: other.accountClasses, by: \.accountClass),
            fxHaircuts: fxHaircuts, simulation: simulation, addOns: addOns)
    }

    /// The scenario sets with those that the missing combined commodities need; one of a name that this night gives to
    /// other scenarios is renamed.
    private func completedSets(
        by other: ParameterSet, neededBy missing: [CombinedCommodityMargin]
    ) throws(ScenarioSetError) -> (
        sets: [ScenarioSet], weights: [ScenarioSetCode: [CompositeDeltaWeight]],
        renamed: [ScenarioSetCode: ScenarioSetCode]
    ) {
        var (sets, weights) = (scenarioSets, compositeDeltaWeights)
        var renamed: [ScenarioSetCode: ScenarioSetCode] = [:]
        let needed = Set(missing.map(\.scenarioSet))
        for set in other.scenarioSets where needed.contains(set.code) {
            let own = scenarioSets.first { $0.code == set.code }
            if own == set, compositeDeltaWeights[set.code] == other.compositeDeltaWeights[set.code] { continue }
            // No code of a table has a slash at its end.
            let code = own == nil ? set.code : ScenarioSetCode(set.code.text + "/")
            renamed[set.code] = code
            sets.append(try ScenarioSet(code: code, scenarios: set.scenarios))
            weights[code] = other.compositeDeltaWeights[set.code]
        }
        return (sets, weights, renamed)
    }

    /// The other night's tiers of months that this night neither lists nor has in a tier, and of combined commodities
    /// it has no row for; whether a tier of both is scanned apart is this night's.
    private func completingTiers(
        from other: ParameterSet, _ months: [CombinedCommodityCode: Set<ContractMonth>],
        _ known: Set<CombinedCommodityCode>
    ) -> [MonthTier] {
        let own = Dictionary(grouping: monthTiers, by: \.combinedCommodity)
        return other.monthTiers.compactMap { row -> MonthTier? in
            guard known.contains(row.combinedCommodity) else { return row }
            guard let rows = own[row.combinedCommodity],
                !rows.contains(where: { $0.contractMonth == row.contractMonth }),
                months[row.combinedCommodity]?.contains(row.contractMonth) != true
            else { return nil }
            let isScannedApart =
                rows.first { $0.tier == row.tier }?.isScannedApart
                ?? (row.isScannedApart && rows.contains(where: \.isScannedApart))
            return MonthTier(
                combinedCommodity: row.combinedCommodity, tier: row.tier, contractMonth: row.contractMonth,
                isScannedApart: isScannedApart)
        }
    }

    /// The set with the credit multipliers of another's account classes.
    func takingMultipliers(of other: ParameterSet) -> ParameterSet {
        let multipliers = Dictionary(
            other.accountClasses.map { ($0.accountClass, $0.creditMultiplier) }, uniquingKeysWith: { first, _ in first }
        )
        return ParameterSet(
            code: code, scenarioSets: scenarioSets, compositeDeltaWeights: compositeDeltaWeights,
            correlations: correlations, combinedCommodities: combinedCommodities,
            priceScanRangeTiers: priceScanRangeTiers, monthTiers: monthTiers, intraSpreads: intraSpreads,
            intraSpreadLegs: intraSpreadLegs, deliveryCharges: deliveryCharges, interSpreads: interSpreads,
            interSpreadLegs: interSpreadLegs,
            accountClasses: accountClasses.map { row in
                AccountClassMargin(
                    accountClass: row.accountClass, initialRatio: row.initialRatio,
                    netOptionValueIsCapped: row.netOptionValueIsCapped, offsetCap: row.offsetCap,
                    creditMultiplier: multipliers[row.accountClass] ?? row.creditMultiplier,
                    diversificationFloor: row.diversificationFloor,
                    correlationUnderestimationKappa: row.correlationUnderestimationKappa)
            },
            fxHaircuts: fxHaircuts, simulation: simulation, addOns: addOns)
    }
}

extension CombinedCommodityMargin {
    /// The same row with another scenario set; itself where none is given.
    fileprivate func replacing(scenarioSet: ScenarioSetCode?) -> CombinedCommodityMargin {
        guard let scenarioSet else { return self }
        return CombinedCommodityMargin(
            combinedCommodity: combinedCommodity, scenarioSet: scenarioSet, priceScanRange: priceScanRange,
            volatilityScanRange: volatilityScanRange, volatilityFloor: volatilityFloor, lookAheadDays: lookAheadDays,
            dayCount: dayCount, arrayDecimals: arrayDecimals, deltaDecimals: deltaDecimals,
            weightedPriceRiskMethod: weightedPriceRiskMethod,
            deltaKind: deltaKind, shortOptionMinimumMethod: shortOptionMinimumMethod,
            shortOptionMinimumRate: shortOptionMinimumRate, maintenanceRatio: maintenanceRatio,
            keepsWorkings: keepsWorkings)
    }
}
