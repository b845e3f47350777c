import ClearingModel
import InputRows
import Quantities

extension SpanImport {
    /// A combined commodity with its margin parameters; `decimals` are those of its arrays and deltas.
    mutating func readCommodity(_ definition: SpanElement, decimals: (array: Int, delta: Int)?) throws {
        let code = try definition.code("cc")
        try definition.requireKnownValues()
        add(
            .combinedCommodity, definition,
            [
                "combined_commodity": code, "name": try definition.oneOrNone("name")?.text ?? "",
                "currency": try definition.code("currency"),
                "can_trade_at_or_below_zero": String(belowZero.contains(code)),
                "is_synthetic": "false",
            ])
        let ranges = try readScanRanges(definition, code)
        let lookAhead = try lookAhead(of: definition)
        add(
            .combinedCommodityMargin, definition,
            [
                "combined_commodity": code, "scenario_set": scenarioSets[code] ?? ranges.scenarioSet,
                "price_scan_range_kind": ranges.price.isFirst ? "amount" : "percent",
                "price_scan_range": ranges.price.value,
                "volatility_scan_range_kind": ranges.volatility.isFirst ? "absolute" : "relative",
                "volatility_scan_range": ranges.volatility.value, "volatility_floor": "0.01",
                "look_ahead_days": lookAhead.days, "day_count": lookAhead.dayCount,
                "array_decimals": decimals.map { String($0.array) },
                "delta_decimals": decimals.flatMap { $0.delta > Delta.decimals ? String($0.delta) : nil },
                "maintenance_ratio": try maintenanceRatio(definition),
                "weighted_price_risk_method": try Self.weightedPriceRisk(definition), "delta_kind": "composite",
                "short_option_minimum_method":
                    try definition.oneOrNone("somMeth") == nil
                    || definition.choice("somMeth", of: ["GROSS", "MAX"]) == "GROSS"
                    ? "gross" : "max",
                "short_option_minimum_rate": try shortOptionMinimum(definition),
            ])
        try readTiers(definition, code)
        for charge in definition.all("spotRate") {
            try requireFirstRate(charge)
            add(
                .deliveryCharge, charge,
                [
                    "combined_commodity": code, "contract_month": try charge.month("pe").description,
                    "outright_rate": try charge.decimal("outr"), "spread_rate": try charge.decimal("sprd"),
                    "applies_to": "both",
                ])
        }
        // Without a month there is no tier that a spread could draw on, and nothing to spread.
        for spread in definition.all("dSpread") where listedMonths[code] != nil { try readIntraSpread(spread, code) }
    }

    private static func weightedPriceRisk(_ definition: SpanElement) throws -> String {
        guard try definition.oneOrNone("wfprMeth") != nil else { return "normal" }
        switch try definition.choice("wfprMeth", of: ["NORMAL", "SCANRANGE", "CAPPED"]) {
        case "NORMAL": return "normal"
        case "CAPPED": return "capped"
        default: return "scan_range"
        }
    }

    /// One of a pair of elements, of which exactly one is there.
    typealias Either = (isFirst: Bool, value: String)

    private func either(_ first: String, _ second: String, of element: SpanElement) throws -> Either {
        let values = (try element.decimalOrNone(first), try element.decimalOrNone(second))
        switch values {
        case (let value?, nil): return (true, value)
        case (nil, let value?): return (false, value)
        default: throw element.refusal("\(element.name) has both or neither of \(first) and \(second)")
        }
    }

    /// Where there are no rate tiers, the ranges are those that the contracts have: the first span's for the whole, and
    /// every span's for its months where they differ.
    private mutating func contractRanges(
        _ definition: SpanElement, _ code: String
    ) -> (price: Either, volatility: Either, scenarioSet: String) {
        let spans = ranges[code]?.spans ?? []
        for span in spans where spans.count > 1 {
            add(
                .priceScanRangeTier, definition,
                [
                    "combined_commodity": code, "from_month": span.from.description, "to_month": span.to.description,
                    "price_scan_range_kind": "amount", "price_scan_range": span.range.storable.description,
                ])
        }
        let volatility = ranges[code]?.volatility
        return (
            (true, (spans.first?.range ?? .zero).storable.description),
            (volatility?.isAbsolute ?? false, volatility?.value ?? "0"),
            scenarioSets[code] ?? scenarioCounts.keys.min() ?? "R1"
        )
    }

    /// Tier 0 is the combined commodity's own range, every other one that of its months.
    private mutating func readScanRanges(
        _ definition: SpanElement, _ code: String
    ) throws -> (price: Either, volatility: Either, scenarioSet: String) {
        guard let tiers = try definition.oneOrNone("rateTiers") else { return contractRanges(definition, code) }
        var whole: (Either, Either, String)?
        for tier in tiers.all("tier") {
            let rate = try tier.one("scanRate")
            let price = try either("priceScan", "priceScanPct", of: rate)
            guard try tier.number("tn") != 0 else {
                guard whole == nil else { throw tier.refusal("a second tier 0 in rateTiers") }
                whole = (
                    price, try either("volScan", "volScanPct", of: rate), "R\(try rate.number("r"))"
                )
                continue
            }
            add(
                .priceScanRangeTier, tier,
                [
                    "combined_commodity": code, "from_month": try tier.month("sPe").description,
                    "to_month": try tier.month("ePe").description,
                    "price_scan_range_kind": price.isFirst ? "amount" : "percent", "price_scan_range": price.value,
                ])
        }
        guard let whole else { throw definition.refusal("rateTiers has no tier 0") }
        return whole
    }

    private func shortOptionMinimum(_ definition: SpanElement) throws -> String {
        guard let tiers = try definition.oneOrNone("somTiers") else { return "0" }
        let tier = try tiers.one("tier")
        if try tier.oneOrNone("tn") != nil, try tier.number("tn") != 0 {
            throw tier.refusal("a short option minimum of one tier is not supported")
        }
        let rate = try tier.one("rate")
        try requireFirstRate(rate)
        return try rate.decimal("val")
    }

    /// Rates of the requirement level 1 are read and no others.
    func requireFirstRate(_ element: SpanElement) throws {
        guard try element.oneOrNone("r") != nil, try element.number("r") != 1 else { return }
        throw try element.one("r").refusal("\(element.name) with an r beside 1 is not supported")
    }
}

extension ExactDecimal {
    /// With at most the 12 decimals that a table's column holds; a longer one is rounded.
    fileprivate var storable: ExactDecimal {
        scale <= 12 ? self : ExactDecimal(mantissa: roundedMantissa(scale: 12), scale: 12).withoutTrailingZeros
    }
}
