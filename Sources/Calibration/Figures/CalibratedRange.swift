import Margining
import Quantities

/// One of the sizes of which the largest binds.
struct RangeBound {
    /// In return units.
    let size: MoveSize
    /// At 12 decimals.
    let value: ExactDecimal

    init(_ name: BoundName, _ size: MoveSize) throws(FigureFault) {
        guard let value = size.published else { throw .outOfRange("\(name) of \(size.double)") }
        (self.size, self.value) = (size, value)
    }
}

/// The bounds that a scan range's rule has, and which of them binds.
struct RangeBounds {
    let quantile: RangeBound
    let ewma: RangeBound
    let stressed: RangeBound?
    let floor: RangeBound?

    /// - Throws: what a tool has no move for, and a size that no column holds.
    init(_ terms: RangeTerms, _ measures: DayMeasures) throws(FigureFault) {
        quantile = try RangeBound(.quantile, measures.quantile)
        ewma = try RangeBound(.ewma, .approximate(terms.z * measures.volatility * terms.horizonRoot))
        var (stressed, floor): (RangeBound?, RangeBound?) = (nil, nil)
        if let weight = terms.stressedWeight {
            guard let crises = measures.stressed else { throw .tooFewStressedMoves }
            let plain = ewma.size.exceeds(quantile.size) ? ewma.size : quantile.size
            stressed = try RangeBound(.stressed, plain.blended(with: crises, weight: weight))
        }
        if terms.hasFloor {
            guard let size = measures.floor else { throw .noFloorMove }
            floor = try RangeBound(.floor, size)
        }
        (self.stressed, self.floor) = (stressed, floor)
    }

    /// The first that attains the largest as it is published, so that the noise of a Double names no bound.
    var binding: BoundName {
        var (name, largest) = (BoundName.quantile, quantile.value)
        if ewma.value > largest { (name, largest) = (.ewma, ewma.value) }
        if let stressed, stressed.value > largest { (name, largest) = (.stressed, stressed.value) }
        if let floor, floor.value > largest { name = .floor }
        return name
    }

    var largest: RangeBound {
        var largest = quantile
        if ewma.size.exceeds(largest.size) { largest = ewma }
        if let stressed, stressed.size.exceeds(largest.size) { largest = stressed }
        if let floor, floor.size.exceeds(largest.size) { largest = floor }
        return largest
    }

    /// In order.
    var all: [CalibrationBound] {
        [(.quantile, quantile), (.ewma, ewma), (.stressed, stressed), (.floor, floor)].compactMap {
            (name: BoundName, bound: RangeBound?) in bound.map { CalibrationBound(name: name, value: $0.value) }
        }
    }
}

/// A scan range, or a haircut, from a day's measures: bounds, core, buffer, steps (docs/methodology.md §10.2).
struct CalibratedRange {
    let bounds: RangeBounds
    /// At 12 decimals, in the unit of the value.
    let core: ExactDecimal
    /// Nil without tool (a).
    let buffer: ProposedBuffer?
    let stepped: SteppedValue

    /// `level` is the last that is known.
    init(
        _ terms: RangeTerms, _ measures: DayMeasures, level: ExactDecimal, standing: StandingValue?
    ) throws(FigureFault) {
        bounds = try RangeBounds(terms, measures)
        core = try terms.core(of: bounds.largest, level: level)
        (buffer, stepped) = try terms.stepped(core, standing: standing)
    }
}

extension RangeTerms {
    /// Steps 2 to 4: a core with its buffer, held by the step limit and brought to whole increments.
    func stepped(
        _ core: ExactDecimal, standing: StandingValue?
    ) throws(FigureFault) -> (buffer: ProposedBuffer?, stepped: SteppedValue) {
        guard let buffer else {
            return (nil, try SteppedValue(ScaledFigure(core), core: core, steps, old: standing?.value))
        }
        let proposed = try ProposedBuffer(buffer, core: core, standing: standing)
        return (proposed, try SteppedValue(proposed.figure, core: core, steps, old: standing?.value))
    }
}

extension StandingValue {
    /// What the next calibration starts from where a stepped value is approved.
    init(_ stepped: SteppedValue, core: ExactDecimal, _ buffer: ProposedBuffer?) {
        self.init(value: stepped.new, proposed: buffer.map { ProposedCore(core: core, buffer: $0.share) })
    }
}
