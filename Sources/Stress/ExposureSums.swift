import ClearingModel
import Quantities

/// What adding up needs of a series: plain numbers, so that no reference is counted a position.
struct SeriesSummand<Sum: FixedWidthInteger & SignedInteger & Sendable>: Sendable {
    /// Indices into the stressed book's combined commodities and currencies.
    let combinedCommodity: Int
    let currency: Int
    /// Units of the currency's scale in one array unit.
    let factor: Sum
    /// What closing out one long unit is paid, in the currency's scale.
    let netOptionValue: Sum

    private init(combinedCommodity: Int, currency: Int, factor: Sum, netOptionValue: Sum) {
        self.combinedCommodity = combinedCommodity
        self.currency = currency
        self.factor = factor
        self.netOptionValue = netOptionValue
    }

    /// The same in other integers. Precondition: what is held of the series stays in them. Of a series that nobody
    /// holds the numbers may wrap: they are not used.
    func truncated<Other>(to _: Other.Type) -> SeriesSummand<Other> {
        SeriesSummand<Other>(
            combinedCommodity: combinedCommodity, currency: currency, factor: Other(truncatingIfNeeded: factor),
            netOptionValue: Other(truncatingIfNeeded: netOptionValue))
    }
}

extension SeriesSummand<Int128> {
    /// Of each series in its place.
    static func all(
        _ series: [StressedSeries], _ commodities: [StressedCommodity], _ currencies: [StressedCurrency]
    ) -> [SeriesSummand] {
        series.map { series in
            let commodity = commodities[series.combinedCommodity]
            let scale = currencies[commodity.currency].scale
            return SeriesSummand(
                combinedCommodity: series.combinedCommodity, currency: commodity.currency,
                factor: PowersOfTen.int128(scale - commodity.arrayDecimals),
                netOptionValue: series.netOptionValue.roundedMantissa(scale: scale))
        }
    }
}

/// The running sums of one portfolio, kept between portfolios so that none is allocated anew.
///
/// Additions wrap: what they come to stays in `Sum`, as its caller has made sure of, so that it is exact whatever a
/// product on the way was.
struct ExposureSums<Sum: FixedWidthInteger & SignedInteger & Sendable> {
    private let summands: [SeriesSummand<Sum>]
    private let currencies: [StressedCurrency]
    private let arrays: StressArrays
    /// By scenario, in the currency's scale: of the combined commodity, and of the currency.
    private var ofCommodity: [Sum]
    private var ofCurrency: [Sum]
    /// The currency's no-offset bound so far, and the option value that is still to be taken off its sums.
    private var bound: Sum = 0
    private var optionValue: Sum = 0

    init(_ summands: [SeriesSummand<Sum>], _ currencies: [StressedCurrency], _ arrays: StressArrays) {
        self.summands = summands
        self.currencies = currencies
        self.arrays = arrays
        ofCommodity = [Sum](repeating: 0, count: arrays.scenarioCount)
        ofCurrency = ofCommodity
    }

    /// Appends a portfolio's bound and its exposure in each scenario; positions come by currency, combined commodity
    /// and series.
    mutating func append(_ positions: ArraySlice<Position>, isGross: Bool, to values: inout [Int64]) {
        let start = values.count
        values.append(contentsOf: repeatElement(0, count: arrays.scenarioCount + 1))
        guard let first = positions.first else { return }
        let (arrays, summands) = (arrays, summands)
        let losses = arrays.values.span
        var (commodity, currency) = (
            summands[Int(first.series)].combinedCommodity, summands[Int(first.series)].currency
        )
        for position in positions {
            let summand = summands[Int(position.series)]
            if summand.combinedCommodity != commodity {
                closeCommodity()
                if summand.currency != currency { closeCurrency(currencies[currency], at: start, in: &values) }
                (commodity, currency) = (summand.combinedCommodity, summand.currency)
            }
            let own = arrays.range(of: Int(position.series))
            if isGross {
                addGross(position, summand, losses.extracting(own))
            } else {
                addNet(position, summand, losses.extracting(own))
            }
        }
        closeCommodity()
        closeCurrency(currencies[currency], at: start, in: &values)
    }

    /// Each side is closed out on its own and floored with what is paid for it.
    private mutating func addGross(_ position: Position, _ summand: SeriesSummand<Sum>, _ losses: Span<Int64>) {
        let (long, short) = (Sum(position.long), Sum(position.short))
        var sums = ofCommodity.mutableSpan
        for scenario in losses.indices {
            let loss = summand.factor &* Sum(losses[scenario]) &- summand.netOptionValue
            sums[scenario] &+= loss > 0 ? long &* loss : 0 &- short &* loss
        }
    }

    private mutating func addNet(_ position: Position, _ summand: SeriesSummand<Sum>, _ losses: Span<Int64>) {
        let quantity = Sum(position.long) &- Sum(position.short)
        let scaled = quantity &* summand.factor
        var sums = ofCommodity.mutableSpan
        for scenario in losses.indices { sums[scenario] &+= scaled &* Sum(losses[scenario]) }
        optionValue &+= quantity &* summand.netOptionValue
    }

    private mutating func closeCommodity() { bound &+= Self.move(&ofCommodity, to: &ofCurrency) }

    /// Adds sums to others and leaves 0 in their place; returns the largest of them, 0 or more.
    private static func move(_ closed: inout [Sum], to sums: inout [Sum]) -> Sum {
        var largest: Sum = 0
        var closed = closed.mutableSpan
        var sums = sums.mutableSpan
        for scenario in closed.indices {
            largest = max(largest, closed[scenario])
            sums[scenario] &+= closed[scenario]
            closed[scenario] = 0
        }
        return largest
    }

    private mutating func closeCurrency(_ currency: StressedCurrency, at start: Int, in values: inout [Int64]) {
        let paid = optionValue
        values[start] += currency.inBase(bound &- paid)
        var closed = ofCurrency.mutableSpan
        var exposures = values.mutableSpan
        for scenario in closed.indices {
            exposures[start + 1 + scenario] += currency.inBase(closed[scenario] &- paid)
            closed[scenario] = 0
        }
        (bound, optionValue) = (0, 0)
    }
}
