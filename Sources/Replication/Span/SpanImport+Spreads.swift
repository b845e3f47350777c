import InputRows
import Quantities

extension SpanImport {
    /// Tiers by their number. The same number and span in two lists is one tier; another span is a tier of its own.
    mutating func readTiers(_ definition: SpanElement, _ code: String) throws {
        var codes: [String: String] = [:]
        let scanned = try spans(of: definition, "scanTiers")
        for (list, prefix) in [("intraTiers", ""), ("interTiers", "INTER-"), ("scanTiers", "SCAN-")] {
            for (tier, span) in try spans(of: definition, list) {
                let number = try tier.number("tn")
                let plain = String(number)
                let name = codes[plain] == nil || codes[plain] == span ? plain : prefix + plain
                if codes[name] == span {
                    if list == "intraTiers" { throw tier.refusal("a second tier \(number) in intraTiers") }
                    tierCodes[[list, code, plain]] = name
                    continue
                }
                guard codes[name] == nil else { throw tier.refusal("a second tier \(number) in \(list)") }
                codes[name] = span
                tierCodes[[list, code, plain]] = name
                let isScannedApart = try scanned.contains { try $0.1 == span && $0.0.number("tn") == number }
                try addTier(tier, code, name: name, isScannedApart: isScannedApart || list == "scanTiers")
            }
        }
    }

    /// Tier 0 is all listed months. A leg of a calendar spread draws on it like on any other; elsewhere it is what
    /// holds without a tier.
    private func spans(of definition: SpanElement, _ list: String) throws -> [(SpanElement, String)] {
        try definition.oneOrNone(list)?.all("tier").compactMap { tier in
            if try tier.number("tn") == 0 {
                if let bound = tier.children.first(where: { $0.name == "sPe" || $0.name == "ePe" }) {
                    throw bound.refusal("\(bound.name) of tier 0, which is all months")
                }
                return list == "intraTiers" ? (tier, "all") : nil
            }
            let (start, end) = (try tier.month("sPe"), try tier.month("ePe"))
            guard start <= end else { throw tier.refusal("sPe \(start) is after ePe \(end)") }
            return (tier, "\(start) \(end)")
        } ?? []
    }

    /// The first and last month, and the listed ones between.
    private mutating func addTier(
        _ tier: SpanElement, _ code: String, name: String, isScannedApart: Bool
    ) throws {
        var months = listedMonths[code] ?? []
        if try tier.number("tn") > 0 {
            let (start, end) = (try tier.month("sPe"), try tier.month("ePe"))
            months = months.filter { $0.isWithin(start, end) }.union([start, end])
        }
        for month in months.sorted() {
            add(
                .monthTier, tier,
                [
                    "combined_commodity": code, "tier": name, "contract_month": month.description,
                    "is_scanned_apart": String(isScannedApart),
                ])
        }
    }

    /// A calendar spread: its number is its priority, its legs say whether it is of months or of tiers.
    mutating func readIntraSpread(_ spread: SpanElement, _ code: String) throws {
        let number = try spread.number("spread")
        let isFlat = try spread.choice("chargeMeth", of: ["F", "W"]) == "F"
        let rate = try spread.one("rate")
        try requireFirstRate(rate)
        let legs = spread.children.filter { $0.name == "tLeg" || $0.name == "pLeg" }
        guard let first = legs.first else { throw spread.refusal("dSpread has no leg") }
        add(
            .intraSpread, spread,
            [
                "combined_commodity": code, "spread": String(number),
                "leg_kind": first.name == "pLeg" ? "series" : "tier", "priority": String(number),
                "charge_kind": isFlat ? "flat" : "weighted_price_risk", "charge_rate": try rate.decimal("val"),
            ])
        for (index, leg) in legs.enumerated() {
            guard try leg.code("cc") == code else {
                throw try leg.one("cc").refusal("a leg of another combined commodity in a calendar spread")
            }
            if let rate = try leg.oneOrNone("rate") { throw rate.refusal("a rate of one leg in a calendar spread") }
            add(
                .intraSpreadLeg, leg,
                [
                    "combined_commodity": code, "spread": String(number), "leg": String(index + 1),
                    "side": try leg.choice("rs", of: ["A", "B"]), "ratio": try leg.decimal("i"),
                    "tier": leg.name == "tLeg" ? try tier(of: leg, code, list: "intraTiers") : nil,
                    "contract_month": leg.name == "pLeg" ? try leg.month("pe").description : nil,
                ])
        }
    }

    /// An inter-commodity spread: a share of the weighted price risk, or an amount; for the spread or leg by leg.
    mutating func readInterSpread(_ spread: SpanElement) throws {
        let number = try spread.number("spread")
        let isFlat = try spread.choice("chargeMeth", of: ["F", "W"]) == "F"
        if let leg = spread.all("pLeg").first { throw leg.refusal("pLeg in an inter-commodity spread") }
        add(
            .interSpread, spread,
            [
                "spread": String(number), "priority": String(number), "kind": isFlat ? "flat" : "delta",
                "is_super": "false", "credit_rate": try rate(of: spread),
            ])
        for (index, leg) in spread.all("tLeg").enumerated() {
            let code = try leg.code("cc")
            add(
                .interSpreadLeg, leg,
                [
                    "spread": String(number), "leg": String(index + 1), "combined_commodity": code,
                    "tier": try leg.number("tn") == 0 ? nil : tier(of: leg, code, list: "interTiers"),
                    "side": try leg.choice("rs", of: ["A", "B"]), "ratio": try leg.decimal("i"),
                    "credit_rate": try rate(of: leg),
                ])
        }
    }

    private func rate(of element: SpanElement) throws -> String? {
        guard let rate = try element.oneOrNone("rate") else { return nil }
        try requireFirstRate(rate)
        return try rate.decimal("val")
    }

    private func tier(of leg: SpanElement, _ code: String, list: String) throws -> String {
        let number = try leg.number("tn")
        guard let tier = tierCodes[[list, code, String(number)]] else {
            throw try leg.one("tn").refusal("tn \(number) is no tier in the \(list) of \(code)")
        }
        return tier
    }
}
