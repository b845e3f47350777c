import ClearingModel
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
        let rules = rules.sorted { $0.row < $1.row }
        if let refusal = rules.lazy.compactMap(\.rangeRefusal).first { throw refusal }
        if let refusal = rules.lazy.compactMap(\.incompleteRefusal).first { throw refusal }
        if let refusal = rules.lazy.compactMap(\.tierRefusal).first { throw refusal }
        let prepared = try rules.map { rule throws(CalibrationRefusal) in
            try PreparedCalibration(rule, histories: histories)
        }
        for fault in CalibrationFault.ofHistories {
            let refusals = prepared.compactMap { $0.refusal(fault, on: date) }
            let first = refusals.min { $0.item.utf8.lexicographicallyPrecedes($1.item.utf8) }
            if let first { throw first }
        }
        figures = try prepared.map { calibration throws(CalibrationRefusal) in
            try calibration.computed(on: date, standing: standing[calibration.rule.row])
        }
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

    var rule: CalibrationRule {
        switch self {
        case .factor(let calibration): calibration.rule
        case .legs(let calibration): calibration.rule
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
