import Quantities

/// The value of a price move of one series in minor units, prepared once a series so that a line costs a
/// multiplication.
///
/// Amounts are quantity · move · contract value factor, rounded half away from zero a line (methodology §1.4, §11). The
/// 64-bit path is taken where every step fits; the other is exact too. Both give nil outside 64 bits of minor units.
struct PriceMoveValue: Sendable {
    /// Minor units of one contract: `numerator / divisor`, the divisor above zero.
    private let numerator: Int128
    private let divisor: Int128
    private let narrowNumerator: Int64
    /// 0 where the 64-bit path is closed.
    private let narrowDivisor: Int64

    /// Nil where the exact value of one contract leaves 128 bits.
    init?(move: ExactDecimal, contractValueFactor: ExactDecimal, decimals: Int) {
        guard let value = move.checkedProduct(contractValueFactor) else { return nil }
        let shift = value.scale - decimals
        guard shift <= 38 else { return nil }
        let (scaled, overflows) = value.mantissa.multipliedReportingOverflow(by: PowersOfTen.int128(max(0, -shift)))
        guard !overflows else { return nil }
        numerator = scaled
        divisor = PowersOfTen.int128(max(0, shift))
        let narrow = (Int64(exactly: scaled), Int64(exactly: divisor))
        narrowNumerator = narrow.0 ?? 0
        narrowDivisor = narrow.0 == nil ? 0 : narrow.1 ?? 0
    }

    /// The move of an inverse future, notional · (to − from) / (from · to) in base coins; nil where a price is not
    /// above zero or the exact value leaves 128 bits.
    init?(inverseNotional notional: ExactDecimal, from: ExactDecimal, to: ExactDecimal, decimals: Int) {
        guard from > .zero, to > .zero, let gain = notional.checkedProduct(to - from),
            let prices = from.checkedProduct(to)
        else { return nil }
        let shift = prices.scale + decimals - gain.scale
        guard (-38...38).contains(shift) else { return nil }
        let scaledGain = gain.mantissa.multipliedReportingOverflow(by: PowersOfTen.int128(max(0, shift)))
        let scaledPrices = prices.mantissa.multipliedReportingOverflow(by: PowersOfTen.int128(max(0, -shift)))
        guard !scaledGain.overflow, !scaledPrices.overflow else { return nil }
        numerator = scaledGain.partialValue
        divisor = scaledPrices.partialValue
        narrowNumerator = 0
        narrowDivisor = 0
    }

    /// Minor units for `quantity` contracts; the sign is that of quantity · move.
    func minorUnits(quantity: Int64) -> Int64? {
        let (product, overflows) = narrowNumerator.multipliedReportingOverflow(by: quantity)
        if narrowDivisor != 0, !overflows { return divideRoundingHalfAwayFromZero(product, by: narrowDivisor) }
        return roundedQuotient(numerator, times: Int128(quantity), over: divisor).flatMap(Int64.init(exactly:))
    }
}

/// The value of the move from a trade's price to a series' closing price, prepared once a series.
struct TradeMoveValue: Sendable {
    private let closingPrice: ExactDecimal
    private let contractValueFactor: ExactDecimal
    private let decimals: Int
    private let narrowClosingPrice: Int64
    private let narrowFactor: Int64
    private let factorScale: Int
    private let isNarrow: Bool
    private let isInverse: Bool

    init(closingPrice: ExactDecimal, contractValueFactor: ExactDecimal, decimals: Int, isInverse: Bool = false) {
        self.isInverse = isInverse
        self.closingPrice = closingPrice
        self.contractValueFactor = contractValueFactor.withoutTrailingZeros
        self.decimals = decimals
        factorScale = self.contractValueFactor.scale
        let narrow = (Int64(exactly: closingPrice.mantissa), Int64(exactly: self.contractValueFactor.mantissa))
        narrowClosingPrice = narrow.0 ?? 0
        narrowFactor = narrow.1 ?? 0
        isNarrow = !isInverse && narrow.0 != nil && narrow.1 != nil
    }

    /// Minor units of (closing − `price`) · contract value factor · `quantity`.
    func minorUnits(price: ExactDecimal, quantity: Int64) -> Int64? {
        narrowMinorUnits(price: price, quantity: quantity) ?? wideMinorUnits(price: price, quantity: quantity)
    }

    /// Nil where a step leaves 64 bits.
    private func narrowMinorUnits(price: ExactDecimal, quantity: Int64) -> Int64? {
        let scale = max(closingPrice.scale, price.scale)
        let shift = scale + factorScale - decimals
        guard isNarrow, scale <= 18, (-18...18).contains(shift), let narrowPrice = Int64(exactly: price.mantissa) else {
            return nil
        }
        let closing = narrowClosingPrice.multipliedReportingOverflow(by: narrowPowersOfTen[scale - closingPrice.scale])
        let traded = narrowPrice.multipliedReportingOverflow(by: narrowPowersOfTen[scale - price.scale])
        let move = closing.partialValue.subtractingReportingOverflow(traded.partialValue)
        let contract = move.partialValue.multipliedReportingOverflow(by: narrowFactor)
        let line = contract.partialValue.multipliedReportingOverflow(by: quantity)
        guard !closing.overflow, !traded.overflow, !move.overflow, !contract.overflow, !line.overflow else {
            return nil
        }
        if shift >= 0 { return divideRoundingHalfAwayFromZero(line.partialValue, by: narrowPowersOfTen[shift]) }
        let scaled = line.partialValue.multipliedReportingOverflow(by: narrowPowersOfTen[-shift])
        return scaled.overflow ? nil : scaled.partialValue
    }

    private func wideMinorUnits(price: ExactDecimal, quantity: Int64) -> Int64? {
        if isInverse {
            return PriceMoveValue(
                inverseNotional: contractValueFactor, from: price, to: closingPrice, decimals: decimals)?
                .minorUnits(quantity: quantity)
        }
        return PriceMoveValue(move: closingPrice - price, contractValueFactor: contractValueFactor, decimals: decimals)?
            .minorUnits(quantity: quantity)
    }
}

/// 10^0 … 10^18.
private let narrowPowersOfTen: [Int64] = (0...18).map { Int64(PowersOfTen.int128($0)) }

/// `numerator / denominator` to the nearest whole number, ties away from zero; the denominator is above zero.
private func divideRoundingHalfAwayFromZero(_ numerator: Int64, by denominator: Int64) -> Int64 {
    if denominator == 1 { return numerator }
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    guard remainder.magnitude >= denominator.magnitude - remainder.magnitude else { return quotient }
    return numerator < 0 ? quotient - 1 : quotient + 1
}
