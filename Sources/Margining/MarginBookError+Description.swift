import ClearingModel

extension MarginBookError: CustomStringConvertible {
    /// `intra_spread CORN CAL: two rows have this key`.
    package var description: String { "\(row): \(rule)" }
}

extension MarginBookError.Rule: CustomStringConvertible {
    /// Lower case, no full stop: what is wrong with the row.
    package var description: String {
        switch self {
        case .duplicateKey: "two rows have this key"
        case .unknownCurrency(let code): "unknown currency \(code)"
        case .unknownCombinedCommodity(let code): "unknown combined commodity \(code)"
        case .unknownContract(let code): "unknown contract \(code)"
        case .unknownScenarioSet(let code): "unknown scenario set \(code)"
        case .unknownTier(let code): "unknown tier \(code)"
        case .unknownSpread(let code): "unknown spread \(code)"
        case .noMarginParameters: "the combined commodity has no margin parameters in the parameter set"
        case .kindDiffersFromContract: "one of series and contract is an option and the other a future"
        case .arrayDecimalsOutsideZeroToEight(let decimals): "array_decimals \(decimals) is not from 0 to 8"
        case .notAboveZero(let column): "\(column) is not above 0"
        case .negative(let column): "\(column) is negative"
        case .tooManyDecimals(let column): "\(column) has too many decimals"
        case .tierPartlyScannedApart: "the rows of the tier disagree on whether it is scanned apart"
        case .monthNotInExactlyOneScanTier(let month): "the month \(month) lies in no scan tier or in two"
        case .sideWithoutLeg(let side): "the spread has no leg on side \(side.rawValue)"
        case .legKindDiffersFromSpread: "a leg names a month where the spread's legs are tiers, or the reverse"
        case .overlappingButUnequalPools: "two legs of one side share months but not all of them"
        case .noCreditRate: "the spread has no credit rate"
        case .creditRateAboveOne: "the credit rate is above 1"
        case .scanLegWithTier: "a leg of a spread by scan names a tier"
        case .scanLegsOfOneCombinedCommodity: "the legs of the spread by scan are of one combined commodity"
        case .scanLegsInTwoCurrencies: "the legs of the spread by scan are in two currencies"
        case .scanLegsInTwoScenarioSets: "the legs of the spread by scan have two scenario sets"
        case .priceRiskNotDefined(let set):
            "it takes a share of weighted price risk, which the scenario set \(set) does not define"
        }
    }
}
