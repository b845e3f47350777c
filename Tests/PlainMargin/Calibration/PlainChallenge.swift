import Glibc

/// An offset rate walked beside the learned one, for §10.6: tested days and exceptions of each, or what refuses it.
package struct PlainChallenge: Sendable {
    package private(set) var days = 0
    package private(set) var historical = 0
    package private(set) var learned = 0
    /// The sums of the margins.
    package private(set) var margins = (historical: 0.0, learned: 0.0)

    private struct Step {
        let day: PlainDay
        let historical: Double
        let learned: Double
    }

    /// Calibrated on every `every`-th day on which a factor has a level, back from `today`. Factors are all that there
    /// are, and all of them are learned from.
    package init(
        _ rule: PlainCalibrationRule, _ factors: [PlainFactor], today: PlainDay, every: Int,
        _ terms: PlainLearning.Terms
    ) throws(PlainCalibrationRefusal) {
        let known = Set(factors.flatMap(\.days)).union([today]).filter { $0 <= today }.sorted()
        let calibrations = stride(from: known.count - 1, through: 0, by: -every).map { known[$0] }.reversed()
        let legs = rule.legs.compactMap { leg in factors.first { $0.code == leg.factor }?.upTo(today) }
        let common = legs[0].days.filter { day in legs.allSatisfy { $0.days.contains(day) } }
        var steps: [Step] = []
        var last: PlainCalibrationRefusal?
        var standing: Rational?
        for day in calibrations {
            do throws(PlainCalibrationRefusal) {
                var house = PlainCalibrationHouse(today: day)
                (house.rules, house.factors) = ([rule], factors)
                if let standing { house.standing["offset_rate \(rule.key)"] = PlainStanding(value: standing) }
                let table = try house.propose()[0].new
                let rate = try Self.learnedRate(rule, PlainLearning(factors, today: day, terms))
                standing = table
                let ranges = Self.ranges(rule, legs, common, day)
                steps.append(
                    Step(
                        day: day, historical: Self.money(ranges * (1 - PlainNumber.exact(table).double)),
                        learned: Self.money(ranges * (1 - rate))))
            } catch {
                let waits = ["history_stale", "too_few_observations", "history_too_short", "too_few_factors"]
                guard steps.isEmpty, waits.contains(error.rule) else { throw error }
                last = error
            }
        }
        if steps.isEmpty, let last { throw last }
        for place in 0..<max(common.count - rule.horizon, 0) {
            guard let step = steps.last(where: { $0.day <= common[place] }) else { continue }
            var loss = 0.0
            for (leg, factor) in zip(rule.legs, legs) {
                let move =
                    PlainLearning.level(factor, common[place + rule.horizon])
                    - PlainLearning.level(factor, common[place])
                loss += (leg.isSideA ? 1 : -1) * Self.weight(leg) * move
            }
            loss = Self.money(loss.magnitude)
            days += 1
            if loss > step.historical { historical += 1 }
            if loss > step.learned { learned += 1 }
            margins.historical += step.historical
            margins.learned += step.learned
        }
    }

    private static func weight(_ leg: PlainLeg) -> Double {
        PlainNumber.exact(leg.ratio * leg.contractValueFactor).double
    }

    private static func money(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }

    private static func learnedRate(
        _ rule: PlainCalibrationRule, _ learning: PlainLearning
    ) throws(PlainCalibrationRefusal) -> Double {
        guard learning.codes.count > 1 else {
            throw PlainCalibrationRefusal("too_few_factors", "second opinion")
        }
        for leg in rule.legs {
            guard let refused = learning.refusals[leg.factor] else { continue }
            let words = refused.split(separator: " ", maxSplits: 1).map(String.init)
            throw PlainCalibrationRefusal(words[0], words[1])
        }
        let core =
            learning.rate(
                rule.legs.map { (code: $0.factor, money: ($0.isSideA ? 1 : -1) * weight($0)) }) ?? 0
        let held = max(0, min(PlainNumber.exact(rule.cap).double, (core * 1e12).rounded() / 1e12))
        let increment = PlainNumber.exact(rule.increment).double
        return (held / increment + 1e-9).rounded(.down) * increment
    }

    /// The legs' quantiles over the moves that end in the three years up to the day, added up.
    private static func ranges(
        _ rule: PlainCalibrationRule, _ legs: [PlainFactor], _ common: [PlainDay], _ day: PlainDay
    ) -> Double {
        let places = common.indices.filter { place in
            place >= rule.horizon && common[place] <= day && common[place] > day.yearsBefore(3)
        }
        let last = common.last { $0 <= day } ?? day
        return zip(rule.legs, legs).map { leg, factor in
            let sizes = places.map { place -> PlainNumber in
                let (from, to) = (
                    PlainLearning.level(factor, common[place - rule.horizon]),
                    PlainLearning.level(factor, common[place])
                )
                return .double(
                    (factor.isLog ? PlainLearning.level(factor, last) * (to / from - 1) : to - from).magnitude)
            }
            return weight(leg) * quantile(sizes, rule.confidence).double
        }.reduce(0, +)
    }
}
