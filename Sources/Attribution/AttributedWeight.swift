import ClearingModel
import MarketModel
import Quantities
import RiskArrays

/// How much the move of one series' price, or of its volatility, weighs in what an account holds tonight
/// (docs/methodology.md §13.4).
package struct AttributedWeight: Hashable, Sendable {
    package let account: AccountCode
    /// `prices` or `volatilities`.
    package let kind: AttributedKind
    /// 1 weighs most.
    package let rank: Int
    package let series: SeriesCode
    /// Contracts held tonight by all owners, + long, − short.
    package let quantity: Int64
    /// The settlement price, or the published volatility to 12 decimals, of either night.
    package let yesterday: ExactDecimal
    package let today: ExactDecimal
    /// quantity · contract value factor · ΔP, or quantity · vega · Δσ, in the account's call currency at tonight's rate
    /// without haircut; + where the position gains, never 0.
    package let weight: Money
}

extension CrossedNights {
    /// How many series are told of an account and kind.
    private static let mostWeights = 5

    /// By account, prices before volatilities: the series that weigh most, ties by their codes.
    ///
    /// Of a series that one night alone prices, that settles finally, or whose currency has no rate into the account's,
    /// nothing is told. `vegas` are what a contract gains for 1.00 of volatility tonight, in its currency.
    /// Cost: linear in tonight's positions.
    package func weights(vegas: [SeriesCode: Double]) -> [AttributedWeight] {
        let moves = seriesMoves(vegas: vegas)
        let rates = ExchangeRates(today.house.currencies, rates: today.exchangeRates, haircuts: [:])
        return accounts.indices.flatMap { index -> [AttributedWeight] in
            let account = today.house.accounts[index]
            guard today.published[account.code] != nil else { return [] }
            var held: [Int32: Int64] = [:]
            for position in today.positions.positions(ofAccount: index) {
                held[position.series, default: 0] += position.long - position.short
            }
            return [AttributedKind.prices, .volatilities].flatMap { kind in
                let found = held.sorted { $0.key < $1.key }.compactMap { place, quantity -> AttributedWeight? in
                    guard let move = kind == .prices ? moves[Int(place)].price : moves[Int(place)].volatility else {
                        return nil
                    }
                    return weight(of: move, kind, quantity, series: Int(place), in: account, rates)
                }
                return found.sorted { left, right in
                    let sizes = (left.weight.minorUnits.magnitude, right.weight.minorUnits.magnitude)
                    return sizes.0 == sizes.1 ? left.series < right.series : sizes.0 > sizes.1
                }.prefix(Self.mostWeights).enumerated().map { $1.ranked($0 + 1) }
            }
        }
    }

    private func weight(
        of move: SeriesMove, _ kind: AttributedKind, _ quantity: Int64, series: Int, in account: Account,
        _ rates: ExchangeRates
    ) -> AttributedWeight? {
        do throws(ConversionError) {
            let rate = try rates.into(account.callCurrency)
            guard let amount = move.amount(quantity),
                let units = amount.minorUnits(
                    times: try rate.rate(from: move.currency).rate, decimals: rate.callCurrency.decimals), units != 0
            else { return nil }
            return AttributedWeight(
                account: account.code, kind: kind, rank: 0, series: today.house.series[series].code,
                quantity: quantity, yesterday: move.yesterday, today: move.today,
                weight: Money(minorUnits: units, currency: rate.callCurrency))
        } catch {
            return nil
        }
    }

    /// By series; nil where nothing moved or nothing can be said.
    private func seriesMoves(vegas: [SeriesCode: Double]) -> [(price: SeriesMove?, volatility: SeriesMove?)] {
        let contracts = Dictionary(
            today.house.contracts.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let currencies = Dictionary(
            today.house.combinedCommodities.map { ($0.code, $0.currency) },
            uniquingKeysWith: { first, _ in first })
        return today.house.series.enumerated().map { place, series in
            let isOfBoth = AttributedNight.allCases.allSatisfy { night in
                self[night].isListed[place] && !self[night].isSettled[place]
            }
            guard isOfBoth, let contract = contracts[series.contract],
                let currency = currencies[contract.combinedCommodity]
            else { return (nil, nil) }
            return (
                contract.priceMove(
                    from: yesterday.market.prices[place].settlement, to: today.market.prices[place].settlement,
                    in: currency),
                SeriesMove(
                    vega: vegas[series.code], from: yesterday.volatilities[place]?.volatility,
                    to: today.volatilities[place]?.volatility, currency)
            )
        }
    }
}

/// What one series did between the nights, and what a contract of it makes of that.
private struct SeriesMove {
    let currency: CurrencyCode
    let yesterday: ExactDecimal
    let today: ExactDecimal
    /// Decimals of what a volatility's move comes to, before it is converted.
    static let moneyDecimals = 4
    /// What so many contracts gain, in the series' currency; nil beyond 128 bits.
    let amount: @Sendable (Int64) -> ExactDecimal?
}

extension SeriesMove {
    /// A move of volatility; nil where there is none, to 12 decimals.
    init?(vega: Double?, from before: Double?, to after: Double?, _ currency: CurrencyCode) {
        guard let vega, let before, let after else { return nil }
        func rounded(_ volatility: Double) -> ExactDecimal {
            ExactDecimal(mantissa: Int128((volatility * 1e12).rounded()), scale: 12)
        }
        let change = after - before
        self.init(currency: currency, yesterday: rounded(before), today: rounded(after)) { quantity in
            ExactDecimal(fifteenDigitsOf: Double(quantity) * vega * change, scale: Self.moneyDecimals)
        }
        if yesterday == today { return nil }
    }
}

extension Contract {
    /// A move of the settlement price; nil where there is none. Of an inverse future the gain is in base coins, to 12
    /// decimals a contract.
    fileprivate func priceMove(
        from before: ExactDecimal?, to after: ExactDecimal?, in currency: CurrencyCode
    ) -> SeriesMove? {
        guard let before, let after, before != after else { return nil }
        let factor = contractValueFactor
        var gain = factor.checkedProduct(after - before)
        if case .future(let terms) = kind, terms.valuation == .inverse {
            guard before > .zero, after > .zero, let prices = before.checkedProduct(after) else { return nil }
            gain = gain?.divided(by: prices, roundedToScale: 12)
        }
        let ofOne = gain
        return SeriesMove(currency: currency, yesterday: before, today: after) { quantity in
            ofOne?.checkedProduct(ExactDecimal(Int(quantity)))
        }
    }
}

extension AttributedWeight {
    fileprivate func ranked(_ rank: Int) -> AttributedWeight {
        AttributedWeight(
            account: account, kind: kind, rank: rank, series: series, quantity: quantity, yesterday: yesterday,
            today: today, weight: weight)
    }
}
