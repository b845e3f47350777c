import Calibration
import ClearingModel
import Margining
import Quantities

extension WalkForward {
    /// What the rule costs at equal coverage of either side beside itself without tools, a flat percentage of the price
    /// and the plain quantile of its look-back, on the tested days from `first` on, all of them where it is nil
    /// (docs/methodology.md §12.7).
    ///
    /// `bare` is the same walk without tools, where it is known.
    /// - Throws: `CalibrationRefusal` and `ValidationRefusal` as a walk of those rules does.
    package func efficiency(
        _ history: FactorHistory, from first: BusinessDate? = nil, withoutTools bare: WalkForward? = nil, name: String
    ) throws -> [EfficiencyRow] {
        let without = try bare ?? withoutTools(history)
        let plain = try plainQuantile(history)
        let start = history.dates.count - days.count
        var nights: [ComparedNight] = []
        for (place, day) in days.enumerated() where first.map({ day.date >= $0 }) ?? true {
            guard let loss = day.loss(.either) else { continue }
            nights.append(
                ComparedNight(
                    day: place, exposure: loss, engine: day.margin,
                    others: [
                        .withoutTools: .success(without.days[place].margin),
                        .notional: notional(of: history, start + place),
                        .historicalValueAtRisk: .success(plain.days[place].margin),
                    ]))
        }
        return EfficiencyRow.rows(nights, of: name)
    }

    /// The same walk by the plain quantile of the look-back alone: without tools, and with a volatility that counts for
    /// nothing.
    private func plainQuantile(_ history: FactorHistory) throws -> WalkForward {
        try changed(history, firstDay: days.first?.date ?? terms.firstDay) { rule in
            rule = rule.withoutTools
            rule.volatility.z = ExactDecimal(mantissa: 1, scale: 12)
            rule.volatility.floor = .zero
        }
    }

    /// |price| of one contract on a day.
    private func notional(of history: FactorHistory, _ place: Int) -> Result<Int64, ValidationRefusal> {
        let units = history.levels[place].magnitude.minorUnits(
            times: terms.contractValueFactor, decimals: terms.currency.decimals)
        return units.map { .success($0) }
            ?? .failure(
                ValidationRefusal(
                    .outOfRange, "\(history.factor) \(history.dates[place])", table: "walk_forward",
                    "a notional leaves 64 bits of minor units"))
    }
}
