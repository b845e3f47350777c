import ClearingModel
import Quantities

/// Month tiers, calendar spreads, delivery charges and inter-commodity credits.
extension GeneratedClearingHouse {
    func writeSpreads(_ folder: String) throws(GenerationError) {
        let files = try SpreadFiles(folder)
        for (number, market) in markets.enumerated() { try writeCalendar(market, number: number, to: files) }
        try files.close()
        try writeInterCommoditySpreads(folder)
    }

    /// All months of a product's series, ascending.
    private func months(of number: Int) -> [ContractMonth] {
        Set(listing.products[number].series.map { listing.series[$0].month }).sorted()
    }

    /// Tiers NEAR (three months), MIDDLE (six) and FAR, the same charge rules for each pair of them; the exchange rates
    /// are scanned by tier. Charges are shares of the price scan range, or of the weighted price risk for gas.
    private func writeCalendar(_ market: ProductMarket, number: Int, to files: SpreadFiles) throws(GenerationError) {
        let product = market.product
        let months = months(of: number)
        let tiers = [
            ("NEAR", months.prefix(3)), ("MIDDLE", months.dropFirst(3).prefix(6)), ("FAR", months.dropFirst(9)),
        ]
        .filter { !$0.1.isEmpty }
        for (tier, members) in tiers {
            for month in members {
                try files.tiers.row(
                    Self.parameterSet, product.code, tier, month.description, "\(product.family == .exchangeRate)")
            }
        }
        let scanAmount = ranges[number] * Double(product.terms.contractValueFactor)
        let decimals = product.terms.currency == "JPY" ? 0 : 2
        let isShare = product.family == .gas
        var priority = 0
        func add(_ spread: String, share: Double, legs: [(tier: String?, month: String?)]) throws(GenerationError) {
            priority += 1
            try files.spreads.row(
                Self.parameterSet, product.code, spread, legs[0].month == nil ? "tier" : "series", "\(priority)",
                isShare ? "weighted_price_risk" : "flat",
                isShare
                    ? decimalText(rounding: share, decimals: 4)
                    : decimalText(rounding: share * scanAmount, decimals: decimals))
            for (index, leg) in legs.enumerated() {
                try files.legs.row(
                    Self.parameterSet, product.code, spread, "\(index + 1)", index == 0 ? "A" : "B", leg.tier,
                    leg.month, "1")
            }
        }
        let futures = listing.products[number].futures.map { listing.series[$0] }.filter { $0.expiry > dates.current }
        if futures.count > 1 {
            let pair = futures.prefix(2).map { (tier: String?.none, month: Optional($0.month.description)) }
            try add("FRONT-PAIR", share: 0.06, legs: pair)
        }
        for (first, near) in tiers.enumerated() {
            for (offset, far) in tiers[first...].enumerated() {
                try add("\(near.0)-\(far.0)", share: 0.10 + 0.08 * Double(offset), legs: [(near.0, nil), (far.0, nil)])
            }
        }
        guard let front = futures.first, !product.family.standsOnSpot else { return }
        try files.deliveries.row(
            Self.parameterSet, product.code, front.month.description,
            decimalText(rounding: 0.1 * scanAmount, decimals: decimals),
            decimalText(rounding: 0.05 * scanAmount, decimals: decimals), product.family == .gas ? "long" : "both")
    }

    /// Credits between the families' first products, then between each family's first and its variants.
    private func writeInterCommoditySpreads(_ folder: String) throws(GenerationError) {
        let spreads = try TableFile(.interSpread, in: folder)
        let legs = try TableFile(.interSpreadLeg, in: folder)
        var priority = 0
        func add(_ a: Product, _ b: Product, ratios: (String, String), rate: String) throws(GenerationError) {
            priority += 1
            let code = "\(a.code)-\(b.code)"
            try spreads.row(Self.parameterSet, code, "\(priority)", "delta", "false", rate)
            try legs.row(Self.parameterSet, code, "1", a.code, nil, "A", ratios.0, nil)
            try legs.row(Self.parameterSet, code, "2", b.code, nil, "B", ratios.1, nil)
        }
        let products = markets.map(\.product)
        try add(products[0], products[1], ratios: ("1", "2"), rate: "0.3")
        try add(products[0], products[2], ratios: ("2", "1"), rate: "0.2")
        try add(products[3], products[4], ratios: ("3", "1"), rate: "0.25")
        for product in products where product.variant > 0 {
            try add(products[product.family.rawValue], product, ratios: ("1", "1"), rate: "0.5")
        }
        // Of two currencies, and so of two risk groups.
        if !isSimulated {
            priority += 1
            try spreads.row(Self.parameterSet, "INDEX-FX", "\(priority)", "flat", "false", nil)
            try legs.row(Self.parameterSet, "INDEX-FX", "1", products[3].code, nil, "A", "1", "40.00")
            try legs.row(Self.parameterSet, "INDEX-FX", "2", products[5].code, nil, "B", "2", "2500")
        }
        try spreads.close()
        try legs.close()
    }
}

/// The files of the calendar parameters.
struct SpreadFiles {
    let tiers: TableFile
    let spreads: TableFile
    let legs: TableFile
    let deliveries: TableFile

    init(_ folder: String) throws(GenerationError) {
        tiers = try TableFile(.monthTier, in: folder)
        spreads = try TableFile(.intraSpread, in: folder)
        legs = try TableFile(.intraSpreadLeg, in: folder)
        deliveries = try TableFile(.deliveryCharge, in: folder)
    }

    func close() throws(GenerationError) {
        try tiers.close()
        try spreads.close()
        try legs.close()
        try deliveries.close()
    }
}
