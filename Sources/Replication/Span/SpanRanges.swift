import ClearingModel
import Quantities

/// What the contracts of a combined commodity say of how far prices and volatilities are moved.
struct SpanRanges {
    /// Units of price, by contract month.
    private(set) var prices: [ContractMonth: ExactDecimal] = [:]
    /// Of options: absolute or relative, and how far.
    private(set) var volatility: (isAbsolute: Bool, value: String)?

    /// Notes a contract's range; months may differ, contracts of one month may not.
    mutating func addPrice(
        _ range: ExactDecimal, _ month: ContractMonth, _ element: SpanElement
    ) throws(ReplicationError) {
        if let other = prices.updateValue(range, forKey: month), other != range {
            throw element.refusal("a move of \(range) a unit of price, and of \(other) of another contract of \(month)")
        }
    }

    /// Notes an option's volatility range, one for the combined commodity.
    mutating func addVolatility(
        _ value: String, isAbsolute: Bool, _ element: SpanElement
    ) throws(ReplicationError) {
        if let volatility {
            guard volatility.isAbsolute == isAbsolute, ExactDecimal(volatility.value) == ExactDecimal(value) else {
                throw element.refusal("a volatility move of \(value), and of \(volatility.value) of another series")
            }
        }
        volatility = (isAbsolute, value)
    }

    /// The months' ranges as spans: one where they are equal, else from each month in which it changes up to the month
    /// before the next.
    var spans: [(from: ContractMonth, to: ContractMonth, range: ExactDecimal)] {
        var spans: [(from: ContractMonth, to: ContractMonth, range: ExactDecimal)] = []
        for (month, range) in prices.sorted(by: { $0.key < $1.key }) {
            if let last = spans.last {
                if last.range == range {
                    spans[spans.count - 1].to = month
                    continue
                }
                spans[spans.count - 1].to = max(last.to, month.adding(months: -1))
            }
            spans.append((month, month, range))
        }
        return spans
    }

    /// A money amount a contract as a move a unit of price: exact with up to 24 decimals, else rounded up at 12, so
    /// that the amount cut off at the cent is the one that was given. Nil where that leaves 128 bits.
    static func perUnit(_ amount: ExactDecimal, _ factor: ExactDecimal) -> ExactDecimal? {
        let (amount, factor) = (amount.withoutTrailingZeros, factor.withoutTrailingZeros)
        func quotient(_ scale: Int) -> ExactDecimal? {
            canDivide(amount, by: factor, toScale: scale)
                ? amount.divided(by: factor, truncatedToScale: scale).withoutTrailingZeros : nil
        }
        func product(_ value: ExactDecimal) -> ExactDecimal? {
            let (_, overflows) = value.mantissa.multipliedReportingOverflow(by: factor.mantissa)
            return overflows ? nil : value * factor
        }
        if let fine = quotient(24), let back = product(fine), back == amount { return fine }
        guard let coarse = quotient(12), let back = product(coarse) else { return nil }
        return back < amount ? coarse + ExactDecimal(mantissa: 1, scale: 12) : coarse
    }

    /// Whether a quotient with `scale` decimals is reckoned within 128 bits; the divisor is not 0.
    static func canDivide(_ amount: ExactDecimal, by divisor: ExactDecimal, toScale scale: Int) -> Bool {
        let shift = scale + divisor.scale - amount.scale
        guard (-36...36).contains(shift), divisor.mantissa != 0 else { return false }
        let (number, power) = (shift < 0 ? divisor.mantissa : amount.mantissa, PowersOfTen.int128(abs(shift)))
        return !number.multipliedReportingOverflow(by: power).overflow
    }

    /// The money amount a contract of a move a unit of price: the shortest that is read as that move again, else the
    /// product with up to 24 decimals.
    static func amount(_ range: ExactDecimal, _ factor: ExactDecimal) -> ExactDecimal {
        let range = range.withoutTrailingZeros
        let product = (range * factor.withoutTrailingZeros).withoutTrailingZeros
        for decimals in 0...24 where decimals <= product.scale {
            let rounded = ExactDecimal(mantissa: product.roundedMantissa(scale: decimals), scale: decimals)
            if perUnit(rounded, factor) == range { return rounded }
        }
        return product.scale <= 24
            ? product : ExactDecimal(mantissa: product.roundedMantissa(scale: 24), scale: 24)
    }
}
