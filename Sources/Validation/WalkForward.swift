import Calibration
import ClearingModel
import Margining
import Quantities
import Scenarios

/// What a walk-forward margins: one contract on a factor, by a rule whose confidence and horizon count
/// (docs/methodology.md §12.1).
package struct WalkForwardTerms: Sendable {
    /// Of a price scan range, in amounts or percent.
    package var rule: CalibrationRule
    /// Money a unit of price, above 0.
    package let contractValueFactor: ExactDecimal
    package let currency: Currency
    /// Days of the factor from one calibration to the next, 1 or more.
    package let recalibrateDays: Int
    /// The day from which a first calibration is looked for; nil: the history's first.
    package let firstDay: BusinessDate?

    package init(
        rule: CalibrationRule, contractValueFactor: ExactDecimal, currency: Currency, recalibrateDays: Int,
        firstDay: BusinessDate?
    ) {
        self.rule = rule
        self.contractValueFactor = contractValueFactor
        self.currency = currency
        self.recalibrateDays = max(1, recalibrateDays)
        self.firstDay = firstDay
    }
}

/// A rule calibrated again and again over a history, each time with the levels known by then, and what its margins
/// covered.
package struct WalkForward: Sendable {
    /// A day from the first calibration on.
    package struct Day: Hashable, Sendable {
        package let date: BusinessDate
        /// Minor units of a contract.
        package let margin: Int64
        /// What one long contract loses over the horizon, in minor units; nil where the history ends before.
        package let longLoss: Int64?

        /// What a side loses; of either the larger.
        package func loss(_ side: Side) -> Int64? {
            switch side {
            case .long: longLoss
            case .short: longLoss.map { -$0 }
            case .either: longLoss.map { Int64(clamping: $0.magnitude) }
            }
        }
    }

    /// Whose loss is held against the margin; a scan range covers either.
    package enum Side: String, CaseIterable, Sendable {
        case long, short, either
    }

    /// What a calibration came to, as far as the walk goes on from it.
    package struct Step: Sendable {
        /// In force from then on.
        package let value: ExactDecimal
        /// Share of the core; nil without tool (a).
        let buffer: ExactFraction?
        package let flag: CalibrationFlag?
        package let date: BusinessDate

        init(_ date: BusinessDate, _ standing: StandingValue, _ flag: CalibrationFlag?) {
            value = standing.value
            buffer = standing.proposed?.buffer
            self.flag = flag
            self.date = date
        }
    }

    package let terms: WalkForwardTerms
    /// Of each calibration; number n is in force on `recalibrateDays` days from day n · `recalibrateDays` on.
    package let steps: [Step]
    package let days: [Day]
    /// RV of each day; nil where it has not returns enough.
    package let volatilities: [Double?]
    private let calibration: ScanRangeCalibration
    /// Of each calibration but the first.
    private let measures: [DayMeasures?]
    private let cores: [ExactDecimal]
    private let first: CalibratedFigure

    /// O(calibrations · look-back / 8 + days · log days), a half of it where another walk over the same history, whose
    /// rule measures the same moves on the same days, lends what it `measured`; no figure depends on that.
    /// - Throws: `CalibrationRefusal` where no day has observations enough, for any other fault on the way there, and
    ///   for every fault of a later calibration; `ValidationRefusal` `validation_out_of_range`.
    package init(_ terms: WalkForwardTerms, history: FactorHistory, measured other: WalkForward? = nil) throws {
        self.terms = terms
        var calibration = try ScanRangeCalibration(terms.rule, history: history)
        calibration.prepareForEveryDay(beside: other?.calibration)
        self.calibration = calibration
        let first = try Self.first(calibration, history, from: terms.firstDay)
        self.first = first.figure
        let later = Array(
            stride(from: first.place + terms.recalibrateDays, to: history.dates.count, by: terms.recalibrateDays))
        let lender = other.flatMap { $0.lends(to: terms, from: history.dates[first.place]) ? $0 : nil }
        measures = lender?.measures ?? calibration.measures(at: later)
        let lent = lender.flatMap { $0.terms.rule.sharesCores(with: terms.rule) ? $0.cores : nil }
        cores = try lent ?? calibration.cores(at: later, measures: measures)
        var steps: [Step] = []
        steps.reserveCapacity(later.count + 1)
        steps.append(Step(history.dates[first.place], first.figure.standing, first.figure.flag))
        try calibration.step(through: cores, from: first.figure.standing) { standing, flag in
            steps.append(Step(history.dates[later[steps.count - 1]], standing, flag))
        }
        self.steps = steps
        days = try WalkedDays(terms, history, firstPlace: first.place).days(steps, losses: lender?.days)
        volatilities = lender?.volatilities ?? Array(history.realisedVolatilities()[first.place...])
    }

    /// The figure of a calibration by its number, worked out again from what the one before left.
    package func figure(_ number: Int) -> CalibratedFigure {
        guard number > 0 else { return first }
        do {
            return try calibration.figure(
                on: steps[number].date, standing: standing(after: number - 1), measures: measures[number - 1])
        } catch {
            preconditionFailure("what a walk has calibrated is calibrated again: \(error)")
        }
    }

    private func standing(after number: Int) -> StandingValue {
        guard number > 0 else { return first.standing }
        let step = steps[number]
        return StandingValue(
            value: step.value, proposed: step.buffer.map { ProposedCore(core: cores[number - 1], buffer: $0) })
    }

    /// The value in force on the last day.
    package var lastRange: ExactDecimal { steps[steps.count - 1].value }

    /// Whether this walk has measured what another of the same history needs from a first day on.
    private func lends(to other: WalkForwardTerms, from first: BusinessDate) -> Bool {
        terms.recalibrateDays == other.recalibrateDays && days.first?.date == first
            && terms.contractValueFactor == other.contractValueFactor && terms.currency == other.currency
            && terms.rule.measuresWhat(other.rule)
    }

    /// The first day that has observations and years enough.
    private static func first(
        _ calibration: ScanRangeCalibration, _ history: FactorHistory, from start: BusinessDate?
    ) throws(CalibrationRefusal) -> (place: Int, figure: CalibratedFigure) {
        var last: CalibrationRefusal?
        for place in history.dates.indices where start.map({ history.dates[place] >= $0 }) ?? true {
            // A refusal in words takes longer than a figure: only the last day's is told.
            if try calibration.waits(at: place), place < history.dates.count - 1 { continue }
            do throws(CalibrationRefusal) {
                return (place, try calibration.figure(on: history.dates[place], standing: nil))
            } catch {
                guard error.rule == .tooFewObservations || error.rule == .historyTooShort else { throw error }
                last = error
            }
        }
        throw last
            ?? CalibrationRefusal(
                .tooFewObservations, "\(history.factor)", table: "risk_factor_level",
                "no level on or after \(start.map { "\($0)" } ?? "any day")")
    }

    /// Whether each day's loss exceeded its margin, nil where the horizon ends behind the history.
    package func outcomes(_ side: Side) -> [Bool?] {
        days.map { day in day.loss(side).map { $0 > day.margin } }
    }

    /// The tests of a side, at the rule's confidence and horizon.
    /// - Throws: `ValidationRefusal` where the level or significance is out of its range.
    package func tests(
        _ side: Side, intervalLevel: ExactDecimal, significance: ExactDecimal
    ) throws(ValidationRefusal) -> UnitTests? {
        UnitTests(
            outcomes(side),
            terms: try ValidationTerms(
                confidence: terms.rule.confidence, horizonDays: terms.rule.horizonDays, intervalLevel: intervalLevel,
                significance: significance))
    }

    /// How the margin moved, against another walk-forward of the same factor where there is one: its days from this
    /// one's first on.
    /// - Throws: `ValidationRefusal` `margin_not_positive`.
    package func procyclicality(
        benchmark: WalkForward?, name: String
    ) throws(ValidationRefusal) -> Procyclicality? {
        let first = days.first?.date
        return try Procyclicality(
            days.map(\.margin),
            benchmark: benchmark.map { other in
                other.days.filter { day in first.map { day.date >= $0 } ?? false }.map(\.margin)
            }, volatilities: volatilities, of: name)
    }

    /// The same walk without the three tools and without step limit, from the same first day.
    package func withoutTools(_ history: FactorHistory) throws -> WalkForward {
        try changed(history, firstDay: days.first?.date ?? terms.firstDay) { $0 = $0.withoutTools }
    }

    /// The same walk by a changed rule; `firstDay` as in the terms.
    package func changed(
        _ history: FactorHistory, firstDay: BusinessDate?, _ change: (inout CalibrationRule) -> Void
    ) throws -> WalkForward {
        var rule = terms.rule
        change(&rule)
        return try WalkForward(
            WalkForwardTerms(
                rule: rule, contractValueFactor: terms.contractValueFactor, currency: terms.currency,
                recalibrateDays: terms.recalibrateDays, firstDay: firstDay),
            history: history, measured: self)
    }
}
