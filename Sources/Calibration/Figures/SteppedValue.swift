import Margining
import Quantities

/// A figure held by the step limit and brought to whole increments (docs/methodology.md §10.2, steps 3 and 4).
struct SteppedValue {
    /// At 12 decimals.
    let beforeLimit: ExactDecimal
    let limited: StepLimited
    let flag: CalibrationFlag?
    let new: ExactDecimal

    /// Ranges, charges and haircuts go up to the next increment, credit rates down.
    /// - Throws: `outOfRange`.
    init(
        _ figure: ScaledFigure, core: ExactDecimal, _ terms: StepTerms, old: ExactDecimal?
    ) throws(FigureFault) {
        let published = figure.published
        var (held, limited) = (published, StepLimited.no)
        if let old, let limit = terms.limit {
            // What its rounded value keeps clear of by a last place, the figure does not pass.
            let place = ExactDecimal(mantissa: 1, scale: publishedDecimals)
            if try (published + place).exceeds(old, times: limit.most) {
                let most = try old.product(limit.most)
                if figure.fraction > ExactFraction(most) {
                    (held, limited) = (most.rounded(toScale: publishedDecimals), .up)
                }
            }
            if try !(published - place).exceeds(old, times: limit.least) {
                let least = try old.product(limit.least)
                if figure.fraction < ExactFraction(least) {
                    (held, limited) = (least.rounded(toScale: publishedDecimals), .down)
                }
            }
        }
        beforeLimit = published
        self.limited = limited
        flag = try Self.flag(limited, core: core, old: old, terms)
        let stepped = terms.stepped(held)
        guard stepped.hasFifteenDigits else { throw .outOfRange("\(stepped)") }
        // A haircut takes no more than the whole value.
        new = terms.isHaircut ? min(stepped, .one) : stepped
    }

    /// A rise that the limit holds below the core, before anything is rounded, and a fall of a rate that it cuts.
    private static func flag(
        _ limited: StepLimited, core: ExactDecimal, old: ExactDecimal?, _ terms: StepTerms
    ) throws(FigureFault) -> CalibrationFlag? {
        guard let old, let limit = terms.limit else { return nil }
        switch limited {
        case .up where !terms.isRate: return try core.exceeds(old, times: limit.most) ? .belowCore : nil
        case .down where terms.isRate: return .aboveCore
        default: return nil
        }
    }

    /// new/old − 1 at 6 decimals, ties away from zero; nil without an old value above 0.
    func change(from old: ExactDecimal?) -> ExactDecimal? {
        old.flatMap { $0 > .zero ? ExactFraction(new - $0, over: $0).rounded(toScale: 6) : nil }
    }
}

extension CalibrationRule {
    /// A core without a buffer, from what is in force where there is something.
    /// - Throws: `calibration_out_of_range`.
    func stepped(_ core: ExactDecimal, from old: ExactDecimal?) throws(CalibrationRefusal) -> SteppedValue {
        do throws(FigureFault) {
            return try SteppedValue(ScaledFigure(core), core: core, StepTerms(self), old: old)
        } catch {
            guard case .outOfRange(let figure) = error else { preconditionFailure("steps measure nothing") }
            throw .outOfRange(name, figure)
        }
    }
}
