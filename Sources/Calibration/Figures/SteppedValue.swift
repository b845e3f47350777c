import ClearingModel
import Margining
import Quantities

/// A figure held by the step limit and brought to whole increments (docs/methodology.md §10.2, steps 3 and 4).
struct SteppedValue {
    /// At 12 decimals.
    let beforeLimit: ExactDecimal
    let limited: StepLimited
    let flag: CalibrationFlag?
    let new: ExactDecimal
    /// Nil without an old value above 0.
    let change: ExactDecimal?

    /// Ranges, charges and haircuts go up to the next increment, credit rates down.
    /// - Throws: `calibration_out_of_range`.
    init(
        _ figure: ExactFraction, core: ExactDecimal, rule: CalibrationRule, old: ExactDecimal?
    ) throws(CalibrationRefusal) {
        let isRate = rule.item == .offsetRate
        beforeLimit = figure.rounded(toScale: publishedDecimals)
        var held = figure
        var limited = StepLimited.no
        if let old, let limit = rule.stepLimit {
            let most = ExactFraction(try old.product(.one + limit, of: rule.name))
            let least = ExactFraction(try old.product(.one - limit, of: rule.name))
            if figure > most { (held, limited) = (most, .up) }
            if figure < least { (held, limited) = (least, .down) }
        }
        self.limited = limited
        switch limited {
        case .up where !isRate && held < ExactFraction(core): flag = .belowCore
        case .down where isRate: flag = .aboveCore
        default: flag = nil
        }
        let units = held.rounded(toScale: publishedDecimals).mantissa
        let increment = rule.increment.roundedMantissa(scale: publishedDecimals)
        let (whole, rest) = units.quotientAndRemainder(dividingBy: increment)
        let steps = isRate || rest == 0 ? whole : whole + 1
        let stepped = ExactDecimal(mantissa: steps * increment, scale: publishedDecimals).withoutTrailingZeros
        guard stepped < ExactDecimal(1_000_000_000_000_000) else { throw .outOfRange(rule.name, "\(stepped)") }
        // A haircut takes no more than the whole value.
        let new = rule.item == .haircut ? min(stepped, .one) : stepped
        self.new = new
        change = old.flatMap {
            $0 > .zero ? ExactFraction(new - $0, over: $0).rounded(toScale: 6) : nil
        }
    }
}
