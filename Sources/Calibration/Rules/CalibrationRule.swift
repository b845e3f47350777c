import ClearingModel
import Quantities
import Scenarios

/// Days that count as stressed, both bounds inclusive, under a name of their own.
package struct NamedWindow: Hashable, Sendable {
    package let code: StressedWindowCode
    package let window: StressedWindow

    package init(code: StressedWindowCode, window: StressedWindow) {
        self.code = code
        self.window = window
    }
}

/// Where a leg takes its levels from.
package enum LegSource: Hashable, Sendable {
    case factor(RiskFactorCode)
    /// A tier by the name that a refusal tells, and the factor that it names, if any.
    case tier(String, RiskFactorCode?)

    /// Nil for a tier that names none.
    package var factor: RiskFactorCode? {
        switch self {
        case .factor(let factor): factor
        case .tier(_, let factor): factor
        }
    }
}

/// One leg of the spread whose charge or rate is proposed.
package struct CalibrationLeg: Hashable, Sendable {
    /// 1, 2, … within the rule.
    package let number: Int
    package let source: LegSource
    /// Units of the leg a spread, above 0.
    package let ratio: ExactDecimal
    /// Money a price unit, above 0; of all legs in one currency, a rate put in by the author.
    package let contractValueFactor: ExactDecimal
    package let side: SpreadSide

    package init(
        number: Int, source: LegSource, ratio: ExactDecimal, contractValueFactor: ExactDecimal, side: SpreadSide
    ) {
        self.number = number
        self.source = source
        self.ratio = ratio
        self.contractValueFactor = contractValueFactor
        self.side = side
    }
}

/// How one value is calibrated (docs/methodology.md §10.1): the moves it looks at, the tools that hold it, its steps.
///
/// Fields are variables: a sensitivity is the same rule with one of them changed. `check()` holds them to their ranges.
package struct CalibrationRule: Hashable, Sendable {
    /// What moves: one factor, or the legs of a spread.
    package enum Basis: Hashable, Sendable {
        case factor(RiskFactorCode)
        case legs([CalibrationLeg])
    }

    package let item: CalibrationItem
    package let key: CalibrationKey
    /// Nil for spreads.
    package var kind: CalibrationKind?
    package var basis: Basis
    /// Levels of the factor from the start of a move to its end, 1 … 60.
    package var horizonDays = 1
    /// Above 0.5, below 1.
    package var confidence: ExactDecimal
    /// One-day returns, the last ones, 2 or more; nil: all there are.
    package var lookBackDays: Int?
    package var minObservations = 1
    package var minStressedObservations = 20
    /// Least share of moves that are not zero, 0 … 1.
    package var minMovingShare = ExactDecimal.zero
    /// Calendar days, 1 or more.
    package var maxGapDays = 7
    package var volatility = VolatilityTerms()
    /// Values are whole multiples of it, above 0.
    package var increment: ExactDecimal
    /// Largest change against the value in force as a share of it, 0 … 1; nil: none.
    package var stepLimit: ExactDecimal?
    /// Tool (c); nil: none.
    package var floor: FloorTool?
    /// Tool (b): the weight of stressed moves, 0 … 1; nil: none.
    package var stressedWeight: ExactDecimal?
    /// Of tool (b), or of an offset rate, in the order of their names.
    package var stressedWindows: [NamedWindow] = []
    /// Tool (a); nil: none.
    package var buffer: BufferTool?
    package var offset = OffsetTerms()

    package init(
        item: CalibrationItem, key: CalibrationKey, kind: CalibrationKind? = nil, basis: Basis,
        confidence: ExactDecimal, increment: ExactDecimal
    ) {
        self.item = item
        self.key = key
        self.kind = kind
        self.basis = basis
        self.confidence = confidence
        self.increment = increment
    }

    /// The rule without any of the three tools against procyclicality and without step limit: what they cost is
    /// measured against it (docs/methodology.md §12.5).
    package var withoutTools: CalibrationRule {
        var bare = self
        (bare.floor, bare.stressedWeight, bare.buffer, bare.stepLimit) = (nil, nil, nil, nil)
        return bare
    }

    /// `price_scan_range OIL`.
    package var name: String { "\(item.rawValue) \(key)" }

    /// The factors it needs, each once, in code order.
    package var factors: [RiskFactorCode] {
        switch basis {
        case .factor(let factor): [factor]
        case .legs(let legs): Set(legs.compactMap(\.source.factor)).sorted()
        }
    }
}

/// The exponentially weighted volatility of a rule, by the filter of docs/methodology.md §7.
package struct VolatilityTerms: Hashable, Sendable {
    /// Above 0, below 1.
    package var lambda = ExactDecimal(mantissa: 97, scale: 2)
    /// 2 or more.
    package var seedDays = 60
    /// Multiple of the volatility, above 0; 2.575829 is what a normal move's size exceeds in 1 % of days.
    package var z = ExactDecimal(mantissa: 2_575_829, scale: 6)
    /// A day, in return units, 0 or more.
    package var floor = ExactDecimal.zero

    package init() {}

    /// The filter; only its volatility now is used.
    var filter: VolatilityFilter {
        VolatilityFilter(
            seedDays: seedDays, lambda: lambda.double, volatilityFloor: floor.double, lowerClamp: 1, upperClamp: 1)
    }
}

/// Tool (c): a floor over many years.
package struct FloorTool: Hashable, Sendable {
    /// How the floor is measured.
    package enum Kind: String, CaseIterable, Sendable {
        case volatility, quantile
    }

    /// 1 … 50.
    package var years: Int
    package var kind: Kind

    package init(years: Int, kind: Kind = .volatility) {
        self.years = years
        self.kind = kind
    }
}

/// Tool (a): a buffer that a rise draws down and quiet days rebuild. All are shares of the core.
package struct BufferTool: Hashable, Sendable {
    /// 0 … 1.
    package var size: ExactDecimal
    /// 0 or more.
    package var riseTrigger: ExactDecimal
    /// A calibration, above 0.
    package var rebuildStep: ExactDecimal

    /// A tenth of the core, and a twentieth.
    package static let usualRiseTrigger = ExactDecimal(mantissa: 1, scale: 1)
    package static let usualRebuildStep = ExactDecimal(mantissa: 5, scale: 2)

    package init(
        size: ExactDecimal, riseTrigger: ExactDecimal = usualRiseTrigger, rebuildStep: ExactDecimal = usualRebuildStep
    ) {
        self.size = size
        self.riseTrigger = riseTrigger
        self.rebuildStep = rebuildStep
    }
}

/// What holds an offset rate (docs/methodology.md §10.4).
package struct OffsetTerms: Hashable, Sendable {
    /// Largest rate, 0 … 1.
    package var cap = ExactDecimal(mantissa: 8, scale: 1)
    /// Above 0: how far the correlation's statistic may fall.
    package var breakZ = ExactDecimal(mantissa: 196, scale: 2)
    /// Share that a broken correlation takes off, 0 … 1.
    package var breakHaircut = ExactDecimal(mantissa: 25, scale: 2)

    package init() {}
}
