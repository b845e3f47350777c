import ClearingModel
import Pricing
import Quantities

/// The volatility an option is revalued at, and the rule that gave it.
package struct SeriesVolatility: Hashable, Sendable {
    /// A yearly fraction, or price units under Bachelier.
    package let volatility: Double
    package let rule: VolatilityRule

    package init(volatility: Double, rule: VolatilityRule) {
        self.volatility = volatility
        self.rule = rule
    }
}

/// Volatilities of the options of a book (docs/methodology.md §2): assigned, implied, or borrowed.
package enum VolatilitySolver {
    /// The assigned or implied volatility of a span of valuations; nil for futures and for prices that cannot be
    /// solved.
    ///
    /// Pure and independent of the other valuations: spans may be solved apart, on any thread.
    package static func solve(_ valuations: ArraySlice<SeriesValuation>) -> [SeriesVolatility?] {
        valuations.map { valuation in
            guard case .option(let market) = valuation.kind else { return nil }
            if let assigned = market.assignedVolatility {
                return SeriesVolatility(volatility: assigned, rule: .assigned)
            }
            guard case .plain(let terms) = market.model else { return nil }
            switch impliedVolatility(
                terms, price: market.settlement, underlying: market.underlying, time: market.time)
            {
            case .solved(let volatility): return SeriesVolatility(volatility: volatility, rule: .implied)
            case .belowIntrinsic, .aboveMaximum: return nil
            }
        }
    }

    /// Fills the volatilities that could not be solved: the paired call's or put's, else the nearest strike's of the
    /// same combined commodity, expiry and underlying price (the lower strike, then the same type, on ties), else the
    /// floor.
    package static func borrow(_ solved: [SeriesVolatility?], in book: ValuationBook) -> [SeriesVolatility?] {
        var filled = solved
        var unsolved: [Int] = []
        for (position, valuation) in book.valuations.enumerated() where solved[position] == nil {
            if case .option = valuation.kind { unsolved.append(position) }
        }
        guard !unsolved.isEmpty else { return solved }
        var chains: [ChainKey: [Int]] = [:]
        let wanted = Set(unsolved.compactMap { ChainKey(book.valuations[$0]) })
        for (position, valuation) in book.valuations.enumerated() where solved[position] != nil {
            if let key = ChainKey(valuation), wanted.contains(key) { chains[key, default: []].append(position) }
        }
        for position in unsolved {
            let valuation = book.valuations[position]
            guard case .option(let market) = valuation.kind, let key = ChainKey(valuation) else { continue }
            if let lender = nearest(to: market, among: chains[key] ?? [], in: book),
                let volatility = solved[lender.position]?.volatility
            {
                filled[position] = SeriesVolatility(
                    volatility: volatility, rule: lender.isPair ? .paired : .nearestStrike)
            } else {
                filled[position] = SeriesVolatility(
                    volatility: book.terms[valuation.terms].volatilityFloor, rule: .floor)
            }
        }
        return filled
    }

    /// Options that may lend each other a volatility.
    private struct ChainKey: Hashable {
        let terms: Int
        let expiryDate: BusinessDate
        let underlyingPrice: ExactDecimal
        /// A normal volatility is in price units and means nothing to a lognormal model.
        let isNormal: Bool

        init?(_ valuation: SeriesValuation) {
            guard case .option(let market) = valuation.kind else { return nil }
            terms = valuation.terms
            expiryDate = market.expiryDate
            underlyingPrice = market.underlyingPrice
            isNormal = market.model.isNormal
        }
    }

    /// The lender of a volatility; candidates are in the order of their series, which decides what is still equal.
    private static func nearest(
        to market: SeriesValuation.OptionMarket, among candidates: [Int], in book: ValuationBook
    ) -> (position: Int, isPair: Bool)? {
        var best: (position: Int, distance: ExactDecimal, strike: ExactDecimal, isOtherType: Bool)?
        for position in candidates {
            guard case .option(let lender) = book.valuations[position].kind else { continue }
            let isOtherType = lender.model.right != market.model.right
            if isOtherType, lender.strike == market.strike { return (position, true) }
            let distance = (lender.strike - market.strike).magnitude
            if let found = best {
                if distance > found.distance { continue }
                if distance == found.distance, lender.strike > found.strike { continue }
                if distance == found.distance, lender.strike == found.strike, isOtherType || !found.isOtherType {
                    continue
                }
            }
            best = (position, distance, lender.strike, isOtherType)
        }
        return best.map { ($0.position, false) }
    }
}
