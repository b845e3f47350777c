import Calibration
import ClearingModel
import Margining
import PlainMargin
import Quantities
import Scenarios
import TestSupport

/// A house of the second implementation in the product's values.
struct CalibrationTranslation {
    let house: PlainCalibrationHouse

    func proposal() throws -> CalibrationProposal {
        var histories: [RiskFactorCode: FactorHistory] = [:]
        for factor in house.factors {
            let code = RiskFactorCode(factor.code)
            histories[code] = try FactorHistory(
                factor: code, returnKind: factor.isLog ? .log : .absolute, dates: factor.days.map(Self.date),
                levels: factor.levels.map(Self.decimal))
        }
        var standing: [CalibrationRow: StandingValue] = [:]
        let rules = house.rules.map(Self.rule)
        for rule in rules { standing[rule.row] = self.standing(rule) }
        return try CalibrationProposal(
            on: Self.date(house.today), rules: rules, histories: histories, standing: standing)
    }

    static func date(_ day: PlainDay) -> BusinessDate {
        let (year, month, day) = day.civil
        return BusinessDate(year: year, month: month, day: day)
    }

    /// A decimal that the house writes as a fraction of a power of ten.
    static func decimal(_ value: Rational) -> ExactDecimal {
        var (scale, power): (Int, Int128) = (0, 1)
        while power % value.denominator != 0 {
            scale += 1
            power *= 10
        }
        return ExactDecimal(mantissa: value.numerator * (power / value.denominator), scale: scale)
    }

    private func standing(_ rule: CalibrationRule) -> StandingValue? {
        house.standing[rule.name].map { plain in
            var proposed: ProposedCore?
            if let core = plain.core, let buffer = plain.buffer {
                proposed = ProposedCore(
                    core: Self.decimal(core), buffer: ExactFraction(buffer.numerator, over: buffer.denominator))
            }
            return StandingValue(value: Self.decimal(plain.value), proposed: proposed)
        }
    }

    static func rule(_ plain: PlainCalibrationRule) -> CalibrationRule {
        let legs = plain.legs.enumerated().map { place, leg in
            CalibrationLeg(
                number: place + 1, source: .factor(RiskFactorCode(leg.factor)), ratio: decimal(leg.ratio),
                contractValueFactor: decimal(leg.contractValueFactor), side: leg.isSideA ? .a : .b)
        }
        var rule = CalibrationRule(
            item: CalibrationItem(rawValue: plain.item.rawValue) ?? .haircut, key: CalibrationKey(plain.key),
            kind: plain.unit.flatMap { CalibrationKind(rawValue: $0.rawValue) },
            basis: plain.factor.map { .factor(RiskFactorCode($0)) } ?? .legs(legs),
            confidence: decimal(plain.confidence), increment: decimal(plain.increment))
        rule.horizonDays = plain.horizon
        rule.lookBackDays = plain.lookBack
        rule.minObservations = plain.minObservations
        rule.minStressedObservations = plain.minStressed
        rule.minMovingShare = decimal(plain.minMovingShare)
        rule.maxGapDays = plain.maxGap
        rule.volatility.lambda = decimal(plain.lambda)
        rule.volatility.seedDays = plain.seedDays
        rule.volatility.z = decimal(plain.z)
        rule.volatility.floor = decimal(plain.volatilityFloor)
        rule.stepLimit = plain.stepLimit.map(decimal)
        rule.floor = plain.floorYears.map {
            FloorTool(years: $0, kind: plain.floorIsQuantile ? .quantile : .volatility)
        }
        rule.stressedWeight = plain.stressedWeight.map(decimal)
        rule.stressedWindows = plain.windows.map {
            NamedWindow(
                code: StressedWindowCode($0.id), window: StressedWindow(from: date($0.from), to: date($0.to)))
        }
        rule.buffer = plain.buffer.map {
            BufferTool(
                size: decimal($0), riseTrigger: decimal(plain.riseTrigger),
                rebuildStep: decimal(plain.rebuildStep))
        }
        rule.offset.cap = decimal(plain.cap)
        rule.offset.breakZ = decimal(plain.breakZ)
        rule.offset.breakHaircut = decimal(plain.breakHaircut)
        return rule
    }
}
