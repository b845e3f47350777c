import Calibration
import ClearingModel
import Margining
import Quantities

/// A spread's rate or charge walked over its history beside a second opinion's (docs/methodology.md §10.6): both
/// calibrated on the same days with what was known by then, and held against what the spread lost afterwards.
package struct ChallengedWalk: Sendable {
    /// One calibration of the walk: from which day on it counts, and the margin of each method.
    private struct Step {
        let place: Int
        let margins: [ChallengedMethod: Double]
    }

    /// Historical first; none where no day has its horizon behind it.
    package let rows: [ChallengedMargin]

    /// Of an offset rate or of a calendar charge whose legs are of `curve`. O(calibrations · history).
    /// - Throws: `CalibrationRefusal` where no day has history enough, for any other fault on the way there, and for
    ///   every fault of a later calibration.
    package init(
        _ rule: CalibrationRule, curve: PriceCurve?, histories: [RiskFactorCode: FactorHistory],
        standing: ExactDecimal?, _ learned: LearnedCorrelations
    ) throws {
        let calibration = try SpreadCalibration(rule, histories: histories)
        guard let money = SpreadMoney(rule, learned) else {
            throw CalibrationRefusal(.ruleIncomplete, rule.name, table: "calibration_leg", "a leg has no history")
        }
        var steps: [Step] = []
        var last: CalibrationRefusal?
        var value: StandingValue?
        for day in learned.days {
            do throws(CalibrationRefusal) {
                let figure = try calibration.figure(on: day.date, standing: value)
                let challenger = try Self.challenger(rule, curve, day, learned)
                guard
                    let step = Self.step(
                        day.date, rule, money, historical: figure.new, standing: standing, challenger: challenger)
                else { continue }
                steps.append(step)
                value = figure.standing
            } catch {
                guard steps.isEmpty, Self.waits(for: error.rule) else { throw error }
                last = error
            }
        }
        guard let first = steps.first else {
            throw last
                ?? CalibrationRefusal(
                    .tooFewObservations, rule.name, table: "risk_factor_level", "no day has a calibration")
        }
        rows = try Self.rows(rule, money, steps, from: first.place)
    }

    /// Whether a walk may not have begun yet where this is refused.
    static func waits(for fault: CalibrationFault) -> Bool {
        switch fault {
        case .historyStale, .tooFewObservations, .historyTooShort, .tooFewFactors: true
        default: false
        }
    }

    private static func challenger(
        _ rule: CalibrationRule, _ curve: PriceCurve?, _ day: LearnedCorrelations.Day, _ learned: LearnedCorrelations
    ) throws(CalibrationRefusal) -> (method: ChallengedMethod, value: ExactDecimal) {
        guard let curve else { return (.learned, try LearnedOffsetRate(rule, day).rate) }
        return (.components, try CurveComponents(curve, learned, on: day.date).charge(rule))
    }

    /// The margins from a day on: of a rate what it leaves of the legs' ranges, of a charge itself. Nil without ranges.
    private static func step(
        _ date: BusinessDate, _ rule: CalibrationRule, _ money: SpreadMoney, historical: ExactDecimal,
        standing: ExactDecimal?, challenger: (method: ChallengedMethod, value: ExactDecimal)
    ) -> Step? {
        var whole: Double?
        if rule.item == .offsetRate {
            guard let ranges = money.ranges(on: date) else { return nil }
            var sum = 0.0
            for range in ranges { sum += range }
            whole = sum
        }
        func margin(_ value: ExactDecimal) -> Double {
            SpreadMoney.money(whole.map { $0 * (ExactDecimal.one - value).double } ?? value.double)
        }
        var margins: [ChallengedMethod: Double] = [
            .historical: margin(historical), challenger.method: margin(challenger.value),
        ]
        margins[.standing] = standing.map(margin)
        return Step(place: money.firstPlace(from: date), margins: margins)
    }

    private static func rows(
        _ rule: CalibrationRule, _ money: SpreadMoney, _ steps: [Step], from first: Int
    ) throws(ValidationRefusal) -> [ChallengedMargin] {
        let terms = try ValidationTerms(confidence: rule.confidence, horizonDays: rule.horizonDays)
        var stepOf: [Step] = []
        for (number, step) in steps.enumerated() {
            let end = number + 1 < steps.count ? steps[number + 1].place : money.dates.count
            for _ in step.place..<max(end, step.place) { stepOf.append(step) }
        }
        let losses = (first..<money.dates.count).map { money.loss(from: $0) }
        var found: [ChallengedMargin] = []
        for method in ChallengedMethod.allCases {
            let row = ChallengedMargin(
                method, money.dates[first...], margins: stepOf.map { $0.margins[method] }, losses: losses,
                terms: terms, historical: found.first)
            if let row { found.append(row) }
        }
        return found
    }
}
