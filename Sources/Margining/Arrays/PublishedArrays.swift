import ClearingModel
import Quantities
import Scenarios

/// A published array that does not fit the book.
package enum PublishedArraysError: Error, Hashable, Sendable {
    case unknownSeries(SeriesCode)
    case duplicateSeries(SeriesCode)
    case arrayDecimalsDiffer(SeriesCode, published: Int, expected: Int)
    /// The published delta has more decimals than its combined commodity's.
    case deltaTooFine(SeriesCode, published: Int, most: Int)
    case scenarioCountDiffers(SeriesCode, published: Int, expected: Int)
    /// Delta times delta scaling factor leaves 64 bits, or an array value has no absolute value.
    case figureTooLarge(SeriesCode)
}

/// The published risk arrays and deltas of a run, flat and indexed by the book's series.
///
/// Portfolios are computed from these rounded figures and from nothing else, so a member's replication is exact
/// (docs/methodology.md §1.4).
package struct PublishedArrays: Sendable {
    /// All arrays one behind the other, loss positive, in units of 10^-arrayDecimals.
    let values: [Int64]
    /// The arrays of sixteen values once more, as doubles; only where every value is exact as one.
    let vectors: [SIMD16<Double>]
    /// By series, small enough to stay near the processor: which of the vectors is its array (−1: none), and its bound.
    let sums: [SummingLine]
    /// Series by series what the inner loops need, without reference counting.
    let lines: [SeriesLine]
    /// By combined commodity.
    let scanRangeRisks: [ScanRangeRisk]

    struct SeriesLine: Sendable {
        /// Where the array begins in `values`; −1 where the series has none.
        var offset = -1
        var combinedCommodity: Int32 = 0
        var month: Int32 = 0
        /// Composite delta · delta scaling factor in units of 10^-(`Delta.decimals` + the combined commodity's scaling
        /// decimals).
        var scaledDelta: Int64 = 0
        var largest: Int64 = 0
        var smallest: Int64 = 0
        /// Largest absolute value of the array and of the scaled delta: with the quantity it bounds every sum.
        var bound: Int64 = 0
        /// Value of one unit in the combined commodity's value units; 0 for futures and futures-style options.
        var optionValue: Int128 = 0
        var kind = Kind.future
    }

    struct SummingLine: Sendable {
        var vector: Int32 = -1
        /// As in the series' line.
        var bound: Int64 = 0
    }

    enum Kind: UInt8, Sendable {
        case future, premiumCall, premiumPut, futuresStyleCall, futuresStylePut

        var isCall: Bool { self == .premiumCall || self == .futuresStyleCall }
        var isPut: Bool { self == .premiumPut || self == .futuresStylePut }
        var isPremium: Bool { self == .premiumCall || self == .premiumPut }
    }

    /// The scan range in money of the nearest listed month, truncated as `WeightedPriceRisk` is; nil where no series is
    /// listed (docs/methodology.md §5).
    struct ScanRangeRisk: Sendable {
        var whole: ExactDecimal?
        var tiers: [ExactDecimal?]
    }

    /// Arrays may come in any order; series without one cannot be margined. Cost: linear in the values.
    package init(_ published: [PublishedRiskArray], in book: MarginBook) throws(PublishedArraysError) {
        var values: [Int64] = []
        var lines = book.series.map { Self.line(of: $0, in: book) }
        var scanRanges = [ExactDecimal?](repeating: nil, count: book.series.count)
        for row in published {
            guard let index = book.seriesIndex(of: row.series) else { throw .unknownSeries(row.series) }
            let terms = book.series[index]
            let commodity = book.combinedCommodities[terms.combinedCommodity]
            guard lines[index].offset < 0 else { throw .duplicateSeries(row.series) }
            guard row.arrayDecimals == commodity.arrayDecimals else {
                throw .arrayDecimalsDiffer(
                    row.series, published: row.arrayDecimals, expected: commodity.arrayDecimals)
            }
            let count = book.scenarioSets[commodity.scenarioSet].count
            guard row.values.count == count else {
                throw .scenarioCountDiffers(row.series, published: row.values.count, expected: count)
            }
            guard row.compositeDelta.amount.scale <= commodity.deltaDecimals else {
                throw .deltaTooFine(
                    row.series, published: row.compositeDelta.amount.scale, most: commodity.deltaDecimals)
            }
            let scaled = (row.compositeDelta.amount * terms.deltaScalingFactor)
                .roundedMantissa(scale: Delta.decimals + commodity.scalingDecimals)
            let largest = row.values.max() ?? 0
            let smallest = row.values.min() ?? 0
            guard let scaledDelta = Int64(exactly: scaled), scaledDelta > .min, smallest > .min else {
                throw .figureTooLarge(row.series)
            }
            lines[index].offset = values.count
            lines[index].scaledDelta = scaledDelta
            lines[index].largest = largest
            lines[index].smallest = smallest
            lines[index].bound = max(abs(largest), abs(smallest), abs(scaledDelta))
            values += row.values
            scanRanges[index] = row.priceScanRange
        }
        self.values = values
        (vectors, sums) = Self.vectors(of: values, lines, in: book)
        self.lines = lines
        scanRangeRisks = book.combinedCommodities.map { Self.scanRangeRisk(of: $0, in: book, scanRanges: scanRanges) }
    }

    /// No vectors at all where a value is too large for a double to be exact.
    private static func vectors(
        of values: [Int64], _ lines: [SeriesLine], in book: MarginBook
    ) -> ([SIMD16<Double>], [SummingLine]) {
        var vectors: [SIMD16<Double>] = []
        var sums = lines.map { SummingLine(bound: $0.bound) }
        for (index, line) in lines.enumerated() where line.offset >= 0 {
            let set = book.combinedCommodities[Int(line.combinedCommodity)].scenarioSet
            guard book.scenarioSets[set].count == 16 else { continue }
            guard line.bound < 1 << 53 else { return ([], lines.map { SummingLine(bound: $0.bound) }) }
            var vector = SIMD16<Double>.zero
            for scenario in 0..<16 { vector[scenario] = Double(values[line.offset + scenario]) }
            sums[index].vector = Int32(vectors.count)
            vectors.append(vector)
        }
        return (vectors, sums)
    }

    private static func line(of series: MarginBook.SeriesTerms, in book: MarginBook) -> SeriesLine {
        let decimals = book.combinedCommodities[series.combinedCommodity].valueDecimals
        let kind: Kind =
            switch series.seriesClass {
            case .future: .future
            case .option(.call, .premium): .premiumCall
            case .option(.put, .premium): .premiumPut
            case .option(.call, .futures): .futuresStyleCall
            case .option(.put, .futures): .futuresStylePut
            }
        return SeriesLine(
            combinedCommodity: Int32(series.combinedCommodity), month: Int32(series.month),
            optionValue: series.optionValue?.roundedMantissa(scale: decimals) ?? 0, kind: kind)
    }

    /// The nearest listed month's future; where none is listed, its option. Equal months: the first series in book
    /// order.
    private static func scanRangeRisk(
        of commodity: MarginBook.CombinedCommodityTerms, in book: MarginBook, scanRanges: [ExactDecimal?]
    ) -> ScanRangeRisk {
        func nearest(_ holds: (Int) -> Bool) -> ExactDecimal? {
            var best: (isOption: Bool, month: Int, series: Int)?
            for index in commodity.series where scanRanges[index] != nil && holds(book.series[index].month) {
                let candidate = (book.series[index].seriesClass != .future, book.series[index].month, index)
                if let best, (best.isOption ? 1 : 0, best.month) <= (candidate.0 ? 1 : 0, candidate.1) { continue }
                best = candidate
            }
            guard let best, let range = scanRanges[best.series] else { return nil }
            let terms = book.series[best.series]
            return (range * terms.contractValueFactor)
                .divided(by: terms.deltaScalingFactor, truncatedToScale: WeightedPriceRisk.decimals)
        }
        return ScanRangeRisk(
            whole: nearest { _ in true }, tiers: commodity.tiers.map { tier in nearest { tier.holds[$0] } })
    }
}
