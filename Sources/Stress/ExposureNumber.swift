import ClearingModel
import Quantities

/// What exposures are added up in: whole numbers, exact while they stay within bounds that its user keeps.
///
/// Doubles hold whole numbers to 2⁵³, and every processor adds up two of them at a time.
protocol ExposureNumber: Comparable, Sendable {
    static var zero: Self { get }
    /// A number within the bounds; beyond them any.
    init(within whole: Int128)
    init(_ loss: Int32)
    init(_ whole: Int64)
    /// Sums and products, exact where what they come to in the end is within the bounds.
    func plus(_ other: Self) -> Self
    func minus(_ other: Self) -> Self
    func times(_ other: Self) -> Self
    /// In minor units of the base currency, rounded once.
    func inBase(of currency: StressedCurrency) -> Int64
}

extension Double: ExposureNumber {
    init(within whole: Int128) { self = Double(nearest: whole) }

    @inline(__always) func plus(_ other: Double) -> Double { self + other }
    @inline(__always) func minus(_ other: Double) -> Double { self - other }
    @inline(__always) func times(_ other: Double) -> Double { self * other }
    @inline(__always) func inBase(of currency: StressedCurrency) -> Int64 { currency.inBase(self) }
}

extension ExposureNumber where Self: FixedWidthInteger {
    @inline(__always) func plus(_ other: Self) -> Self { self &+ other }
    @inline(__always) func minus(_ other: Self) -> Self { self &- other }
    @inline(__always) func times(_ other: Self) -> Self { self &* other }
}

extension Int64: ExposureNumber {
    init(within whole: Int128) { self = Int64(truncatingIfNeeded: whole) }

    @inline(__always) func inBase(of currency: StressedCurrency) -> Int64 { currency.inBase(self) }
}

extension Int128: ExposureNumber {
    init(within whole: Int128) { self = whole }

    func inBase(of currency: StressedCurrency) -> Int64 { currency.inBase(self) }
}

/// What adding up needs of a series: plain numbers, so that no reference is counted a position.
struct SeriesSummand<Number: ExposureNumber>: Sendable {
    /// Indices into the stressed book's combined commodities and currencies.
    let combinedCommodity: Int32
    let currency: Int32
    /// Units of the currency's scale in one array unit.
    let factor: Number
    /// What closing out one long unit is paid, in the currency's scale.
    let netOptionValue: Number
    /// What the loss and the option value of one unit come to at most, without a sign.
    var largest = 0.0

    /// The same in other numbers; what leaves their bounds is any: nobody adds it up in them.
    func within<Other>(_: Other.Type) -> SeriesSummand<Other> where Number == Int128 {
        SeriesSummand<Other>(
            combinedCommodity: combinedCommodity, currency: currency, factor: Other(within: factor),
            netOptionValue: Other(within: netOptionValue))
    }
}

/// The summands of a book's series, each in its place.
struct SeriesSummands: Sendable {
    let exact: [SeriesSummand<Int128>]
    let wholes: [SeriesSummand<Int64>]
    let doubles: [SeriesSummand<Double>]
    /// By currency, the base currency's minor units in one of its scale.
    private let inBase: [Double]

    /// The same with the bounds that losses give.
    func bounded(by losses: LossRows) -> BoundedSummands { BoundedSummands(self, losses, inBase: inBase) }

    init(
        _ series: [StressedSeries], _ commodities: [StressedCommodity], _ currencies: [StressedCurrency], base: Currency
    ) {
        exact = series.map { series in
            let commodity = commodities[series.combinedCommodity]
            let scale = currencies[commodity.currency].scale
            return SeriesSummand(
                combinedCommodity: Int32(series.combinedCommodity), currency: Int32(commodity.currency),
                factor: PowersOfTen.int128(scale - commodity.arrayDecimals),
                netOptionValue: series.netOptionValue.roundedMantissa(scale: scale))
        }
        wholes = exact.map { $0.within(Int64.self) }
        doubles = exact.map { $0.within(Double.self) }
        inBase = currencies.map {
            $0.rate.double * PowersOfTen.double(base.decimals) / PowersOfTen.double($0.scale)
        }
    }
}
