import ClearingModel
import Margining
import Quantities

/// How the buffer stands after a calibration; the raw value is its name wherever it is told.
package enum BufferState: String, CaseIterable, Sendable {
    case initial, kept, drawn, exhausted, rebuilding, full
}

/// Tool (a): the buffer above the core and the figure with it (docs/methodology.md §10.2).
package struct ProposedBuffer: Hashable, Sendable {
    /// Share of the core, exact.
    package let share: ExactFraction
    package let state: BufferState
    /// Core and buffer together, exact.
    let figure: ExactFraction

    /// Draws down on a rise above the trigger, as far as the buffer reaches, and rebuilds otherwise.
    /// - Throws: `calibration_out_of_range` where the digits leave 128 bits; `name` is the rule's.
    init(
        _ tool: BufferTool, core: ExactDecimal, standing: StandingValue?, name: String
    ) throws(CalibrationRefusal) {
        let size = ExactFraction(tool.size)
        guard let standing, let proposed = standing.proposed else {
            self = try Self(share: size, state: .initial, core: core, name: name)
            return
        }
        let trigger = try proposed.core.product(.one + tool.riseTrigger, of: name)
        guard core > trigger else {
            let rebuilt = proposed.buffer + ExactFraction(tool.rebuildStep)
            self = try Self(
                share: min(size, rebuilt), state: rebuilt < size ? .rebuilding : .full, core: core, name: name)
            return
        }
        let whole = try core.product(.one + tool.size, of: name)
        let held = max(core, min(whole, standing.value))
        figure = ExactFraction(held)
        share = ExactFraction(held - core, over: core)
        state = share == .zero ? .exhausted : share < proposed.buffer ? .drawn : .kept
    }

    private init(
        share: ExactFraction, state: BufferState, core: ExactDecimal, name: String
    ) throws(CalibrationRefusal) {
        self.share = share
        self.state = state
        figure = ExactFraction(core) * (ExactFraction.one + share)
    }
}

extension ExactDecimal {
    /// The exact product.
    /// - Throws: `calibration_out_of_range` where it leaves 128 bits.
    func product(_ other: ExactDecimal, of name: String) throws(CalibrationRefusal) -> ExactDecimal {
        guard let product = checkedProduct(other) else { throw .outOfRange(name, "\(self) times \(other)") }
        return product
    }
}

extension CalibrationRefusal {
    /// A figure that no column holds.
    static func outOfRange(_ name: String, _ figure: String) -> CalibrationRefusal {
        CalibrationRefusal(.outOfRange, name, table: "calibration_rule", "\(figure) is more than 15 digits hold")
    }
}
