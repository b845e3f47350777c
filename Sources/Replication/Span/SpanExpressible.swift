import ClearingModel
import Parameters
import Quantities
import Scenarios
import TextFiles

/// What of a run's published parameters a SPAN file can say, and by name what it cannot (docs/replication.md).
///
/// What cannot be said is left out whole: a combined commodity with one rule that the layout lacks is not in the file
/// at all, so that a requirement computed from the file is the published one or none.
struct SpanExpressible {
    let house: ClearingHouse
    let parameters: ParameterSet
    /// In the order of their codes.
    let commodities: [CombinedCommodity]
    let classes: [AccountClassMargin]
    /// Contract months in which a combined commodity lists a series.
    let listed: [CombinedCommodityCode: Set<ContractMonth>]
    /// The rate at which a requirement counts: exchange rate · (1 + haircut).
    let factors: [(pair: CurrencyPair, factor: ExactDecimal)]
    /// `delivery_charge GAS 2019-02: applies_to long`, in the order of the tables.
    let leftOut: [String]

    /// - Throws: `ReplicationError` for rows that are malformed.
    init(_ published: PublishedParameters, _ arrayFile: PublishedArrayFile) throws {
        let house = try published.house()
        let parameters = try published.set()
        self.house = house
        self.parameters = parameters
        let margined = Set(parameters.combinedCommodities.map(\.combinedCommodity))
        var refused: [(commodities: [CombinedCommodityCode], reason: String)] = []
        for commodity in house.combinedCommodities where !XMLText.canHold(commodity.name) {
            refused.append(([commodity.code], "combined_commodity \(commodity.code): name with a control character"))
        }
        for charge in parameters.deliveryCharges where charge.appliesTo != .both {
            let name = "delivery_charge \(charge.combinedCommodity) \(charge.contractMonth)"
            refused.append(([charge.combinedCommodity], "\(name): applies_to \(charge.appliesTo.rawValue)"))
        }
        let listed = Self.listedMonths(house)
        self.listed = listed
        for (key, months) in Self.tiers(parameters) {
            guard let first = months.min(), let last = months.max(), let commodity = key.first, let tier = key.last
            else {
                continue
            }
            let code = CombinedCommodityCode(commodity)
            let between = (listed[code] ?? []).filter { $0.isWithin(first, last) }
            if !between.isSubset(of: months) {
                refused.append(([code], "month_tier \(commodity) \(tier): its months are not one span"))
            }
        }
        for spread in parameters.interSpreads where spread.isSuper || spread.kind == .scan {
            let legs = parameters.interSpreadLegs.filter { $0.spread == spread.spread }.map(\.combinedCommodity)
            let what = spread.kind == .scan ? "kind scan" : "is_super"
            refused.append((legs, "inter_spread \(spread.spread): \(what)"))
        }
        for group in parameters.simulation.riskGroups where group.measure != .scan {
            refused.append((group.combinedCommodities, "risk_group \(group.code): measure \(group.measure.rawValue)"))
        }
        let without = Set(refused.flatMap(\.commodities))
        commodities = house.combinedCommodities.filter { margined.contains($0.code) && !without.contains($0.code) }
            .sorted { $0.code < $1.code }
        let classes = Self.classes(parameters.accountClasses)
        self.classes = classes.kept
        let factors = try Self.factors(published, parameters)
        self.factors = factors.kept
        leftOut = classes.leftOut + refused.map(\.reason) + factors.leftOut
    }

    /// Classes without offset cap; where some cap the net option value and some do not, those that do not.
    private static func classes(
        _ all: [AccountClassMargin]
    ) -> (kept: [AccountClassMargin], leftOut: [String]) {
        let sorted = all.sorted { $0.accountClass < $1.accountClass }
        let uncapped = sorted.filter { $0.offsetCap == nil }
        let plain = uncapped.filter { !$0.netOptionValueIsCapped }
        let leftOut = sorted.compactMap { row -> String? in
            if let cap = row.offsetCap { return "account_class \(row.accountClass): offset_cap \(cap)" }
            guard row.netOptionValueIsCapped, !plain.isEmpty else { return nil }
            return "account_class \(row.accountClass): net_option_value_is_capped, unlike other classes"
        }
        return (plain.isEmpty ? uncapped : plain, leftOut)
    }

    private static func factors(
        _ published: PublishedParameters, _ parameters: ParameterSet
    ) throws -> (kept: [(pair: CurrencyPair, factor: ExactDecimal)], leftOut: [String]) {
        let rates = try published.exchangeRates()
        let pairs = rates.keys.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
        var kept: [(pair: CurrencyPair, factor: ExactDecimal)] = []
        var leftOut: [String] = []
        for pair in pairs {
            guard let rate = rates[pair] else { continue }
            let haircut = parameters.fxHaircuts[pair] ?? .zero
            let factor = (rate.withoutTrailingZeros * (.one + haircut.withoutTrailingZeros)).withoutTrailingZeros
            if ExactDecimal(factor.description) == factor {
                kept.append((pair, factor))
            } else {
                leftOut.append("fx_rate \(pair.from) \(pair.to): rate times haircut has more than 12 decimals")
            }
        }
        return (kept, leftOut)
    }

    static func listedMonths(_ house: ClearingHouse) -> [CombinedCommodityCode: Set<ContractMonth>] {
        let commodities = Dictionary(
            house.contracts.map { ($0.code, $0.combinedCommodity) }, uniquingKeysWith: { first, _ in first })
        var months: [CombinedCommodityCode: Set<ContractMonth>] = [:]
        for series in house.series {
            if let commodity = commodities[series.contract] {
                months[commodity, default: []].insert(series.contractMonth)
            }
        }
        return months
    }

    /// The months of each tier, by combined commodity and tier, in their order.
    static func tiers(_ parameters: ParameterSet) -> [(key: [String], months: Set<ContractMonth>)] {
        var tiers: [[String]: Set<ContractMonth>] = [:]
        for row in parameters.monthTiers {
            tiers[[row.combinedCommodity.text, row.tier.text], default: []].insert(row.contractMonth)
        }
        return tiers.sorted { left, right in
            left.key.first == right.key.first
                ? isNumberedBefore(left.key.last ?? "", right.key.last ?? "")
                : left.key.lexicographicallyPrecedes(right.key)
        }.map { ($0.key, $0.value) }
    }

    /// The order of codes in which numbers, and codes that differ in a number at their end, are in that of the numbers:
    /// a file's own numbers are given again.
    static func isNumberedBefore(_ left: String, _ right: String) -> Bool {
        func parts(_ code: String) -> (text: Substring, number: Int)? {
            let digits = code.reversed().prefix { $0.isASCII && $0.isNumber }.count
            guard digits > 0, digits < 10, let number = Int(code.suffix(digits)) else { return nil }
            return (code.dropLast(digits), number)
        }
        guard let (first, one) = parts(left), let (second, other) = parts(right), first == second, one != other else {
            return left < right
        }
        return one < other
    }
}
