import ClearingModel
import Glibc
import Margining
import Quantities
import Scenarios

/// A scan range, or a haircut, calibrated on any day of a factor's history (docs/methodology.md §10.2).
///
/// A figure costs a pass over the look-back, and over the floor's years where there is a floor, or next to nothing
/// where the days are measured together (`measures`). What an earlier day came to is handed in as `standing`, so that a
/// walk carries old value, core and buffer from day to day.
package struct ScanRangeCalibration: Sendable {
    package let rule: CalibrationRule
    let moves: FactorReturns
    private(set) var checks: HistoryChecks
    private let terms: RangeTerms
    let tail: TailShare
    /// Runs of places of the dates on which stressed moves end; one by one ascending.
    let stressedEnds: [Range<Int>]

    /// The rule is of one factor, this history's.
    /// - Throws: `calibration_rule_range` and `calibration_rule_incomplete`.
    package init(_ rule: CalibrationRule, history: FactorHistory) throws(CalibrationRefusal) {
        try rule.check()
        guard case .factor(history.factor) = rule.basis, let tail = TailShare(confidence: rule.confidence) else {
            throw rule.refusal(.ruleIncomplete, column: "factor", "\(history.factor) is not its factor")
        }
        self.rule = rule
        self.tail = tail
        terms = RangeTerms(rule, returnKind: history.returnKind)
        moves = FactorReturns(history, horizonDays: rule.horizonDays)
        checks = HistoryChecks(rule, moves)
        stressedEnds =
            rule.stressedWeight == nil
            ? []
            : StressedDays(windows: rule.stressedWindows.map(\.window)).runs(
                history.dates, horizonDays: rule.horizonDays)
    }

    /// Prepares for figures on every day, so that each costs the less. O(levels), or nothing beside another calibration
    /// of the same history that is prepared and asks of it what this one asks.
    package mutating func prepareForEveryDay(beside other: ScanRangeCalibration?) {
        checks.prepare(like: other.flatMap { $0.rule.measuresWhat(rule) ? $0.checks : nil })
    }

    /// Sizes of moves as the rule counts them.
    func sizes(_ places: Range<Int>) -> MoveColumn { moves.sizes(places, onlyFalls: rule.item == .haircut) }

    /// The figure with levels on or before `date`, the first fault of its history refused; `measures` are the day's
    /// where it was measured with others.
    package func figure(
        on date: BusinessDate, standing: StandingValue?, measures: DayMeasures? = nil
    ) throws(CalibrationRefusal) -> CalibratedFigure {
        let count = moves.history.count(through: date)
        try requireSound(on: date, count: count)
        return try computed(on: date, count: count, standing: standing, measures: measures)
    }

    /// The cores of the figures on the history's days at some places, ascending: what tool (a) and the step limit begin
    /// with. `measures` are those of the places.
    package func cores(
        at places: [Int], measures: [DayMeasures?]
    ) throws(CalibrationRefusal) -> [ExactDecimal] {
        let unsound = checks.firstUnsound(places)
        var cores: [ExactDecimal] = []
        cores.reserveCapacity(places.count)
        for (number, place) in places.enumerated() {
            let date = moves.history.dates[place]
            if place == unsound { try requireSound(on: date, count: place + 1) }
            do throws(FigureFault) {
                let bounds = try RangeBounds(terms, measures[number] ?? self.measures(on: date))
                cores.append(try terms.core(of: bounds.largest, level: moves.history.levels[place]))
            } catch {
                throw refusal(error, count: place + 1)
            }
        }
        return cores
    }

    /// From one core to the next: what the calibration after each starts from, and its flag, handed to `body` in order;
    /// of the figures with these cores what a walk keeps.
    package func step(
        through cores: [ExactDecimal], from standing: StandingValue,
        _ body: (_ standing: StandingValue, _ flag: CalibrationFlag?) -> Void
    ) throws(CalibrationRefusal) {
        var standing = standing
        for core in cores {
            do throws(FigureFault) {
                let (buffer, stepped) = try terms.stepped(core, standing: standing)
                standing = StandingValue(stepped, core: core, buffer)
                body(standing, stepped.flag)
            } catch {
                throw refusal(error, count: moves.history.dates.count)
            }
        }
    }

    private func range(
        _ measures: DayMeasures, count: Int, standing: StandingValue?
    ) throws(CalibrationRefusal) -> CalibratedRange {
        do throws(FigureFault) {
            return try CalibratedRange(
                terms, measures, level: moves.history.levels[count - 1], standing: standing)
        } catch {
            throw refusal(error, count: count)
        }
    }

    /// Whether no fault of histories is found on a day.
    func isSound(on date: BusinessDate) -> Bool { checks.isSound(on: date, count: moves.history.count(through: date)) }

    private func requireSound(on date: BusinessDate, count: Int) throws(CalibrationRefusal) {
        // A refusal in words takes longer than a figure.
        if checks.isSound(on: date, count: count) { return }
        for fault in CalibrationFault.ofHistories {
            if let refusal = checks.refusal(fault, on: date, count: count) { throw refusal }
        }
    }

    /// Whether the history is still too short on its day at a place, of observations or of years, so that a walk waits.
    /// - Throws: the refusal of a fault that comes before these.
    package func waits(at place: Int) throws(CalibrationRefusal) -> Bool {
        let (date, count) = (moves.history.dates[place], place + 1)
        if checks.hasFaultOfLevels(on: date, count: count) {
            for fault in CalibrationFault.ofHistories.prefix(while: { $0 != .tooFewObservations }) {
                if let refusal = checks.refusal(fault, on: date, count: count) { throw refusal }
            }
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
        let range = try range(measures ?? self.measures(on: date), count: count, standing: standing)
        let kept = checks.kept(count)
        let stepped = range.stepped
        return CalibratedFigure(
            item: rule.item, key: rule.key, bounds: range.bounds.all, bound: range.bounds.binding,
            core: range.core, buffer: range.buffer, beforeLimit: stepped.beforeLimit, old: standing?.value,
            limited: stepped.limited, flag: stepped.flag, new: stepped.new,
            change: stepped.change(from: standing?.value), observations: kept - rule.horizonDays + 1,
            firstDay: moves.history.dates[count - kept], lastDay: moves.history.dates[count - 1],
            correlationBreak: nil)
    }
}

extension ScanRangeCalibration {
    /// What a figure lacks, told of the rule and of the history's first `count` levels.
    private func refusal(_ fault: FigureFault, count: Int) -> CalibrationRefusal {
        switch fault {
        case .outOfRange(let figure): return .outOfRange(rule.name, figure)
        case .levelIsZero:
            return CalibrationRefusal(
                .logOfNonPositive, "\(moves.history.factor) \(moves.history.dates[count - 1])",
                table: "risk_factor_level", "\(rule.name): the last level is 0, of which nothing is a fraction")
        case .tooFewStressedMoves:
            return tooFew(
                "\(stressedEnds.count(below: count)) stressed moves, \(rule.minStressedObservations) are needed")
        case .noFloorMove:
            let kind = rule.floor?.kind == .volatility ? "return" : "move"
            return tooFew("no \(kind) of the last \(rule.floor?.years ?? 0) years")
        }
    }

    private func tooFew(_ reason: String) -> CalibrationRefusal {
        CalibrationRefusal(
            .tooFewObservations, "\(moves.history.factor)", table: "risk_factor_level", "\(rule.name): \(reason)")
    }
}

extension [Range<Int>] {
    /// How many of the places in ascending runs are below a bound.
    func count(below bound: Int) -> Int {
        reduce(0) { $0 + Swift.max(0, Swift.min($1.upperBound, bound) - $1.lowerBound) }
    }
}
