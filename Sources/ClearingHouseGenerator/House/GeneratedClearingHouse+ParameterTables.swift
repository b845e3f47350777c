import ClearingModel
import Quantities

/// The margin parameters of the house: one set, in force on both dates.
extension GeneratedClearingHouse {
    static let parameterSet = "2018-12"

    func writeParameters(_ folder: String) throws(GenerationError) {
        let set = try TableFile(.parameterSet, in: folder)
        try set.row(
            Self.parameterSet, "2018-12-01", "risk-analyst", "risk-committee", "December 2018 review", "methodology-1.4"
        )
        try set.close()
        try writeScenarios(folder)
        try writeCommodityParameters(folder)
        try writeSpreads(folder)
        try writeAccountParameters(folder)
        try writeLiquidityParameters(folder)
        try writeDataGates(folder)
        if isSimulated { try writeSimulation(folder) }
        if isStressed { try writeStress(folder) }
        if size == .demo {
            try writeLimits(folder)
            try writeStudies(folder)
        }
    }

    /// The classic sixteen, with extremes of twice the range at 35 % (SPAN-16) and thrice at 33 % (SPAN-16-ENERGY).
    private func writeScenarios(_ folder: String) throws(GenerationError) {
        let file = try TableFile(.scenario, in: folder)
        for (set, multiple, cover) in [("SPAN-16", "2", "0.35"), ("SPAN-16-ENERGY", "3", "0.33")] {
            for (pair, move) in [(0, 1), (1, 3), (-1, 3), (2, 3), (-2, 3), (1, 1), (-1, 1)].enumerated() {
                let first = 2 * pair + 1
                for (number, partner, direction) in [(first, first + 1, "1"), (first + 1, first, "-1")] {
                    try file.row(
                        Self.parameterSet, set, "\(number)", "\(move.0)", "\(move.1)", direction, "1", "\(partner)")
                }
            }
            try file.row(Self.parameterSet, set, "15", multiple, "1", "0", cover, "15")
            try file.row(Self.parameterSet, set, "16", "-" + multiple, "1", "0", cover, "16")
        }
        try file.close()
    }

    private func writeCommodityParameters(_ folder: String) throws(GenerationError) {
        let file = try TableFile(.combinedCommodityMargin, in: folder)
        let ranges = try TableFile(.priceScanRangeTier, in: folder)
        for (number, market) in markets.enumerated() {
            let product = market.product
            let range = GeneratedScanRange(market)
            let family = FamilyParameters(product.family)
            try file.row(
                Self.parameterSet, product.code, product.terms.currency == "USD" ? "SPAN-16-ENERGY" : "SPAN-16",
                range.isPercent ? "percent" : "amount", range.text, family.volatilityRangeKind, family.volatilityRange,
                family.volatilityFloor, "1", "act/365", product.terms.currency == "JPY" ? "0" : "2", "capped",
                "composite", family.shortOptionMinimumMethod, family.shortOptionMinimumRate)
            if product.family == .gas { try writeRangeTiers(number, range: range, to: ranges) }
        }
        try file.close()
        try ranges.close()
    }

    /// Gas: winter and spring months take the range, later ones three quarters of it, rounded up to a cent.
    private func writeRangeTiers(_ number: Int, range: GeneratedScanRange, to file: TableFile) throws(GenerationError) {
        let months = listing.products[number].futures.map { listing.series[$0].month }
        guard let first = months.first, let last = months.last, months.count > 6 else { return }
        let reduced = decimalText(Int64((range.amount * 75).rounded(.up)), decimals: 2)
        for (from, to, text) in [(first, months[5], range.text), (months[6], last, reduced)] {
            try file.row(
                Self.parameterSet, markets[number].product.code, from.description, to.description, "amount", text)
        }
    }

