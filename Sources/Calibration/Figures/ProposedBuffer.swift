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
    /// - Throws: `outOfRange` where the digits leave 128 bits.
    init(_ tool: BufferTerms, core: ExactDecimal, standing: StandingValue?) throws(FigureFault) {
        guard let standing, let proposed = standing.proposed else {
            self = Self(share: tool.size, state: .initial, figure: ExactFraction(core) * tool.whole)
            return
        }
        let trigger = try proposed.core.product(tool.trigger)
        guard core > trigger else {
            // What is full stays so, as on most days.
            let rebuilt = proposed.buffer == tool.size ? tool.size : proposed.buffer + tool.rebuildStep
            guard rebuilt < tool.size else {
                self = Self(share: tool.size, state: .full, figure: ExactFraction(core) * tool.whole)
                return
            }
            self = Self(share: rebuilt, state: .rebuilding, figure: ExactFraction(core) * (.one + rebuilt))
            return
        }
        let whole = try core.product(tool.wholeDecimal)
        let held = max(core, min(whole, standing.value))
        figure = ExactFraction(held)
        share = ExactFraction(held - core, over: core)
        state = share == .zero ? .exhausted : share < proposed.buffer ? .drawn : .kept
    }

    private init(share: ExactFraction, state: BufferState, figure: ExactFraction) {
        self.share = share
        self.state = state
        self.figure = figure
    }
}
