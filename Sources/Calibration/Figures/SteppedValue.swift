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
        _ figure: ExactFraction, core: ExactDecimal, _ terms: StepTerms, old: ExactDecimal?
    ) throws(FigureFault) {
        beforeLimit = figure.rounded(toScale: publishedDecimals)
        var held = figure
        var limited = StepLimited.no
        if let old, let limit = terms.limit {
            let (most, least) = (try old.product(limit.most), try old.product(limit.least))
            // What its rounded value keeps clear of by a last place, the figure does not pass.
            let place = ExactDecimal(mantissa: 1, scale: publishedDecimals)
            if beforeLimit + place > most, figure > ExactFraction(most) {
                (held, limited) = (ExactFraction(most), .up)
            }
            if beforeLimit - place < least, figure < ExactFraction(least) {
                (held, limited) = (ExactFraction(least), .down)
            }
        }
        self.limited = limited
        switch limited {
        case .up where !terms.isRate && held < ExactFraction(core): flag = .belowCore
        case .down where terms.isRate: flag = .aboveCore
        default: flag = nil
        }
        let units = (limited == .no ? beforeLimit : held.rounded(toScale: publishedDecimals)).mantissa
        let (whole, rest) = units.quotientAndRemainder(dividingBy: terms.increment)
        let steps = terms.isRate || rest == 0 ? whole : whole + 1
        let stepped = ExactDecimal(mantissa: steps * terms.increment, scale: publishedDecimals).withoutTrailingZeros
        guard stepped < ExactDecimal(1_000_000_000_000_000) else { throw .outOfRange("\(stepped)") }
        // A haircut takes no more than the whole value.
        new = terms.isHaircut ? min(stepped, .one) : stepped
    }

    /// new/old − 1 at 6 decimals, ties away from zero; nil without an old value above 0.
    func change(from old: ExactDecimal?) -> ExactDecimal? {
        old.flatMap { $0 > .zero ? ExactFraction(new - $0, over: $0).rounded(toScale: 6) : nil }
    }
}
