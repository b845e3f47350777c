import ClearingModel
import ParallelWork
import Quantities

/// Which row a rule proposes.
package struct CalibrationRow: Hashable, Comparable, Sendable {
    package let item: CalibrationItem
    package let key: CalibrationKey

    package init(item: CalibrationItem, key: CalibrationKey) {
        self.item = item
        self.key = key
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.item != right.item ? left.item.rawValue < right.item.rawValue : left.key < right.key
    }
}

/// Every value that the rules propose on a day (docs/methodology.md §10.5). One that is refused refuses them all.
package struct CalibrationProposal: Sendable {
    /// By item and key.
    package let figures: [CalibratedFigure]

    /// `histories` are of every factor there is; `standing` says what is in force, row by row.
    /// - Throws: the first refusal: faults in the order of `CalibrationFault`, of several the first by what it names.
    package init(
        on date: BusinessDate, rules: [CalibrationRule], histories: [RiskFactorCode: FactorHistory],
        standing: [CalibrationRow: StandingValue]
    ) throws(CalibrationRefusal) {
        let asked = try AskedProposal(date, rules, histories, standing)
        figures = try asked.figures(asked.rules.map(asked.outcome))
    }

    /// The same on up to `threads` tasks, on which no figure depends.
    package static func compute(
        on date: BusinessDate, rules: [CalibrationRule], histories: [RiskFactorCode: FactorHistory],
        standing: [CalibrationRow: StandingValue], threads: Int
    ) async throws(CalibrationRefusal) -> CalibrationProposal {
        let asked = try AskedProposal(date, rules, histories, standing)
        let size = max(1, asked.rules.count / (4 * max(1, threads)))
        let outcomes = await inChunks(asked.rules.count, threads: threads, of: size) { chunk in
            chunk.map { asked.outcome(of: asked.rules[$0]) }
        }
        return CalibrationProposal(figures: try asked.figures(outcomes))
    }

    private init(figures: [CalibratedFigure]) { self.figures = figures }
}

/// What a proposal is asked of: the rules by item and key, none of them out of range or incomplete.
private struct AskedProposal: Sendable {
    /// What becomes of one rule.
    enum Outcome: Sendable {
        case notPrepared(CalibrationRefusal)
        /// Some history breaks the rule.
        case unsound
        case computed(Result<CalibratedFigure, CalibrationRefusal>)
    }

    let date: BusinessDate
    let rules: [CalibrationRule]
    let histories: [RiskFactorCode: FactorHistory]
    let standing: [CalibrationRow: StandingValue]

    init(
        _ date: BusinessDate, _ rules: [CalibrationRule], _ histories: [RiskFactorCode: FactorHistory],
        _ standing: [CalibrationRow: StandingValue]
    ) throws(CalibrationRefusal) {
        self.date = date
        self.rules = rules.sorted { $0.row < $1.row }
        self.histories = histories
        self.standing = standing
        if let refusal = self.rules.lazy.compactMap(\.rangeRefusal).first { throw refusal }
        if let refusal = self.rules.lazy.compactMap(\.incompleteRefusal).first { throw refusal }
        if let refusal = self.rules.lazy.compactMap(\.tierRefusal).first { throw refusal }
    }

    func outcome(of rule: CalibrationRule) -> Outcome {
        let prepared: PreparedCalibration
        do throws(CalibrationRefusal) {
            prepared = try PreparedCalibration(rule, histories: histories)
        } catch {
            return .notPrepared(error)
        }
        guard prepared.isSound(on: date) else { return .unsound }
        return .computed(
            Result { () throws(CalibrationRefusal) in
                try prepared.computed(on: date, standing: standing[rule.row])
            })
    }

    /// The figures of all rules, or the first refusal.
    func figures(_ outcomes: [Outcome]) throws(CalibrationRefusal) -> [CalibratedFigure] {
        for case .notPrepared(let refusal) in outcomes { throw refusal }
        var figures: [CalibratedFigure] = []
        for outcome in outcomes {
            guard case .computed(let figure) = outcome else { throw try historyRefusal() }
            if case .success(let figure) = figure { figures.append(figure) }
        }
        for case .computed(.failure(let refusal)) in outcomes { throw refusal }
        return figures
    }

    /// What is told of histories of which at least one breaks its rule.
    private func historyRefusal() throws(CalibrationRefusal) -> CalibrationRefusal {
        let prepared = try rules.map { rule throws(CalibrationRefusal) in
            try PreparedCalibration(rule, histories: histories)
        }
        for fault in CalibrationFault.ofHistories {
            let refusals = prepared.compactMap { $0.refusal(fault, on: date) }
            if let first = refusals.min(by: { $0.item.utf8.lexicographicallyPrecedes($1.item.utf8) }) { return first }
        }
        preconditionFailure("what a history breaks is found again")
    }
}

extension CalibrationRule {
    package var row: CalibrationRow { CalibrationRow(item: item, key: key) }
}

/// A rule with its histories, whatever it is of.
private enum PreparedCalibration {
    case factor(ScanRangeCalibration)
    case legs(SpreadCalibration)

    init(_ rule: CalibrationRule, histories: [RiskFactorCode: FactorHistory]) throws(CalibrationRefusal) {
        switch rule.basis {
        case .factor(let factor):
            guard let history = histories[factor] else { throw .unknownFactor(factor, rule) }
            self = .factor(try ScanRangeCalibration(rule, history: history))
        case .legs: self = .legs(try SpreadCalibration(rule, histories: histories))
        }
    }

    /// Whether no history breaks the rule.
    func isSound(on date: BusinessDate) -> Bool {
        switch self {
        case .factor(let calibration): calibration.isSound(on: date)
        case .legs: CalibrationFault.ofHistories.allSatisfy { refusal($0, on: date) == nil }
        }
    }

    func refusal(_ fault: CalibrationFault, on date: BusinessDate) -> CalibrationRefusal? {
        switch self {
        case .factor(let calibration): calibration.refusal(fault, on: date)
        case .legs(let calibration): calibration.refusal(fault, on: date)
        }
    }

    func computed(on date: BusinessDate, standing: StandingValue?) throws(CalibrationRefusal) -> CalibratedFigure {
        switch self {
        case .factor(let calibration): try calibration.computed(on: date, standing: standing)
        case .legs(let calibration): try calibration.computed(on: date, standing: standing)
        }
    }
}
