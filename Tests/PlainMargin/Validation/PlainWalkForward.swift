/// A rule walked over its factor's levels, for §12.1.
package struct PlainWalkForward: Sendable {
    package struct Day: Sendable {
        package let day: PlainDay
        /// Minor units.
        package let margin: Rational
        /// What +1 and −1 lose until the factor's h-th level after the day, minor units; nil where there is none.
        package let long: Rational?
        package let short: Rational?
        /// The larger of both.
        package var either: Rational? { long.flatMap { long in short.map { max(long, $0) } } }
    }

    package private(set) var figures: [(day: PlainDay, proposal: PlainProposal)] = []
    package private(set) var days: [Day] = []

    /// §12.1, from the text alone: the first calibration is that of the first day from `start` on which neither
    /// observations nor years lack, then one every `recalibrate` days of the factor, with value, core and buffer
    /// carried.
    package init(
        _ rule: PlainCalibrationRule, _ factor: PlainFactor, contractValueFactor: Rational, decimals: Int,
        recalibrate: Int, start: PlainDay?
    ) throws(PlainCalibrationRefusal) {
        let unit = power(decimals)
        var missing: PlainCalibrationRefusal?
        var sinceLast = 0
        for (place, day) in factor.days.enumerated() {
            if let start, day < start { continue }
            let isDue = figures.isEmpty || sinceLast == recalibrate
            if isDue {
                var house = PlainCalibrationHouse(today: day)
                house.rules = [rule]
                house.factors = [factor]
                if let last = figures.last?.proposal {
                    house.standing["\(last.item) \(last.key)"] = PlainStanding(
                        value: last.new, core: last.buffer == nil ? nil : last.core, buffer: last.buffer)
                }
                do throws(PlainCalibrationRefusal) {
                    figures.append((day, try house.propose()[0]))
                    sinceLast = 0
                } catch {
                    let isEarly = error.rule == "too_few_observations" || error.rule == "history_too_short"
                    guard figures.isEmpty, isEarly else { throw error }
                    missing = error
                    continue
                }
            }
            sinceLast += 1
            let price = factor.levels[place]
            let range = figures[figures.count - 1].proposal.new
            let amount = rule.unit == .percent ? range * price.magnitude : range
            let end = place + rule.horizon
            let gain = end < factor.levels.count ? (factor.levels[end] - price) * contractValueFactor * unit : nil
            days.append(
                Day(
                    day: day, margin: (amount * contractValueFactor * unit).rounded(0),
                    long: gain.map { (-$0).rounded(0) },
                    short: gain?.rounded(0)))
        }
        if figures.isEmpty, let missing { throw missing }
    }
}

private func power(_ decimals: Int) -> Rational {
    (0..<decimals).reduce(1 as Rational) { value, _ in value * 10 }
}
