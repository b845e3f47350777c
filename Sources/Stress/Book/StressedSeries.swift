import ClearingModel
import Quantities
import RiskArrays

/// A series as it is stressed: what its revaluation needs, and what closing it out pays (docs/methodology.md §8.2,
/// §8.3).
package struct StressedSeries: Sendable {
    package let code: SeriesCode
    package let month: ContractMonth
    /// Index into the stressed book's combined commodities.
    package let combinedCommodity: Int
    /// Nil where its losses are published, and not computed.
    package let valuation: SeriesValuation?
    /// Nil for a future, and where there is no valuation.
    package let volatility: SeriesVolatility?
    /// settlement · contract value factor of a premium-style option, in money of its currency, exact; else 0.
    package let netOptionValue: ExactDecimal
    /// Whether variation margin is paid on it: futures and futures-style options.
    package let isMarked: Bool
    /// Whether anybody holds it.
    package let isHeld: Bool
}

/// The combined commodities' contract months, whose series have every shock in common.
struct StressedMonths: Sendable {
    /// In the order in which the book's series first have them.
    let months: [(combinedCommodity: Int, month: ContractMonth)]
    /// By series.
    let ofSeries: [Int]

    /// O(n) in series.
    init(_ series: [StressedSeries]) {
        var months: [(combinedCommodity: Int, month: ContractMonth)] = []
        var known: [ContractMonth: Int] = [:]
        ofSeries = series.map { series in
            if months.last?.combinedCommodity != series.combinedCommodity { known = [:] }
            if let month = known[series.month] { return month }
            known[series.month] = months.count
            months.append((series.combinedCommodity, series.month))
            return months.count - 1
        }
        self.months = months
    }
}

/// A combined commodity as it is stressed.
package struct StressedCommodity: Sendable {
    package let code: CombinedCommodityCode
    /// Index into the stressed book's currencies.
    package let currency: Int
    /// Decimals of a stress value: those of a published array value.
    package let arrayDecimals: Int
    /// Nil where the losses of its series are published.
    let revaluation: CommodityRevaluation?
}

/// What the series of a combined commodity are revalued with.
struct CommodityRevaluation: Sendable {
    let terms: ArrayTerms
    /// How much nearer expiry what is stressed stands.
    let horizon: LookAhead
}

/// What one series is revalued with.
package struct SeriesRevaluation: Sendable {
    package let valuation: SeriesValuation
    package let terms: ArrayTerms
    /// How much nearer expiry what is stressed stands.
    package let horizon: LookAhead
}

extension StressBook {
    /// Precondition: the series has a valuation, as each has in a book that was put together from a market.
    package func revaluation(of series: StressedSeries) -> SeriesRevaluation {
        guard let valuation = series.valuation, let found = commodities[series.combinedCommodity].revaluation else {
            preconditionFailure("what is published is not valued again")
        }
        return SeriesRevaluation(valuation: valuation, terms: found.terms, horizon: found.horizon)
    }
}

/// A currency of positions: how its sums are held and come into the base currency.
package struct StressedCurrency: Sendable {
    package let currency: Currency
    /// Decimals at which its losses and option values are whole, at least the base currency's minor unit.
    let scale: Int
    /// Units of the base currency for one, above 0.
    let rate: ExactDecimal
    /// 10 to the decimals of scale and rate together, less those of the base currency.
    private let divisor: Int128
    /// The rate's digits and the divisor where both are below 2⁶³, as those of ordinary rates are.
    private let narrow: (digits: Int64, divisor: Int64)?
    /// The same where most products are below 2⁶² too.
    private let fixed: (digits: UInt64, divisor: FixedDivisor)?
    /// The rate's digits and the divisor for sums in Doubles; not a number where they are not narrow.
    private let inDoubles: (digits: Double, divisor: Double)
    /// Whether a unit of its scale is one of the base currency's minor units.
    private let isSame: Bool

    /// Nil where the decimals together exceed 38.
    init?(_ currency: Currency, scale: Int, rate: ExactDecimal, base: Currency) {
        let rate = rate.withoutTrailingZeros
        let shift = scale + rate.scale - base.decimals
        guard (0...38).contains(shift) else { return nil }
        self.currency = currency
        self.scale = scale
        self.rate = rate
        let divisor = PowersOfTen.int128(shift)
        self.divisor = divisor
        narrow = Int64(exactly: rate.mantissa).flatMap { digits in Int64(exactly: divisor).map { (digits, $0) } }
        fixed = narrow.flatMap { $0.digits > 0 ? ($0.digits.magnitude, FixedDivisor($0.divisor)) : nil }
        inDoubles = narrow.map { (Double($0.digits), Double($0.divisor)) } ?? (.nan, .nan)
        isSame = rate == .one && divisor == 1
    }

    /// A sum in units of 10^-scale as minor units of the base currency: times the rate, rounded once, half away from
    /// zero (docs/methodology.md §8.3). Traps where it leaves 64 bits: the book's bounds are checked when it is built.
    @inline(__always) func inBase(_ sum: Int64) -> Int64 {
        if isSame { return sum }
        if let fixed, let units = roundedQuotient(sum, times: fixed.digits, over: fixed.divisor) { return units }
        return inBaseOfAnySize(Int128(sum))
    }

    /// The same of a whole number below 2⁵³.
    ///
    /// Where the product with the rate is below 2⁵³ too, the Double nearest to the quotient rounds as the quotient
    /// does: this Double is less than 1/divisor away from it, and a quotient that is no half lies at least so far from
    /// the next one, for the divisor is even.
    @inline(__always) func inBase(_ sum: Double) -> Int64 {
        if isSame { return Int64(sum) }
        let product = sum * inDoubles.digits
        guard product.magnitude < 9e15 else { return inBase(Int64(sum)) }
        return arrayUnits(rounding: product / inDoubles.divisor, scale: 1)
    }

    /// The same of a sum of any size.
    func inBase(_ sum: Int128) -> Int64 {
        if let sum = Int64(exactly: sum) { return inBase(sum) }
        return inBaseOfAnySize(sum)
    }

    private func inBaseOfAnySize(_ sum: Int128) -> Int64 {
        if let narrow, let sum = Int64(exactly: sum),
            let units = roundedQuotient(sum, times: narrow.digits, over: narrow.divisor)
        {
            return units
        }
        guard let units = roundedQuotient(sum, times: rate.mantissa, over: divisor) else {
            preconditionFailure("an exposure stays within the bounds of its book")
        }
        return Int64(units)
    }
}
