import Margining
import Quantities

/// What the set in force says of the row that a rule proposes anew (docs/methodology.md §10.2).
package struct StandingValue: Hashable, Sendable {
    /// The approved value, overrides aside.
    package let value: ExactDecimal
    /// Nil: no calibration proposed the value, or it was changed by hand since.
    package let proposed: ProposedCore?

    package init(value: ExactDecimal, proposed: ProposedCore? = nil) {
        self.value = value
        self.proposed = proposed
    }
}

/// Core and buffer of a figure, which the next calibration starts from.
package struct ProposedCore: Hashable, Sendable {
    package let core: ExactDecimal
    /// Share of the core, exact.
    package let buffer: ExactFraction

    package init(core: ExactDecimal, buffer: ExactFraction) {
        self.core = core
        self.buffer = buffer
    }
}
