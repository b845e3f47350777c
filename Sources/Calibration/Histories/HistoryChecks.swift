import ClearingModel
import Quantities

/// What a factor's history on a day breaks of a rule, by fault (docs/methodology.md §10.1).
///
/// A day is named by how many levels are known on it. What a walk over the days asks each day again is prepared once
/// where it says so; one day looks at its own look-back only.
struct HistoryChecks: Sendable {
    private let rule: CalibrationRule
    private let moves: FactorReturns
    /// Whether the whole history counts, as for an offset rate, and not the look-back alone.
    private let isWhole: Bool
    /// By place of a level the last place up to it that lies too far behind the level before; −1: none. Nil where
    /// nothing was prepared.
    private var lastGap: [Int]?
    /// By place of a move how many before it are not zero; nil where nothing was prepared.
    private var movingBefore: [Int]?

    /// Of one day, or of a few.
    init(_ rule: CalibrationRule, _ moves: FactorReturns) {
        self.rule = rule
        self.moves = moves
        isWhole = rule.item == .offsetRate
    }

    /// Prepares for every day of the history, O(levels), or takes over what checks of the same history and look-back
    /// have prepared.
    mutating func prepare(like other: HistoryChecks?) {
        if let other {
            (lastGap, movingBefore) = (other.lastGap, other.movingBefore)
            return
        }
        let places = moves.history.dates.indices
        var gaps = [Int](repeating: -1, count: places.count)
        var rest = places
        while let gap = firstGap(rest) {
            gaps[gap] = gap
            rest = gap + 1..<places.upperBound
        }
        for place in places.dropFirst() { gaps[place] = max(gaps[place], gaps[place - 1]) }
        lastGap = gaps
        if asksForMoves { movingBefore = moves.sizes(moves.allMoves, onlyFalls: rule.item == .haircut).movingBefore }
    }

    /// Whether some share of the moves must not be zero.
    private var asksForMoves: Bool { rule.minMovingShare.signum > 0 }

    /// The first of some levels that lies too far behind the one before.
    private func firstGap(_ places: Range<Int>) -> Int? {
        let dates = moves.history.dates.span
        for place in max(places.lowerBound, 1)..<max(places.upperBound, places.lowerBound, 1)
        where dates[place - 1].days(to: dates[place]) > rule.maxGapDays {
            return place
        }
        return nil
    }

    /// One-day returns of the look-back where `count` levels are known.
    func kept(_ count: Int) -> Int { min(max(count - 1, 0), isWhole ? .max : rule.lookBackDays ?? .max) }

    /// The refusal of one of the faults of histories; nil where the history is as the rule asks.
    func refusal(_ fault: CalibrationFault, on date: BusinessDate, count: Int) -> CalibrationRefusal? {
        switch fault {
        case .historyStale: stale(on: date, count)
        case .historyGap: gap(count)
        case .logOfNonPositive: nonPositive(count)
        case .tooFewObservations: rule.isOfLegs ? nil : tooFew(count)
        case .historyTooShort: tooShort(on: date, count)
        case .historyNotMoving: notMoving(count)
        default: nil
        }
    }

    private func refused(_ fault: CalibrationFault, at place: Int? = nil, _ reason: String) -> CalibrationRefusal {
        let day = place.map { " \(moves.history.dates[$0])" } ?? ""
        return CalibrationRefusal(
            fault, "\(moves.history.factor)\(day)", table: "risk_factor_level", "\(rule.name): \(reason)")
    }

    /// Whether the history breaks nothing: all that follows at once, without the words of a refusal.
    func isSound(on date: BusinessDate, count: Int) -> Bool {
        !hasFaultOfLevels(on: date, count: count) && (rule.isOfLegs || !isTooFew(count))
            && !isTooShort(on: date, count) && !isNotMoving(count)
    }

    /// The first of some of the history's days, by their places, on which something is broken.
    func firstUnsound(_ places: [Int]) -> Int? {
        places.first { !isSound(on: moves.history.dates[$0], count: $0 + 1) }
    }

    /// Whether a level is missing or none that the rule can take: the faults before `tooFewObservations`.
    func hasFaultOfLevels(on date: BusinessDate, count: Int) -> Bool {
        isStale(on: date, count) || hasGap(count) || isNonPositive(count)
    }

    private func isStale(on date: BusinessDate, _ count: Int) -> Bool {
        count == 0 || moves.history.dates[count - 1].days(to: date) > rule.maxGapDays
    }

