import ClearingModel
import Glibc
import Margining
import Quantities
import Scenarios

/// A scan range, or a haircut, calibrated on any day of a factor's history (docs/methodology.md §10.2).
///
/// Returns and moves are made once; a figure then costs a pass over the look-back, and over the floor's years where
/// there is a floor, or next to nothing where the days are measured together (`measures`). What an earlier day came to
/// is handed in as `standing`, so that a walk carries old value, core and buffer from day to day.
package struct ScanRangeCalibration: Sendable {
    package let rule: CalibrationRule
    let moves: FactorReturns
    let sizes: MoveColumn
    let checks: HistoryChecks
    let tail: TailShare
    /// Places of the dates on which stressed moves end, and their sizes.
    let stressedEnds: [Int]
    let stressed: MoveColumn

    /// The rule is of one factor, this history's.
    /// - Throws: `calibration_rule_range` and `calibration_rule_incomplete`.
    package init(_ rule: CalibrationRule, history: FactorHistory) throws(CalibrationRefusal) {
        try rule.check()
        guard case .factor(history.factor) = rule.basis, let tail = TailShare(confidence: rule.confidence) else {
            throw rule.refusal(.ruleIncomplete, column: "factor", "\(history.factor) is not its factor")
        }
        self.rule = rule
        self.tail = tail
        moves = FactorReturns(history, horizonDays: rule.horizonDays)
        sizes = moves.moves.sizes(onlyFalls: rule.item == .haircut)
        checks = HistoryChecks(rule, moves, sizes: sizes)
        stressedEnds =
            rule.stressedWeight == nil
            ? []
            : StressedDays(windows: rule.stressedWindows.map(\.window)).ends(
                history.dates, horizonDays: rule.horizonDays)
        stressed = sizes.picked(stressedEnds.map { $0 - rule.horizonDays })
    }

    /// The figure with levels on or before `date`, the first fault of its history refused.
    package func figure(
        on date: BusinessDate, standing: StandingValue?
    ) throws(CalibrationRefusal) -> CalibratedFigure {
        try figure(on: date, standing: standing, measures: nil)
    }

    /// The same of a day that was measured with others.
    package func figure(
        on date: BusinessDate, standing: StandingValue?, measures: DayMeasures?
    ) throws(CalibrationRefusal) -> CalibratedFigure {
        let count = moves.history.count(through: date)
        for fault in CalibrationFault.ofHistories {
            if let refusal = checks.refusal(fault, on: date, count: count) { throw refusal }
        }
        return try computed(on: date, count: count, standing: standing, measures: measures)
    }

    /// Whether the history is still too short on a day, of observations or of years, so that a walk waits.
    /// - Throws: the refusal of a fault that comes before these.
    package func waits(on date: BusinessDate) throws(CalibrationRefusal) -> Bool {
        let count = moves.history.count(through: date)
        for fault in CalibrationFault.ofHistories.prefix(while: { $0 != .tooFewObservations }) {
            if let refusal = checks.refusal(fault, on: date, count: count) { throw refusal }
        }
        return checks.isTooFew(count) || checks.isTooShort(on: date, count)
    }

    /// The refusal of one fault of histories on a day.
    package func refusal(_ fault: CalibrationFault, on date: BusinessDate) -> CalibrationRefusal? {
        checks.refusal(fault, on: date, count: moves.history.count(through: date))
    }

    /// The figure where no fault of histories is left.
    func computed(on date: BusinessDate, standing: StandingValue?) throws(CalibrationRefusal) -> CalibratedFigure {
        try computed(on: date, count: moves.history.count(through: date), standing: standing, measures: nil)
    }

    private func computed(
        on date: BusinessDate, count: Int, standing: StandingValue?, measures: DayMeasures?
    ) throws(CalibrationRefusal) -> CalibratedFigure {
        let kept = checks.kept(count)
        let first = count - 1 - kept
        let bounds = try self.bounds(measures ?? self.measures(on: date), count: count)
        // The first that attains the largest as it is published, so that the noise of a Double names no bound.
        guard let binding = bounds.first(where: { bound in bounds.allSatisfy { $0.value <= bound.value } }),
            let size = bounds.map(\.size).max(by: { $1.exceeds($0) })
        else { throw .outOfRange(rule.name, "no bound") }
        let core = try self.core(of: size, level: moves.history.levels[count - 1], on: moves.history.dates[count - 1])
        let buffer = try rule.buffer.map { tool throws(CalibrationRefusal) in
            try ProposedBuffer(tool, core: core, standing: standing, name: rule.name)
        }
        let stepped = try SteppedValue(
            buffer?.figure ?? ExactFraction(core), core: core, rule: rule, old: standing?.value)
        return CalibratedFigure(
            item: rule.item, key: rule.key,
            bounds: bounds.map { CalibrationBound(name: $0.name, value: $0.value) }, bound: binding.name, core: core,
            buffer: buffer, beforeLimit: stepped.beforeLimit, old: standing?.value, limited: stepped.limited,
            flag: stepped.flag, new: stepped.new, change: stepped.change,
            observations: kept - rule.horizonDays + 1, firstDay: moves.history.dates[first + 1],
            lastDay: moves.history.dates[count - 1], correlationBreak: nil)
    }

    private typealias SizedBound = (name: BoundName, size: MoveSize, value: ExactDecimal)

    /// Every bound that the rule has, in order.
    private func bounds(_ measures: DayMeasures, count: Int) throws(CalibrationRefusal) -> [SizedBound] {
        var bounds: [SizedBound] = []
        func add(_ name: BoundName, _ size: MoveSize) throws(CalibrationRefusal) {
            guard let value = size.published else { throw .outOfRange(rule.name, "\(name) of \(size.double)") }
            bounds.append((name, size, value))
        }
        let horizon = Double(rule.horizonDays).squareRoot()
        let quantile = measures.quantile
        try add(.quantile, quantile)
        let ewma = MoveSize.approximate(rule.volatility.z.double * measures.volatility * horizon)
        try add(.ewma, ewma)
        if let weight = rule.stressedWeight {
            guard let stressed = measures.stressed else {
                let ends = stressedEnds.count(below: count)
                throw tooFew("\(ends) stressed moves, \(rule.minStressedObservations) are needed")
            }
            let plain = ewma.exceeds(quantile) ? ewma : quantile
            try add(.stressed, plain.blended(with: stressed, weight: weight))
        }
        if let floor = rule.floor {
            guard let size = measures.floor else {
                throw tooFew("no \(floor.kind == .volatility ? "return" : "move") of the last \(floor.years) years")
            }
            try add(.floor, size)
        }
        return bounds
    }

    private func tooFew(_ reason: String) -> CalibrationRefusal {
        CalibrationRefusal(
            .tooFewObservations, "\(moves.history.factor)", table: "risk_factor_level", "\(rule.name): \(reason)")
    }

    /// Step 1: a size in return units brought to the unit of the row, at 12 decimals. A haircut is the share that a
    /// fall takes: of a log factor 1 − e^−x.
    private func core(
        of size: MoveSize, level: ExactDecimal, on day: BusinessDate
    ) throws(CalibrationRefusal) -> ExactDecimal {
        let isFraction = rule.kind?.isFraction ?? true
        let published: ExactDecimal?
        switch moves.history.returnKind {
        case .log:
            let share = rule.item == .haircut ? -expm1(-size.double) : expm1(size.double)
            published = ExactDecimal(publishing: isFraction ? share : share * level.magnitude.double)
        case .absolute:
            guard isFraction else {
                published = size.published
                break
            }
            guard level != .zero else {
                throw CalibrationRefusal(
                    .logOfNonPositive, "\(moves.history.factor) \(day)", table: "risk_factor_level",
                    "\(rule.name): the last level is 0, of which nothing is a fraction")
            }
            switch size {
            case .exact(let exact) where (exact.double / level.double).magnitude < 1e15:
                published = ExactFraction(exact, over: level.magnitude).rounded(toScale: publishedDecimals)
            case .exact, .approximate:
                published = ExactDecimal(publishing: size.double / level.magnitude.double)
            }
        }
        guard let published else { throw .outOfRange(rule.name, "core of \(size.double)") }
        return published
    }
}

extension [Int] {
    /// How many of the ascending numbers are below a bound.
    func count(below bound: Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < bound { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
