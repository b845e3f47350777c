import Quantities

/// What a variation margin line pays for; the raw value is the code in results and reports.
package enum VariationMarginKind: String, Sendable {
    /// Price move on a position carried over.
    case position
    /// Move from a trade's price to the closing price.
    case trade
    /// Move of a carried-over position to the final settlement price.
    case expiry
    /// Premium of a premium-style option: paid by the buyer.
    case premium
    /// Intrinsic value of a premium-style option at expiry: received by the long.
    case optionExpiry = "option_expiry"
}

/// One line of an account's variation margin: quantity · (to − from) · contract value factor, rounded half away from
/// zero to the minor unit of the series' currency (methodology §11).
package struct VariationMarginLine: Hashable, Sendable {
    package let series: SeriesIndex
    package let owner: OwnerIndex
    package let kind: VariationMarginKind
    /// The place of the trade in the trades given, −1 for a line on a position.
    package let tradePlace: Int32
    /// Contracts, long or bought +.
    package let quantity: Int64
    /// Minor units of the series' currency: + = the account receives.
    package let amount: Int64
}

extension SettlementBook {
    /// Appends an account's variation margin to `lines` and returns its sums by currency, ascending by code, of the
    /// currencies that have a line.
    ///
    /// `positions` are those of the previous business date, ascending by series, then owner, each once; `trades` are
    /// the business date's in trade order. Position lines come first. A net position of 0 and a premium-style option
    /// that does not expire have no line; a trade in a premium-style option that expires has a premium line, then one
    /// of its intrinsic value. O(positions + trades), no allocation a line beyond `lines`' own growth. Throws where a
    /// price is missing or a line leaves 64 bits; `lines` is then not to be used. Source: methodology §11.
    package func appendVariationMargin(
        previousPositions positions: ArraySlice<BookPosition>, trades: ArraySlice<BookTrade>,
        to lines: inout [VariationMarginLine]
    ) throws(MarginCallsError) -> [Money] {
        var sums = CurrencySums(count: currencies.count)
        var last: BookPosition?
        for position in positions {
            if let last { precondition(Self.isBefore(last, position), "positions ascend by series, then owner") }
            last = position
            let rule = rule(position.series)
            guard let kind = rule.positionKind, position.netQuantity != 0 else { continue }
            let amount = try positionAmount(rule, position.series, quantity: position.netQuantity)
            lines.append(
                VariationMarginLine(
                    series: position.series, owner: position.owner, kind: kind, tradePlace: -1,
                    quantity: position.netQuantity, amount: amount))
            sums.add(amount, at: rule.currencyPlace)
        }
        for index in trades.indices {
            let trade = trades[index]
            let rule = rule(trade.series)
            guard let move = rule.tradeMove else { throw .noSettlementPrice(self[trade.series].series) }
            guard let amount = move.minorUnits(price: trade.price, quantity: trade.quantity) else {
                throw .lineOutOfRange(self[trade.series].series)
            }
            lines.append(Self.line(of: trade, at: index, kind: rule.tradeKind, amount: amount))
            sums.add(amount, at: rule.currencyPlace)
            guard rule.positionKind == .optionExpiry else { continue }
            let intrinsic = try positionAmount(rule, trade.series, quantity: trade.quantity)
            lines.append(Self.line(of: trade, at: index, kind: .optionExpiry, amount: intrinsic))
            sums.add(intrinsic, at: rule.currencyPlace)
        }
        return sums.money(currencies)
    }

    /// The prices a line runs between: amount = quantity · (to − from) · contract value factor before rounding, for
    /// every kind. `trades` are those the line was made from.
    package func prices(
        of line: VariationMarginLine, trades: ArraySlice<BookTrade>
    ) -> (from: ExactDecimal, to: ExactDecimal) {
        let terms = self[line.series]
        let closing = terms.closingPrice ?? .zero
        switch line.kind {
        case .position, .expiry, .optionExpiry: return (terms.positionFromPrice ?? .zero, closing)
        case .trade: return (trades[Int(line.tradePlace)].price, closing)
        case .premium: return (trades[Int(line.tradePlace)].price, .zero)
        }
    }

    private func positionAmount(
        _ rule: SettlementRule, _ series: SeriesIndex, quantity: Int64
    ) throws(MarginCallsError) -> Int64 {
        guard let move = rule.positionMove else {
            throw self[series].closingPrice == nil
                ? .noSettlementPrice(self[series].series) : .noPreviousSettlementPrice(self[series].series)
        }
        guard let amount = move.minorUnits(quantity: quantity) else { throw .lineOutOfRange(self[series].series) }
        return amount
    }

    private static func line(
        of trade: BookTrade, at index: Int, kind: VariationMarginKind, amount: Int64
    ) -> VariationMarginLine {
        VariationMarginLine(
            series: trade.series, owner: trade.owner, kind: kind, tradePlace: Int32(index), quantity: trade.quantity,
            amount: amount)
    }

    static func isBefore(_ left: BookPosition, _ right: BookPosition) -> Bool {
        left.series == right.series ? left.owner < right.owner : left.series < right.series
    }
}

/// Sums of minor units by currency place; traps where a sum leaves 64 bits.
private struct CurrencySums {
    private var sums: [Int64]
    private var isUsed: [Bool]

    init(count: Int) {
        sums = Array(repeating: 0, count: count)
        isUsed = Array(repeating: false, count: count)
    }

    mutating func add(_ amount: Int64, at index: Int) {
        sums[index] += amount
        isUsed[index] = true
    }

    func money(_ currencies: [Currency]) -> [Money] {
        currencies.indices.filter { isUsed[$0] }.map { Money(minorUnits: sums[$0], currency: currencies[$0]) }
    }
}
