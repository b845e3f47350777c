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
    /// Core and buffer together.
    let figure: ScaledFigure

    /// Draws down on a rise above the trigger, as far as the buffer reaches, and rebuilds otherwise.
    /// - Throws: `outOfRange` where the digits leave 128 bits.
    init(_ tool: BufferTerms, core: ExactDecimal, standing: StandingValue?) throws(FigureFault) {
        guard let standing, let proposed = standing.proposed else {
            self = Self(share: tool.size, state: .initial, figure: ScaledFigure(core, with: tool.size))
            return
        }
        guard try core.exceeds(proposed.core, times: tool.trigger) else {
            // What is full stays so, as on most days.
            let rebuilt = proposed.buffer == tool.size ? tool.size : proposed.buffer + tool.rebuildStep
            let share = min(tool.size, rebuilt)
            self = Self(
                share: share, state: rebuilt < tool.size ? .rebuilding : .full,
                figure: ScaledFigure(core, with: share))
            return
        }
        let whole = try core.product(tool.whole)
        let held = max(core, min(whole, standing.value))
        figure = ScaledFigure(held)
        share = ExactFraction(held - core, over: core)
        state = share == .zero ? .exhausted : share < proposed.buffer ? .drawn : .kept
    }

    private init(share: ExactFraction, state: BufferState, figure: ScaledFigure) {
        self.share = share
        self.state = state
        self.figure = figure
    }
}
