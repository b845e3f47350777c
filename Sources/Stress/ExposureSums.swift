import ClearingModel
import Quantities

/// The running sums of one portfolio, kept between portfolios so that none is allocated anew.
///
/// What they come to stays within the bounds of `Number`, as its caller has made sure of, so that it is exact whatever
/// wraps on the way.
struct ExposureSums<Number: ExposureNumber> {
    private let currencies: [StressedCurrency]
    private let losses: LossRows
    /// By scenario, in the currency's scale: of the combined commodity, and of the currency.
    private var ofCommodity: [Number]
    private var ofCurrency: [Number]
    /// The currency's no-offset bound so far, and the option value that is still to be taken off its sums.
    private var bound = Number.zero
    private var optionValue = Number.zero

    init(_ currencies: [StressedCurrency], _ losses: LossRows) {
        self.currencies = currencies
        self.losses = losses
        ofCommodity = [Number](repeating: .zero, count: losses.columns)
        ofCurrency = ofCommodity
    }

    /// Appends a portfolio's bound and its exposure in each scenario; positions come by currency, combined commodity
    /// and series. `narrow` are the narrow losses of all series.
    mutating func append(
        _ positions: Span<Position>, isGross: Bool, _ summands: Span<SeriesSummand<Number>>, _ narrow: Span<Int32>,
        to values: inout [Int64]
    ) {
        let start = values.count
        values.append(contentsOf: repeatElement(0, count: ofCurrency.count + 1))
        if positions.isEmpty { return }
        let first = summands[Int(positions[0].series)]
        var (commodity, currency) = (first.combinedCommodity, first.currency)
        for place in positions.indices {
            let position = positions[place]
            let summand = summands[Int(position.series)]
            if summand.combinedCommodity != commodity {
                closeCommodity()
                if summand.currency != currency { closeCurrency(currencies[Int(currency)], at: start, in: &values) }
                (commodity, currency) = (summand.combinedCommodity, summand.currency)
            }
            add(position, summand, isGross: isGross, narrow)
        }
        closeCommodity()
        closeCurrency(currencies[Int(currency)], at: start, in: &values)
    }

    @inline(__always)
    private mutating func add(
        _ position: Position, _ summand: SeriesSummand<Number>, isGross: Bool, _ narrow: Span<Int32>
    ) {
        let (long, short) = (Number(position.long), Number(position.short))
        let start = losses.start(of: Int(position.series))
        if narrow[start] != 0, let wide = losses.wide[Int(position.series)] {
            if isGross { return addGross(long, short, summand, wide.span) { Number($0) } }
            return addNet(long.minus(short), summand, wide.span) { Number($0) }
        }
        let own = narrow.extracting(start + 1..<start + 1 + ofCommodity.count)
        if isGross { return addGross(long, short, summand, own) { Number($0) } }
        addNet(long.minus(short), summand, own) { Number($0) }
    }

    /// Each side is closed out on its own and floored with what is paid for it.
    @inline(__always)
    private mutating func addGross<Loss>(
        _ long: Number, _ short: Number, _ summand: SeriesSummand<Number>, _ losses: Span<Loss>,
        number: (Loss) -> Number
    ) {
        let owed = Number.zero.minus(short)
        var sums = ofCommodity.mutableSpan
        for scenario in 0..<min(losses.count, sums.count) {
            let loss = summand.factor.times(number(losses[scenario])).minus(summand.netOptionValue)
            sums[scenario] = sums[scenario].plus((loss > .zero ? long : owed).times(loss))
        }
    }

    @inline(__always)
    private mutating func addNet<Loss>(
        _ quantity: Number, _ summand: SeriesSummand<Number>, _ losses: Span<Loss>, number: (Loss) -> Number
    ) {
        let scaled = quantity.times(summand.factor)
        var sums = ofCommodity.mutableSpan
        for scenario in 0..<min(losses.count, sums.count) {
            sums[scenario] = sums[scenario].plus(scaled.times(number(losses[scenario])))
        }
        optionValue = optionValue.plus(quantity.times(summand.netOptionValue))
    }

    private mutating func closeCommodity() { bound = bound.plus(Self.move(&ofCommodity, to: &ofCurrency)) }

    /// Adds sums to others and leaves 0 in their place; returns the largest of them, 0 or more.
    private static func move(_ closed: inout [Number], to sums: inout [Number]) -> Number {
        // Of every fourth apart: none waits for the one before.
        var (first, second, third, fourth) = (Number.zero, Number.zero, Number.zero, Number.zero)
        var closed = closed.mutableSpan
        var sums = sums.mutableSpan
        let count = min(closed.count, sums.count)
        let inFours = count / 4 * 4
        for scenario in stride(from: 0, to: inFours, by: 4) {
            first = max(first, closed[scenario])
            second = max(second, closed[scenario + 1])
            third = max(third, closed[scenario + 2])
            fourth = max(fourth, closed[scenario + 3])
        }
        for scenario in inFours..<count { first = max(first, closed[scenario]) }
        for scenario in 0..<count {
            sums[scenario] = sums[scenario].plus(closed[scenario])
            closed[scenario] = .zero
        }
        return max(max(first, second), max(third, fourth))
    }

    private mutating func closeCurrency(_ currency: StressedCurrency, at start: Int, in values: inout [Int64]) {
        let paid = optionValue
        values[start] += bound.minus(paid).inBase(of: currency)
        var closed = ofCurrency.mutableSpan
        var exposures = values.mutableSpan
        for scenario in 0..<min(closed.count, exposures.count - start - 1) {
            exposures[start + 1 + scenario] += closed[scenario].minus(paid).inBase(of: currency)
            closed[scenario] = .zero
        }
        (bound, optionValue) = (.zero, .zero)
    }
}
