import Quantities

/// One addend of a requirement: a combined commodity, or several that a scan-based spread scanned as one.
package struct RiskLine: Hashable, Sendable {
    /// What the addend stands for.
    package enum Source: Hashable, Sendable {
        /// Index into the book's combined commodities.
        case combinedCommodity(Int)
        /// Index into the book's inter-commodity spreads.
        case scanSpread(Int)
        /// A group of combined commodities whose risk is an expected shortfall; the index is the caller's.
        case riskGroup(Int)
    }

    package let source: Source
    /// Indices of the combined commodities it stands for.
    package let legs: [Int]
    package let scan: Money
    package let intra: Money
    package let delivery: Money
    /// The credits that count.
    package let credits: Money
    package let shortOptionMinimum: Money
    /// Signed.
    package let netOptionValue: Money
    /// max(scan + intra + delivery − credits, short option minimum), or what replaces it (docs/methodology.md §6.6).
    package let risk: Money
    /// risk · the account's initial ratio.
    package let initialRisk: Money
    /// Sum of the legs' stand-alone initial risks.
    package let standaloneInitialRisk: Money
    /// All its positions are long premium-style options.
    package let isLongPremiumOptionsOnly: Bool

    package init(
        source: Source, legs: [Int], scan: Money, intra: Money, delivery: Money, credits: Money,
        shortOptionMinimum: Money,
        netOptionValue: Money, risk: Money, initialRisk: Money, standaloneInitialRisk: Money,
        isLongPremiumOptionsOnly: Bool
    ) {
        self.source = source
        self.legs = legs
        self.scan = scan
        self.intra = intra
        self.delivery = delivery
        self.credits = credits
        self.shortOptionMinimum = shortOptionMinimum
        self.netOptionValue = netOptionValue
        self.risk = risk
        self.initialRisk = initialRisk
        self.standaloneInitialRisk = standaloneInitialRisk
        self.isLongPremiumOptionsOnly = isLongPremiumOptionsOnly
    }
}

/// An owner's requirement in one currency (docs/methodology.md §6.7, §6.8).
package struct CurrencyRequirement: Hashable, Sendable {
    package let initialRisk: Money
    /// Signed.
    package let netOptionValue: Money
    package let offsetAddBack: Money
    package let requirement: Money
    /// Nothing is required because all positions are long premium-style options.
    package let isLongPremiumOptionsOnly: Bool
}

/// Long and short of one series in a gross omnibus account (docs/methodology.md §6.9).
package struct OmnibusSeriesRisk: Hashable, Sendable {
    /// Index into the book's series.
    package let series: Int
    package let longScan: Money
    package let shortScan: Money
    package let longValue: Money
    package let shortValue: Money
}

/// One beneficial owner's part of an account; the only one where the account is not segregated.
package struct OwnerRequirement: Hashable, Sendable {
    /// Index into the account's owners.
    package let owner: Int
    /// In the order of the book.
    package let combinedCommodities: [CombinedCommodityRisk]
    /// In the order in which they formed.
    package let interSpreads: [InterSpreadFormed]
    package let scanGroups: [ScanGroupRisk]
    /// In the order of each line's first leg.
    package let riskLines: [RiskLine]
    /// By currency code.
    package let currencies: [CurrencyRequirement]
    /// Empty unless the account is gross omnibus.
    package let omnibusSeries: [OmnibusSeriesRisk]

    /// The same figures with other risk lines and what they require: for an expected shortfall in place of a scanning
    /// risk (docs/methodology.md §6.6).
    package func replacing(riskLines: [RiskLine], currencies: [CurrencyRequirement]) -> OwnerRequirement {
        OwnerRequirement(
            owner: owner, combinedCommodities: combinedCommodities, interSpreads: interSpreads, scanGroups: scanGroups,
            riskLines: riskLines, currencies: currencies, omnibusSeries: omnibusSeries)
    }
}

/// An account's requirement in one currency, and what it counts in the call currency (docs/methodology.md §6.10).
package struct ConvertedRequirement: Hashable, Sendable {
    package let amount: Money
    package let rate: ExactDecimal
    package let haircut: ExactDecimal
    package let converted: Money
}

/// An account's requirement with every figure on the way to it.
package struct AccountRequirement: Hashable, Sendable {
    package let owners: [OwnerRequirement]
    /// Sum over owners a currency, by currency code.
    package let currencies: [ConvertedRequirement]
    /// In the call currency; the sum of the converted amounts.
    package let requirement: Money
}
