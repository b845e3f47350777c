import ClearingModel

extension MarginBookError: CustomStringConvertible {
    /// `intra_spread CORN CAL: two rows have its key`.
    package var description: String { "\(row): \(rule)" }
}

extension MarginBookError.Rule: CustomStringConvertible {
    /// Lower case, no full stop: what is wrong with the row.
    package var description: String {
        switch self {
        case .duplicateKey: "two rows have its key"
        case .unknownCurrency(let code): "there is no currency \(code)"
        case .unknownCombinedCommodity(let code): "there is no combined commodity \(code)"
        case .unknownContract(let code): "there is no contract \(code)"
        case .unknownScenarioSet(let code): "there is no scenario set \(code)"
        case .unknownTier(let code): "there is no tier \(code)"
        case .unknownSpread(let code): "there is no spread \(code)"
        case .noMarginParameters: "it has no margin parameters in the parameter set"
        case .kindDiffersFromContract: "it is a future and its contract an option, or the reverse"
        case .deltaDecimalsOutOfRange(let decimals):
            "delta_decimals \(decimals) is outside \(CompositeDelta.decimals.lowerBound) to "
                + "\(CompositeDelta.decimals.upperBound)"
        case .arrayDecimalsOutOfRange(let decimals):
            "array_decimals \(decimals) is outside \(ArrayUnit.decimals.lowerBound) to \(ArrayUnit.decimals.upperBound)"
        case .notAboveZero(let column): "\(column) is not above zero"
        case .negative(let column): "\(column) is negative"
        case .tooManyDecimals(let column):
            "\(column) has too many decimals: ratios and rates have at most 8, factors at most 6"
        case .tierPartlyScannedApart: "its rows disagree on is_scanned_apart"
        case .monthNotInExactlyOneScanTier(let month): "contract month \(month) lies in no scan tier or in two"
        case .sideWithoutLeg(let side): "side \(side.rawValue) has no leg"
        case .legKindDiffersFromSpread: "it is a month where the spread's legs are tiers, or the reverse"
        case .overlappingButUnequalPools: "its pool shares months with another of its side and is not the same"
        case .noCreditRate: "it has no credit rate"
        case .creditRateAboveOne: "its credit rate is above 1"
        case .scanLegWithTier: "a leg of a spread by scan names a tier"
        case .scanLegsOfOneCombinedCommodity: "its legs are of one combined commodity"
        case .scanLegsInTwoCurrencies: "its legs are in two currencies"
        case .scanLegsInTwoScenarioSets: "its legs are in two scenario sets"
        case .priceRiskNotDefined(let set):
            "it takes a share of weighted price risk, which scenario set \(set) does not define"
        }
    }
}
