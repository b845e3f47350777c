import ClearingModel
import Quantities

/// A portfolio that nobody holds, which a backtest margins each night, by its code.
package struct HypotheticalPortfolioCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// What a line of a hypothetical portfolio is in.
package enum HypotheticalInstrument: String, CaseIterable, Hashable, Sendable {
    case future, call, put
}

/// What a hypothetical portfolio is of; each kind has a shape that its lines are held to.
package enum HypotheticalKind: String, CaseIterable, Sendable {
    case outright, calendar, straddle, concentrated
    case interCommodity = "inter_commodity"
    case deepOtmShort = "deep_otm_short"
}

/// How many contracts a line holds.
package enum HypotheticalQuantity: Hashable, Sendable {
    /// Not 0.
    case contracts(Int64)
    /// A multiple, not 0, of the night's average daily volume.
    case averageDailyVolumes(ExactDecimal)

    fileprivate var isShort: Bool {
        switch self {
        case .contracts(let count): count < 0
        case .averageDailyVolumes(let multiple): multiple < .zero
        }
    }
}

/// A line: the `monthRank`-th listed month of a combined commodity, of an option the strike nearest to a multiple of
/// its underlying's price.
package struct HypotheticalLine: Hashable, Sendable {
    package let number: Int
    package let combinedCommodity: CombinedCommodityCode
    package let instrument: HypotheticalInstrument
    /// 1 or more.
    package let monthRank: Int
    /// Strike over underlying price, above 0; options only.
    package let moneyness: ExactDecimal?
    package let quantity: HypotheticalQuantity

    package init(
        number: Int, combinedCommodity: CombinedCommodityCode, instrument: HypotheticalInstrument, monthRank: Int,
        moneyness: ExactDecimal?, quantity: HypotheticalQuantity
    ) {
        self.number = number
        self.combinedCommodity = combinedCommodity
        self.instrument = instrument
        self.monthRank = monthRank
        self.moneyness = moneyness
        self.quantity = quantity
    }
}

/// A hypothetical portfolio whose lines have the shape of its kind.
package struct HypotheticalPortfolio: Hashable, Sendable {
    package let code: HypotheticalPortfolioCode
    package let kind: HypotheticalKind
    /// By number.
    package let lines: [HypotheticalLine]

    /// - Throws: `ValidationRefusal` `hypothetical_kind`, naming the portfolio and, where one line is at fault, its
    ///   number.
    package init(
        code: HypotheticalPortfolioCode, kind: HypotheticalKind, lines: [HypotheticalLine]
    ) throws(ValidationRefusal) {
        self.code = code
        self.kind = kind
        self.lines = lines.sorted { $0.number < $1.number }
        for line in self.lines { try check(line) }
        if let fault = shapeFault { throw refusal("\(code)", fault) }
    }

    private func refusal(_ item: String, column: String = "", _ reason: String) -> ValidationRefusal {
        ValidationRefusal(.hypotheticalKind, item, table: "hypothetical_line", column: column, reason)
    }

    private func check(_ line: HypotheticalLine) throws(ValidationRefusal) {
        let item = "\(code) \(line.number)"
        guard line.monthRank >= 1 else {
            throw refusal(item, column: "month_rank", "\(line.monthRank) is below 1")
        }
        switch (line.instrument, line.moneyness) {
        case (.future, .some(let moneyness)):
            throw refusal(item, column: "moneyness", "a future has the moneyness \(moneyness)")
        case (.call, .none), (.put, .none): throw refusal(item, column: "moneyness", "an option has none")
        case (_, .some(let moneyness)) where moneyness <= .zero:
            throw refusal(item, column: "moneyness", "\(moneyness) is not above 0")
        default: break
        }
        switch line.quantity {
        case .contracts(0): throw refusal(item, column: "quantity", "is 0")
        case .averageDailyVolumes(.zero): throw refusal(item, column: "adv_multiple", "is 0")
        default: break
        }
    }

    /// What keeps the lines from being a portfolio of the kind; nil where they are.
    private var shapeFault: String? {
        guard !lines.isEmpty else { return "no line" }
        for line in lines {
            if case .contracts = line.quantity {
                if kind == .concentrated { return "a concentrated portfolio holds multiples of volume only" }
            } else if kind != .concentrated {
                return "\(kind.rawValue) holds contracts, not multiples of volume"
            }
        }
        let areFutures = lines.allSatisfy { $0.instrument == .future }
        let commodities = Set(lines.map(\.combinedCommodity))
        switch kind {
        case .outright:
            return lines.count == 1 && areFutures ? nil : "an outright is one line, of a future"
        case .calendar:
            let hasBothSides = Set(lines.map(\.quantity.isShort)).count == 2
            return areFutures && commodities.count == 1 && hasBothSides
                ? nil : "a calendar is futures of one combined commodity, long and short"
        case .interCommodity:
            return commodities.count >= 2 ? nil : "an inter_commodity is of two combined commodities or more"
        case .straddle: return isStraddle ? nil : "a straddle is a call and a put of one sign, month and moneyness"
        case .deepOtmShort:
            return lines.allSatisfy(Self.isDeepOtmShort)
                ? nil : "a deep_otm_short is short calls from 1.2 up and short puts from 0.8 down"
        case .concentrated: return nil
        }
    }

    private var isStraddle: Bool {
        guard lines.count == 2, Set(lines.map(\.instrument)) == [.call, .put] else { return false }
        let (first, second) = (lines[0], lines[1])
        return first.combinedCommodity == second.combinedCommodity && first.monthRank == second.monthRank
            && first.moneyness == second.moneyness && first.quantity.isShort == second.quantity.isShort
    }

    private static func isDeepOtmShort(_ line: HypotheticalLine) -> Bool {
        guard let moneyness = line.moneyness, line.quantity.isShort else { return false }
        return line.instrument == .call
            ? moneyness >= ExactDecimal(mantissa: 12, scale: 1) : moneyness <= ExactDecimal(mantissa: 8, scale: 1)
    }
}
