import ClearingModel
import Quantities

/// The business date's series, ranked by code, with the value of each one's price move prepared.
///
/// Built once a date: O(n log n) in the number of series. Every account's variation margin reads it.
package struct SettlementBook: Sendable {
    /// Ascending by series code; `SeriesIndex.rank` is the place in it.
    package let terms: [SettlementTerms]
    /// The currencies of `terms`, ascending by code.
    package let currencies: [Currency]
    let rules: [SettlementRule]

    /// Throws `repeatedSeries` where a series appears twice, `lineOutOfRange` where one contract's move leaves 128
    /// bits.
    package init(_ unordered: [SettlementTerms]) throws(MarginCallsError) {
        let terms = unordered.sorted { $0.series < $1.series }
        for (earlier, later) in zip(terms, terms.dropFirst()) where earlier.series == later.series {
            throw .repeatedSeries(later.series)
        }
        let currencies = Set(terms.map(\.currency)).sorted { ($0.code, $0.decimals) < ($1.code, $1.decimals) }
        var indices: [Currency: Int] = [:]
        for (index, currency) in currencies.enumerated() { indices[currency] = index }
        var rules: [SettlementRule] = []
        rules.reserveCapacity(terms.count)
        for series in terms {
            rules.append(try SettlementRule(series, currencyPlace: indices[series.currency] ?? 0))
        }
        self.terms = terms
        self.currencies = currencies
        self.rules = rules
    }

    /// The rank of a series by binary search, O(log n); nil where the book does not have it.
    package func index(of series: SeriesCode) -> SeriesIndex? {
        var range = 0..<terms.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if terms[middle].series == series { return SeriesIndex(rank: Int32(middle)) }
            range = terms[middle].series < series ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }

    package subscript(index: SeriesIndex) -> SettlementTerms { terms[Int(index.rank)] }

    func rule(_ index: SeriesIndex) -> SettlementRule { rules[Int(index.rank)] }
}

/// How one series settles on the date: which kinds of line it has and what one contract's move is worth.
struct SettlementRule: Sendable {
    /// Nil where a position of the series has no variation margin: a premium-style option that does not expire.
    let positionKind: VariationMarginKind?
    /// Nil where a price is missing.
    let positionMove: PriceMoveValue?
    let tradeKind: VariationMarginKind
    /// Nil where the closing price is missing.
    let tradeMove: TradeMoveValue?
    let expires: Bool
    let currencyPlace: Int

    init(_ terms: SettlementTerms, currencyPlace: Int) throws(MarginCallsError) {
        let decimals = terms.currency.decimals
        let factor = terms.contractValueFactor
        expires = terms.expires
        self.currencyPlace = currencyPlace
        let tradedTo: ExactDecimal?
        if terms.instrument.isSettledDaily {
            positionKind = terms.expires ? .expiry : .position
            tradeKind = .trade
            tradedTo = terms.closingPrice
        } else {
            positionKind = terms.expires ? .optionExpiry : nil
            tradeKind = .premium
            tradedTo = .zero
        }
        let isInverse = terms.instrument == .inverseFuture
        tradeMove = tradedTo.map {
            TradeMoveValue(closingPrice: $0, contractValueFactor: factor, decimals: decimals, isInverse: isInverse)
        }
        guard positionKind != nil, let from = terms.positionFromPrice, let to = terms.closingPrice else {
            positionMove = nil
            return
        }
        positionMove =
            isInverse
            ? PriceMoveValue(inverseNotional: factor, from: from, to: to, decimals: decimals)
            : PriceMoveValue(move: to - from, contractValueFactor: factor, decimals: decimals)
        if positionMove == nil { throw .lineOutOfRange(terms.series) }
    }
}

extension SettlementTerms {
    /// What a carried-over position is settled from: the previous price, or 0 for a premium-style option, which is paid
    /// its whole intrinsic value at expiry.
    var positionFromPrice: ExactDecimal? { instrument.isSettledDaily ? previousSettlementPrice : .zero }
}
