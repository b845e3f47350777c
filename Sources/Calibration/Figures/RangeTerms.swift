import ClearingModel
import Glibc
import Margining
import Quantities
import Scenarios

/// What a figure lacks, before it is told with the rule that it is of: cheap to hand on where nothing is refused.
enum FigureFault: Error, CustomStringConvertible {
    /// A figure that no column holds.
    case outOfRange(String)
    case tooFewStressedMoves
    case noFloorMove
    /// A last level of 0, of which nothing is a fraction.
    case levelIsZero

    var description: String {
        switch self {
        case .outOfRange(let figure): "\(figure) is more than 15 digits hold"
        case .tooFewStressedMoves: "there are too few stressed moves"
        case .noFloorMove: "the floor's years have no move"
        case .levelIsZero: "the last level is 0"
        }
    }
}

extension CalibrationRefusal {
    /// A figure that no column holds.
    static func outOfRange(_ name: String, _ figure: String) -> CalibrationRefusal {
        CalibrationRefusal(.outOfRange, name, table: "calibration_rule", "\(figure) is more than 15 digits hold")
    }
}

extension ExactDecimal {
    /// The exact product.
    /// - Throws: `outOfRange` where it leaves 128 bits.
    func product(_ other: ExactDecimal) throws(FigureFault) -> ExactDecimal {
        guard let product = checkedProduct(other) else { throw .outOfRange("\(self) times \(other)") }
        return product
    }
}

/// What of a rule the arithmetic of a scan range needs: numbers alone, so that a walk counts no reference a day.
struct RangeTerms: Sendable {
    let returnKind: ReturnKind
    let isHaircut: Bool
    /// Whether the value is a share of the level.
    let isFraction: Bool
    /// The multiple of the volatility, and the root of the horizon.
    let z: Double
    let horizonRoot: Double
    /// Of tool (b).
    let stressedWeight: ExactDecimal?
    /// Whether there is a floor.
    let hasFloor: Bool
    let buffer: BufferTerms?
    let steps: StepTerms

    init(_ rule: CalibrationRule, returnKind: ReturnKind) {
        self.returnKind = returnKind
        isHaircut = rule.item == .haircut
        isFraction = rule.kind?.isFraction ?? true
        z = rule.volatility.z.double
        horizonRoot = Double(rule.horizonDays).squareRoot()
        stressedWeight = rule.stressedWeight
        hasFloor = rule.floor != nil
        buffer = rule.buffer.map { BufferTerms($0) }
        steps = StepTerms(rule)
    }

    /// Step 1: a size in return units brought to the unit of the row, at 12 decimals, by the last level. A haircut is
    /// the share that a fall takes: of a log factor 1 − e^−x.
    func core(of bound: RangeBound, level: ExactDecimal) throws(FigureFault) -> ExactDecimal {
        let size = bound.size
        let published: ExactDecimal?
        switch returnKind {
        case .log:
            let share = isHaircut ? -expm1(-size.double) : expm1(size.double)
            published = ExactDecimal(publishing: isFraction ? share : share * level.magnitude.double)
        case .absolute:
            guard isFraction else { return bound.value }
            guard level != .zero else { throw .levelIsZero }
            switch size {
            case .exact(let exact) where (exact.double / level.double).magnitude < 1e15:
                published = ExactFraction(exact, over: level.magnitude).rounded(toScale: publishedDecimals)
            case .exact, .approximate:
                published = ExactDecimal(publishing: size.double / level.magnitude.double)
            }
        }
        guard let published else { throw .outOfRange("core of \(size.double)") }
        return published
    }
}

/// Tool (a) as its arithmetic takes it.
struct BufferTerms: Sendable {
    let size: ExactFraction
    let rebuildStep: ExactFraction
    /// The core with the whole buffer, over the core.
    let whole: ExactDecimal
    /// How far the core may rise over the one before, as a multiple of it.
    let trigger: ExactDecimal

    init(_ tool: BufferTool) {
        size = ExactFraction(tool.size)
        rebuildStep = ExactFraction(tool.rebuildStep)
        whole = .one + tool.size
        trigger = .one + tool.riseTrigger
    }
}

/// Step limit and increment as their arithmetic takes them.
struct StepTerms: Sendable {
    /// Whether the value is a credit rate, which goes down to its increment.
    let isRate: Bool
    let isHaircut: Bool
    /// What the value in force may at most and at least become, as multiples of it; nil without a limit.
    let limit: (most: ExactDecimal, least: ExactDecimal)?
    let increment: ExactDecimal
    /// What a value at 12 decimals is divided by.
    private let divisor: Int128

    init(_ rule: CalibrationRule) {
        isRate = rule.item == .offsetRate
        isHaircut = rule.item == .haircut
        limit = rule.stepLimit.map { (.one + $0, .one - $0) }
        increment = rule.increment.withoutTrailingZeros
        divisor = increment.roundedMantissa(scale: publishedDecimals)
    }

    /// A value at 12 decimals as whole increments: up, or down where it is a credit rate.
    func stepped(_ value: ExactDecimal) -> ExactDecimal {
        let units = value.mantissa
        let whole: Int128
        let isWhole: Bool
        if let units = Int64(exactly: units), let divisor = Int64(exactly: divisor) {
            let (quotient, rest) = units.quotientAndRemainder(dividingBy: divisor)
            (whole, isWhole) = (Int128(quotient), rest == 0)
        } else {
            let (quotient, rest) = units.quotientAndRemainder(dividingBy: divisor)
            (whole, isWhole) = (quotient, rest == 0)
        }
        let steps = isRate || isWhole ? whole : whole + 1
        return ExactDecimal(mantissa: steps * increment.mantissa, scale: increment.scale).withoutTrailingZeros
    }
}
