import ClearingModel
import Margining
import Quantities
import Scenarios

/// What a night knows of a series for the plain methods (docs/methodology.md §12.7).
package struct PlainSeries: Sendable {
    package let series: SeriesCode
    package let combinedCommodity: CombinedCommodityCode
    package let currency: CurrencyCode
    /// |price · contract value factor| of one contract, of an option with its underlying's price, of an inverse one
    /// the notional over the price; nil where the price lacks.
    package let notional: ExactFraction?
    /// Most that one long and one short contract lose in the night's array, 0 or more; nil without an array.
    package let worst: (long: ExactDecimal, short: ExactDecimal)?
    /// Value of one contract of a premium-style option, 0 of others.
    package let optionValue: ExactDecimal
    /// Contract value factor and price of a contract that gains by the difference of prices; nil of options and inverse
    /// contracts.
    package let linear: (contractValueFactor: ExactDecimal, price: ExactDecimal)?

    package init(
        series: SeriesCode, combinedCommodity: CombinedCommodityCode, currency: CurrencyCode, notional: ExactFraction?,
        worst: (long: ExactDecimal, short: ExactDecimal)?, optionValue: ExactDecimal,
        linear: (contractValueFactor: ExactDecimal, price: ExactDecimal)?
    ) {
        self.series = series
        self.combinedCommodity = combinedCommodity
        self.currency = currency
        self.notional = notional
        self.worst = worst
        self.optionValue = optionValue
        self.linear = linear
    }

    /// Most that one long and one short contract lose in an array, as `worst` takes it.
    package static func worst(of array: PublishedRiskArray) -> (long: ExactDecimal, short: ExactDecimal) {
        func amount(_ units: Int64) -> ExactDecimal {
            ExactDecimal(mantissa: Int128(units), scale: array.arrayDecimals)
        }
        return (amount(max(0, array.values.max() ?? 0)), amount(max(0, -(array.values.min() ?? 0))))
    }
}

/// What plain methods would have asked for positions of a night, in the call currency at the night's rates without
/// haircut (docs/methodology.md §12.7).
package struct PlainMargins: Sendable {
    private let series: [SeriesCode: PlainSeries]
    private let rates: CallCurrencyRates

    /// O(1).
    package init(_ series: [SeriesCode: PlainSeries], rates: CallCurrencyRates) {
        self.series = series
        self.rates = rates
    }

    /// Σ of the notional of every contract, long and short of gross positions alike; each currency rounded once.
    /// - Throws: `ValidationRefusal` `price_missing` for the first series by code, `fx_rate_missing`,
    ///   `validation_out_of_range`.
    package func notional(_ positions: [FrozenPosition], isGross: Bool) throws(ValidationRefusal) -> Int64 {
        try sum(positions, isGross: isGross) { series, quantity throws(ValidationRefusal) in
            guard let notional = series.notional else {
                throw ValidationRefusal(
                    .priceMissing, "\(series.series)", table: "price", "no price that its notional is of")
            }
            return notional * ExactFraction(Int128(quantity.magnitude), over: 1)
        }
    }

    /// Σ max(0, worst of the array − option value) of every position by itself: scanning risk and net option value
    /// alone, without credit and without any charge; each currency rounded once.
    /// - Throws: `ValidationRefusal` `array_missing` for the first series by code, `fx_rate_missing`,
    ///   `validation_out_of_range`.
    package func legsAlone(_ positions: [FrozenPosition], isGross: Bool) throws(ValidationRefusal) -> Int64 {
        try sum(positions, isGross: isGross) { series, quantity throws(ValidationRefusal) in
            guard let worst = series.worst else {
                throw ValidationRefusal(
                    .arrayMissing, "\(series.series)", table: "risk_array", "the night has no array of it")
            }
            let risk = ExactFraction(quantity > 0 ? worst.long : worst.short)
            let value = ExactFraction(quantity > 0 ? -series.optionValue : series.optionValue)
            let one = risk + value
            return one.numerator > 0 ? one * ExactFraction(Int128(quantity.magnitude), over: 1) : .zero
        }
    }

    /// Plain historical value at risk, every series of a combined commodity moving with one factor; rounded once.
    /// - Throws: `ValidationRefusal` `not_simulated` for the first series by code that is no linear contract or whose
    ///   combined commodity has no factor, and where there are too few moves; `fx_rate_missing`,
    ///   `validation_out_of_range`.
    package func historicalValueAtRisk(
        _ positions: [FrozenPosition], isGross: Bool, on day: BusinessDate, confidence: ExactDecimal,
        moves: (CombinedCommodityCode) -> PlainMoves?
    ) throws(ValidationRefusal) -> Int64 {
        func refused(_ item: String, _ reason: String) -> ValidationRefusal {
            ValidationRefusal(.notSimulated, item, table: "calibration_rule", reason)
        }
        var legs: [PlainValueAtRisk.Leg] = []
        var net: [CombinedCommodityCode: (moves: PlainMoves, amount: Double)] = [:]
        for position in Self.ordered(positions) {
            let own = try known(position)
            guard let linear = own.linear else { throw refused("\(own.series)", "it is no future of one price") }
            guard let factor = moves(own.combinedCommodity) else {
                throw refused("\(own.series)", "no calibration rule names a factor of \(own.combinedCommodity)")
            }
            let rate = try rates.plainRate(from: own.currency)
            let base = factor.returnKind == .log ? linear.price.double : 1
            let one = linear.contractValueFactor.double * base * rate.double
            if isGross {
                if position.long > 0 { legs.append(.init(moves: factor, amount: one * Double(position.long))) }
                if position.short > 0 { legs.append(.init(moves: factor, amount: -one * Double(position.short))) }
            } else {
                net[own.combinedCommodity, default: (factor, 0)].amount += one * Double(position.net)
            }
        }
        legs += net.sorted { $0.key < $1.key }.map { .init(moves: $0.value.moves, amount: $0.value.amount) }
        guard !legs.isEmpty else { return 0 }
        guard
            let value = PlainValueAtRisk(confidence: confidence).value(of: legs, through: day, isFloored: isGross)
        else { throw refused("\(day)", "fewer moves than one beyond the confidence") }
        guard value * PowersOfTen.double(rates.callCurrency.decimals) < 9e18 else {
            throw ValidationRefusal(
                .outOfRange, "\(day)", table: "position", "the value at risk leaves 64 bits of minor units")
        }
        return arrayUnits(rounding: value, decimals: rates.callCurrency.decimals)
    }

    private static func ordered(_ positions: [FrozenPosition]) -> [FrozenPosition] {
        positions.filter { $0.long != 0 || $0.short != 0 }.sorted { $0.series < $1.series }
    }

    private func known(_ position: FrozenPosition) throws(ValidationRefusal) -> PlainSeries {
        guard let series = series[position.series] else {
            throw ValidationRefusal(
                .priceMissing, "\(position.series)", table: "price", "the night has no price of it")
        }
        return series
    }

    /// Amounts of signed quantities, of gross positions long and short each, added up by currency and converted.
    private func sum(
        _ positions: [FrozenPosition], isGross: Bool,
        of amount: (PlainSeries, Int64) throws(ValidationRefusal) -> ExactFraction
    ) throws(ValidationRefusal) -> Int64 {
        var sums: [CurrencyCode: ExactFraction] = [:]
        for position in Self.ordered(positions) {
            let own = try known(position)
            for quantity in isGross ? [position.long, -position.short] : [position.net] where quantity != 0 {
                sums[own.currency] = (sums[own.currency] ?? .zero) + (try amount(own, quantity))
            }
        }
        return try rates.total(of: sums)
    }
}