    private func writeAccountParameters(_ folder: String) throws(GenerationError) {
        let classes = try TableFile(.accountClass, in: folder)
        let rules = try TableFile(.callRule, in: folder)
        let limits = try TableFile(.collateralLimit, in: folder)
        for (code, ratio, isCapped, cap, threshold) in [
            ("HOUSE", "1", "false", "0.8", "100000"), ("CLIENT-NET", "1.1", "false", nil, "100000"),
            ("CLIENT-GROSS", "1.1", "false", nil, "50000"), ("CLIENT-SEG", "1.1", "true", nil, "25000"),
        ] {
            try classes.row(Self.parameterSet, code, ratio, isCapped, cap)
            try rules.row(Self.parameterSet, code, threshold, "10000", "1000")
            try limits.row(Self.parameterSet, code, "class", "equity", "0.25")
            try limits.row(Self.parameterSet, code, "class", "government", "0.8")
            try limits.row(Self.parameterSet, code, "issuer", "", "0.6")
        }
        try classes.close()
        try rules.close()
        try limits.close()
        let fx = try TableFile(.fxHaircut, in: folder)
        for from in InterestRates.codes {
            for to in InterestRates.codes where to != from {
                try fx.row(Self.parameterSet, from, to, from == "JPY" || to == "JPY" ? "0.055" : "0.045")
            }
        }
        try fx.close()
        let haircuts = try TableFile(.collateralHaircut, in: folder)
        for asset in CollateralAsset.all(membership) {
            try haircuts.row(Self.parameterSet, asset.code, asset.haircut, "\(asset.isEligible)")
        }
        try haircuts.close()
    }

    /// Two liquidity groups a class, and concentration tiers from one average day's volume on.
    private func writeLiquidityParameters(_ folder: String) throws(GenerationError) {
        let groups = try TableFile(.liquidityGroup, in: folder)
        let commodities = try TableFile(.liquidityGroupMember, in: folder)
        let tiers = try TableFile(.concentrationTier, in: folder)
        for accountClass in ["HOUSE", "CLIENT-NET", "CLIENT-GROSS", "CLIENT-SEG"] {
            try groups.row(Self.parameterSet, accountClass, "ENERGY", "2")
            try groups.row(Self.parameterSet, accountClass, "FINANCIAL", "2")
            for market in markets {
                let product = market.product
                let group = product.terms.currency == "USD" ? "ENERGY" : "FINANCIAL"
                try commodities.row(
                    Self.parameterSet, accountClass, group, product.code, "0.5", product.isSynthetic ? "0.5" : "0")
                for (above, rate) in [("1", "0.1"), ("1.5", "0.25")] {
                    try tiers.row(Self.parameterSet, accountClass, product.code, "adv", above, rate)
                }
            }
        }
        try groups.close()
        try commodities.close()
        try tiers.close()
    }

    private func writeDataGates(_ folder: String) throws(GenerationError) {
        let file = try TableFile(.dataGate, in: folder)
        let flags = [
            "call_monotonicity", "long_short_balance", "position_roll", "price_move", "put_call_parity", "stale_price",
            "unpriced_series",
        ]
        for rule in flags { try file.row(Self.parameterSet, rule, "", "flag", rule == "stale_price" ? "3" : nil) }
        for rule in ["missing_price", "missing_volatility", "price_sign", "slipped_price"] {
            try file.row(Self.parameterSet, rule, "", "block", nil)
        }
        // A gross omnibus account has no net portfolio to simulate: it is scanned.
        if isSimulated { try file.row(Self.parameterSet, "gross_simulation", "", "flag", nil) }
        for market in markets where !market.product.family.isAdditive {
            let limit = market.product.family == .bond || market.product.family == .exchangeRate ? "0.05" : "0.15"
            try file.row(Self.parameterSet, "price_move", market.product.code, "flag", limit)
        }
        try file.close()
    }
}

/// What the combined commodities of one family share in the parameters.
struct FamilyParameters {
    let volatilityRangeKind: String
    let volatilityRange: String
    let volatilityFloor: String
    let shortOptionMinimumMethod: String
    /// In the product's currency, a contract.
    let shortOptionMinimumRate: String

    init(_ family: ProductFamily) {
        switch family {
        case .crude: self.init("relative", "0.25", "0.05", "gross", "50")
        case .gas: self.init("relative", "0.3", "0.05", "gross", "60")
        case .basis: self.init("absolute", "1.5", "0.5", "max", "25")
        case .index: self.init("absolute", "0.06", "0.04", "gross", "30")
        case .bond: self.init("relative", "0.25", "0.01", "gross", "20")
        case .exchangeRate: self.init("absolute", "0.03", "0.02", "gross", "2500")
        }
    }

    private init(_ kind: String, _ range: String, _ floor: String, _ method: String, _ rate: String) {
        volatilityRangeKind = kind
        volatilityRange = range
        volatilityFloor = floor
        shortOptionMinimumMethod = method
        shortOptionMinimumRate = rate
    }
}
