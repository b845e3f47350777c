import ClearingModel
import Quantities

/// A night's loss beside the value at risk and the expected shortfall that were published for it, in one currency.
package struct ShortfallNight: Hashable, Sendable {
    /// The plain loss of all series, loss +.
    package let loss: ExactDecimal
    package let valueAtRisk: ExactDecimal
    package let expectedShortfall: ExactDecimal

    package init(loss: ExactDecimal, valueAtRisk: ExactDecimal, expectedShortfall: ExactDecimal) {
        self.loss = loss
        self.valueAtRisk = valueAtRisk
        self.expectedShortfall = expectedShortfall
    }
}

/// A row of critical values of Z2: which n and p they are of, and the 5 % and 0.01 % points.
package struct Z2CriticalValues: Hashable, Sendable {
    package let nights: Int
    package let exceptionProbability: ExactDecimal
    /// c₅, and c₀.₀₁ below it.
    package let yellow: ExactDecimal
    package let red: ExactDecimal

    /// - Throws: `ValidationRefusal` `backtest_range` unless n ≥ 1, 0 < p < 1 and c₀.₀₁ < c₅ < 0.
    package init(
        nights: Int, exceptionProbability: ExactDecimal, yellow: ExactDecimal, red: ExactDecimal
    ) throws(ValidationRefusal) {
        guard nights >= 1, exceptionProbability > .zero, exceptionProbability < .one, red < yellow, yellow < .zero
        else {
            throw ValidationRefusal(
                .backtestRange, "\(nights) \(exceptionProbability)", table: "z2_critical",
                "n is below 1, p is not inside 0 to 1, or the values \(yellow) and \(red) are not 0 > c5 > c001")
        }
        self.nights = nights
        self.exceptionProbability = exceptionProbability.withoutTrailingZeros
        self.yellow = yellow
        self.red = red
    }
}

/// Z2 of docs/methodology.md §12.4: 0 expected, below 0 where expected shortfall was too small, +1 without exceedance.
///
/// Source: Acerbi and Szekely 2014, backtesting expected shortfall, test 2.
package struct ShortfallTest: Sendable {
    /// Of some nights.
    package struct Statistic: Hashable, Sendable {
        package let z2: Double
        /// Nights with loss, value at risk and expected shortfall; those whose loss is above the value at risk.
        package let nights: Int
        package let exceedances: Int
        /// Nil where there are no critical values of this n and p.
        package let zone: TrafficLightZone?
    }

    /// All nights.
    package let whole: Statistic
    /// Of a horizon of more than a day: each remainder that has a night, and the place of the one that decides.
    package let thinned: (series: [(remainder: Int, statistic: Statistic)], decides: Int)?

    /// `nights` has an entry a business day of the calendar; nil where one of the three figures lacks. Nil where all
    /// do.
    /// - Throws: `ValidationRefusal` `shortfall_not_positive` for the first night whose expected shortfall is not above
    ///   0; its item is `name`, with the night where `date` knows it.
    package init?(
        _ nights: [ShortfallNight?], terms: ValidationTerms, critical: [Z2CriticalValues], of name: String,
        date: (Int) -> String
    ) throws(ValidationRefusal) {
        for (index, night) in nights.enumerated() {
            guard let night, night.expectedShortfall <= .zero else { continue }
            throw ValidationRefusal(
                .shortfallNotPositive, "\(name) \(date(index))", table: "risk_group_figure",
                "expected shortfall \(night.expectedShortfall) is not above 0")
        }
        guard let first = nights.firstIndex(where: { $0 != nil }),
            let whole = Self.statistic(nights[first...], every: 1, terms, critical)
        else { return nil }
        self.whole = whole
        let h = terms.horizonDays
        guard h > 1 else {
            thinned = nil
            return
        }
        let series = (0..<h).compactMap { remainder -> (remainder: Int, statistic: Statistic)? in
            guard first + remainder < nights.count else { return nil }
            return Self.statistic(nights[(first + remainder)...], every: h, terms, critical).map { (remainder, $0) }
        }
        var decides = 0
        for index in series.indices where series[index].statistic.z2 < series[decides].statistic.z2 { decides = index }
        thinned = (series, decides)
    }

    /// The zone that counts: all nights' at a horizon of one day, else that of the series which decides.
    package var zone: TrafficLightZone? {
        guard let thinned else { return whole.zone }
        return thinned.series[thinned.decides].statistic.zone
    }

    private static func statistic(
        _ nights: ArraySlice<ShortfallNight?>, every step: Int, _ terms: ValidationTerms,
        _ critical: [Z2CriticalValues]
    ) -> Statistic? {
        var (count, exceedances) = (0, 0)
        var sum = 0.0
        for index in stride(from: nights.startIndex, to: nights.endIndex, by: step) {
            guard let night = nights[index] else { continue }
            count += 1
            guard night.loss > night.valueAtRisk else { continue }
            exceedances += 1
            sum += night.loss.double / night.expectedShortfall.double
        }
        guard count > 0 else { return nil }
        let p = terms.exceptionProbability
        let z2 = 1 - sum / (Double(count) * p.double)
        let row = critical.first { $0.nights == count && $0.exceptionProbability == p }
        return Statistic(
            z2: z2, nights: count, exceedances: exceedances,
            zone: row.map { z2 >= $0.yellow.double ? .green : z2 >= $0.red.double ? .yellow : .red })
    }
}
