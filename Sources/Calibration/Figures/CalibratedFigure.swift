import Margining
import Quantities

/// Which of a rule's figures a bound is, in the order in which the first of equals binds; the raw value is its name.
package enum BoundName: Hashable, Sendable, CustomStringConvertible {
    case quantile, ewma, stressed, floor
    /// Of an offset rate: the years of a window, or a stressed window.
    case years(Int)
    case window(StressedWindowCode)
    /// An offset rate below 0, or above what it may be.
    case zero, cap

    package var description: String {
        switch self {
        case .quantile: "quantile"
        case .ewma: "ewma"
        case .stressed: "stressed"
        case .floor: "floor"
        case .years(let count): "\(count)y"
        case .window(let code): code.text
        case .zero: "zero"
        case .cap: "cap"
        }
    }
}

/// One of the figures of which the largest binds, of an offset rate the smallest.
package struct CalibrationBound: Hashable, Sendable {
    package let name: BoundName
    /// In return units; of a spread money, of an offset rate a rate. At 12 decimals.
    package let value: ExactDecimal
}

/// How the step limit cut a value.
package enum StepLimited: String, Sendable {
    case no, up, down
}

/// What an approver is to look at: the program does not decide it.
package enum CalibrationFlag: String, Sendable {
    /// A rise cut by the step limit below what the moves ask for.
    case belowCore = "below_core"
    /// A fall of an offset rate cut by the step limit.
    case aboveCore = "above_core"
}

/// One proposed value with everything that it follows from (docs/methodology.md §10.5).
package struct CalibratedFigure: Hashable, Sendable {
    package let item: CalibrationItem
    package let key: CalibrationKey
    package let bounds: [CalibrationBound]
    package let bound: BoundName
    /// At 12 decimals, in the unit of the value.
    package let core: ExactDecimal
    /// Nil without tool (a).
    package let buffer: ProposedBuffer?
    /// At 12 decimals: after the buffer, before the step limit.
    package let beforeLimit: ExactDecimal
    /// The value in force; nil where the row is new.
    package let old: ExactDecimal?
    package let limited: StepLimited
    package let flag: CalibrationFlag?
    package let new: ExactDecimal
    /// new/old − 1 at 6 decimals, ties away from zero; nil without old, and for an old value of 0.
    package let change: ExactDecimal?
    /// Moves of the look-back, of an offset rate of the common history.
    package let observations: Int
    /// The days on which the first and the last return used end.
    package let firstDay: BusinessDate
    package let lastDay: BusinessDate
    /// Of an offset rate.
    package let correlationBreak: CorrelationBreakTest?

    /// What the next calibration starts from where this one is approved.
    package var standing: StandingValue {
        StandingValue(value: new, proposed: buffer.map { ProposedCore(core: core, buffer: $0.share) })
    }
}