    private func hasGap(_ count: Int) -> Bool {
        let first = count - kept(count)
        if let lastGap { return count > 0 && lastGap[count - 1] >= first }
        return firstGap(first..<max(count, first)) != nil
    }

    private func isNonPositive(_ count: Int) -> Bool { moves.firstNonPositive.map { $0 < count } ?? false }

    private func isNotMoving(_ count: Int) -> Bool {
        guard asksForMoves else { return false }
        let observations = kept(count) - rule.horizonDays + 1
        guard observations > 0 else { return false }
        return ExactDecimal(moving(count, observations)) < rule.minMovingShare * ExactDecimal(observations)
    }

    /// How many of the last moves are not zero.
    private func moving(_ count: Int, _ observations: Int) -> Int {
        let end = count - rule.horizonDays
        let window = end - observations..<end
        return movingBefore.map { $0[window.upperBound] - $0[window.lowerBound] }
            ?? moves.sizes(window, onlyFalls: rule.item == .haircut).moving
    }

    private func stale(on date: BusinessDate, _ count: Int) -> CalibrationRefusal? {
        guard count > 0 else { return refused(.historyStale, "no level is known on \(date)") }
        guard isStale(on: date, count) else { return nil }
        let age = moves.history.dates[count - 1].days(to: date)
        return refused(
            .historyStale, at: count - 1, "the last level is \(age) days old on \(date), more than \(rule.maxGapDays)")
    }

    private func gap(_ count: Int) -> CalibrationRefusal? {
        let first = count - kept(count)
        guard hasGap(count), let place = firstGap(first..<count) else { return nil }
        let dates = moves.history.dates
        return refused(
            .historyGap, at: place,
            "the level before is of \(dates[place - 1]), \(dates[place - 1].days(to: dates[place])) days earlier, "
                + "more than \(rule.maxGapDays)")
    }

    private func nonPositive(_ count: Int) -> CalibrationRefusal? {
        guard isNonPositive(count), let place = moves.firstNonPositive else { return nil }
        return refused(
            .logOfNonPositive, at: place, "\(moves.history.levels[place]) is not above 0, which its log returns need")
    }

    /// Whether the look-back has fewer moves or returns than the rule needs.
    func isTooFew(_ count: Int) -> Bool {
        let returns = kept(count)
        return returns - rule.horizonDays + 1 < rule.minObservations || returns <= rule.volatility.seedDays
    }

    /// Whether the history begins too late for the floor.
    func isTooShort(on date: BusinessDate, _ count: Int) -> Bool {
        guard let floor = rule.floor, rule.item != .offsetRate else { return false }
        return count == 0 || moves.history.dates[0] > latestFirst(of: floor, on: date)
    }

    private func latestFirst(of floor: FloorTool, on date: BusinessDate) -> BusinessDate {
        date.earlier(years: floor.years).adding(days: rule.maxGapDays)
    }

    private func tooFew(_ count: Int) -> CalibrationRefusal? {
        guard isTooFew(count) else { return nil }
        let returns = kept(count)
        let observations = returns - rule.horizonDays + 1
        if observations < rule.minObservations {
            return refused(.tooFewObservations, "\(max(observations, 0)) moves, \(rule.minObservations) are needed")
        }
        return refused(
            .tooFewObservations, "\(returns) returns, more than the seed's \(rule.volatility.seedDays) are needed")
    }

    private func tooShort(on date: BusinessDate, _ count: Int) -> CalibrationRefusal? {
        guard let floor = rule.floor, isTooShort(on: date, count) else { return nil }
        let latest = latestFirst(of: floor, on: date)
        let first = count > 0 ? "begins on \(moves.history.dates[0])" : "has no level"
        return refused(.historyTooShort, "it \(first), a floor of \(floor.years) years needs one by \(latest)")
    }

    private func notMoving(_ count: Int) -> CalibrationRefusal? {
        guard isNotMoving(count) else { return nil }
        let observations = kept(count) - rule.horizonDays + 1
        let moving = self.moving(count, observations)
        return refused(
            .historyNotMoving,
            "\(moving) of \(observations) moves are not zero, a share of \(rule.minMovingShare) is needed")
    }
}

extension CalibrationRule {
    var isOfLegs: Bool {
        switch basis {
        case .legs: true
        case .factor: false
        }
    }
}
