import ClearingModel
import Margining
import Quantities

/// One series between a night and h business days later (docs/methodology.md §12.1).
package struct HorizonPrices: Hashable, Sendable {
    /// How a series' move is paid for.
    package enum Settlement: Hashable, Sendable {
        /// Variation margin, like a future's; `inverse` where the contract value factor is a notional in the quote
        /// currency.
        case marked, inverse
        /// A premium-style option: closing it out costs or brings its later price.
        case premium
    }

    package let series: SeriesCode
    package let currency: CurrencyCode
    package let settlement: Settlement
    package let contractValueFactor: ExactDecimal
    /// The night's price and that of the horizon's end, or the final one where the series settles finally on the way.
    package let now: ExactDecimal
    package let later: ExactDecimal

    package init(
        series: SeriesCode, currency: CurrencyCode, settlement: Settlement, contractValueFactor: ExactDecimal,
        now: ExactDecimal, later: ExactDecimal
    ) {
        self.series = series
        self.currency = currency
        self.settlement = settlement
        self.contractValueFactor = contractValueFactor
        self.now = now
        self.later = later
    }

    /// Prices by their series, the first of several of one.
    package static func bySeries(_ prices: some Sequence<HorizonPrices>) -> [SeriesCode: HorizonPrices] {
        Dictionary(prices.map { ($0.series, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What one long unit loses when it is closed out at the horizon: less what its later value brings, of a premium.
    fileprivate var closeOutLoss: ExactFraction {
        if settlement == .premium { return ExactFraction(-(later * contractValueFactor)) }
        return plainLoss
    }

    /// What one long unit's value falls by, of every series.
    fileprivate var plainLoss: ExactFraction {
        guard settlement == .inverse else { return ExactFraction((now - later) * contractValueFactor) }
        // N·(1/S − 1/S') is gained.
        return ExactFraction((now - later) * contractValueFactor, over: now * later)
    }
}

/// A frozen position of a unit: contracts of a series, long and short both 0 or more.
package struct FrozenPosition: Hashable, Sendable {
    package let series: SeriesCode
    package let long: Int64
    package let short: Int64

    package init(series: SeriesCode, long: Int64, short: Int64) {
        self.series = series
        self.long = long
        self.short = short
    }

    package var net: Int64 { long - short }
}

/// What closing out the positions of a night costs at the prices of the horizon, X of docs/methodology.md §12.1.
package struct FrozenExposure: Sendable {
    /// By series.
    private let prices: [SeriesCode: HorizonPrices]
    private let rates: CallCurrencyRates

    /// `prices` are by series, made once for all units of a night (`HorizonPrices.bySeries`); `rates` are the night's,
    /// into the unit's call currency. O(1).
    package init(_ prices: [SeriesCode: HorizonPrices], rates: CallCurrencyRates) {
        self.prices = prices
        self.rates = rates
    }

    /// X in minor units of the call currency, each currency rounded once at the night's rate without haircut. Gross
    /// positions are floored by series and side.
    /// - Throws: `ValidationRefusal` `price_missing` for the first held series by code without its prices,
    ///   `fx_rate_missing`, or `validation_out_of_range`.
    package func closeOut(_ positions: [FrozenPosition], isGross: Bool) throws(ValidationRefusal) -> Int64 {
        try sum(positions) { prices, position in
            let loss = prices.closeOutLoss
            guard isGross else { return loss * Self.whole(position.net) }
            return loss.numerator > 0 ? loss * Self.whole(position.long) : loss * Self.whole(-position.short)
        }
    }

    /// The plain loss of all series, which §7's value at risk is of.
    package func plainLoss(_ positions: [FrozenPosition]) throws(ValidationRefusal) -> Int64 {
        try sum(positions) { prices, position in prices.plainLoss * Self.whole(position.net) }
    }

    private static func whole(_ quantity: Int64) -> ExactFraction { ExactFraction(Int128(quantity), over: 1) }

    private func sum(
        _ positions: [FrozenPosition], of loss: (HorizonPrices, FrozenPosition) -> ExactFraction
    ) throws(ValidationRefusal) -> Int64 {
        var sums: [CurrencyCode: ExactFraction] = [:]
        for position in positions.sorted(by: { $0.series < $1.series }) where position.long != 0 || position.short != 0
        {
            guard let prices = prices[position.series] else {
                throw ValidationRefusal(
                    .priceMissing, "\(position.series)", table: "price", "no price at the end of the horizon")
            }
            sums[prices.currency] = (sums[prices.currency] ?? .zero) + loss(prices, position)
        }
        return try rates.total(of: sums)
    }
}

extension CallCurrencyRates {
    /// Amounts by currency in minor units of the call currency: each converted without haircut and rounded once, half
    /// away from zero, then added up.
    /// - Throws: `ValidationRefusal` `fx_rate_missing` for the first currency by code without a rate, or
    ///   `validation_out_of_range`.
    func total(of sums: [CurrencyCode: ExactFraction]) throws(ValidationRefusal) -> Int64 {
        var total: Int64 = 0
        for (currency, sum) in sums.sorted(by: { $0.key < $1.key }) {
            let amount = try units(of: sum, in: currency)
            let (next, overflows) = total.addingReportingOverflow(amount)
            guard !overflows else { throw Self.outOfRange(currency) }
            total = next
        }
        return total
    }

    /// Units of the call currency for one of another, without haircut.
    /// - Throws: `ValidationRefusal` `fx_rate_missing`.
    func plainRate(from currency: CurrencyCode) throws(ValidationRefusal) -> ExactDecimal {
        guard let rate = try? rate(from: currency).rate else {
            throw ValidationRefusal(
                .rateMissing, "\(currency) \(callCurrency.code)", table: "fx_rate", column: "rate",
                "no rate from \(currency) to \(callCurrency.code)")
        }
        return rate
    }

    private func units(of sum: ExactFraction, in currency: CurrencyCode) throws(ValidationRefusal) -> Int64 {
        let amount = sum * ExactFraction(try plainRate(from: currency))
        guard
            let units = roundedQuotient(
                amount.numerator, times: PowersOfTen.int128(callCurrency.decimals), over: amount.denominator
            )
            .flatMap(Int64.init(exactly:))
        else { throw Self.outOfRange(currency) }
        return units
    }

    private static func outOfRange(_ currency: CurrencyCode) -> ValidationRefusal {
        ValidationRefusal(
            .outOfRange, "\(currency)", table: "position", "the exposure leaves 64 bits of minor units")
    }
}
