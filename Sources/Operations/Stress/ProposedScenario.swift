import ClearingModel
import Parameters
import Quantities
import Runtime
import Scenarios
import Storage
import Stress

/// A historical stress scenario read off the histories of risk factors (docs/methodology.md §8.1). Nothing is written.
package struct ProposedScenario: Sendable {
    /// A combined commodity and the factor that is named for its price.
    package struct NamedFactor: Sendable {
        package let combinedCommodity: CombinedCommodityCode
        package let factor: RiskFactorCode

        package init(_ combinedCommodity: CombinedCommodityCode, _ factor: RiskFactorCode) {
            self.combinedCommodity = combinedCommodity
            self.factor = factor
        }
    }

    /// The level of a factor on the first and the last day.
    package struct Levels: Sendable {
        package let factor: RiskFactorCode
        package let from: ExactDecimal
        package let to: ExactDecimal
    }

    /// A row of `stress_move`: all contract months of a combined commodity.
    package struct FactorMove: Sendable {
        package let combinedCommodity: CombinedCommodityCode
        package let price: Levels
        /// Nil where no factor moves the volatility, which stays where it is.
        package let volatility: Levels?
        package let move: StressMove
    }

    package let parameterSet: ParameterSetCode
    package let number: Int
    package let code: StressScenarioCode
    package let from: BusinessDate
    package let to: BusinessDate
    /// By combined commodity.
    package let rows: [FactorMove]
    /// Combined commodities that are mapped series by series alone: none is moved as a whole, so that they have no row.
    package let leftOut: [CombinedCommodityCode]

    /// Proposes the moves from one day to another, of each combined commodity that the set maps to a factor or that
    /// `named` does, which counts before the set; as `kind` where both prices are above zero.
    ///
    /// Without a set: the approved one that takes effect last. Without a number: behind those of the set.
    /// - Throws: `Failure` 66 for a set there is not, 65 where nothing is mapped, for the first factor and day without
    ///   a level, and for a move beyond what a scenario may say.
    package static func propose(
        from: BusinessDate, to: BusinessDate, set: ParameterSetCode?, code: StressScenarioCode?, number: Int?,
        kind: StressMoveKind, factors named: [NamedFactor], database: Database
    ) throws -> ProposedScenario {
        try database.atomically {
            let pin = try RunLedger(database).lastLoadSeen()
            let pinned = try PinnedParameterSet.standing(set, pin: pin, from: database)
            let (parameters, mapped) = (
                try ParameterSet.load(pinned, from: database), try RiskFactorStore(database).mappings(of: pinned)
            )
            var mappings: [CombinedCommodityCode: RiskFactorMapping] = [:]
            for mapping in mapped where mapping.series == nil {
                mappings[mapping.combinedCommodity] = mapping
            }
            for factor in named {
                mappings[factor.combinedCommodity] = RiskFactorMapping(
                    combinedCommodity: factor.combinedCommodity, series: nil, priceFactor: factor.factor,
                    volatilityFactor: mappings[factor.combinedCommodity]?.volatilityFactor)
            }
            guard !mappings.isEmpty else {
                throw Failure(
                    .inputRejected, "parameter set \(parameters.code) maps no combined commodity to a risk factor",
                    hint: "name the factors: --factor COMBINED_COMMODITY=FACTOR")
            }
            let ends = try EndLevels(
                mappings.values.flatMap { [$0.priceFactor] + ($0.volatilityFactor.map { [$0] } ?? []) }, from, to, pin,
                database)
            let rows = try mappings.keys.sorted().compactMap { try mappings[$0].map { try row($0, ends, kind) } }
            let leftOut = Set(mapped.map(\.combinedCommodity)).subtracting(mappings.keys)
            return ProposedScenario(
                parameterSet: parameters.code,
                number: number ?? (parameters.stress?.scenarios.last?.number ?? 0) + 1,
                code: code ?? StressScenarioCode("\(from)_\(to)"), from: from, to: to, rows: rows,
                leftOut: leftOut.sorted())
        }
    }

    private static func row(
        _ mapping: RiskFactorMapping, _ ends: EndLevels, _ kind: StressMoveKind
    ) throws -> FactorMove {
        let price = ends.levels(of: mapping.priceFactor)
        let volatility = mapping.volatilityFactor.map(ends.levels)
        let move = StressMove(
            combinedCommodity: mapping.combinedCommodity,
            price: .between(price.from, price.to, as: kind),
            volatility: volatility.map { .between($0.from, $0.to) } ?? .relative(.zero))
        guard move.price.isWithinBounds, move.volatility.isWithinBounds else {
            let factor =
                move.price.isWithinBounds ? mapping.volatilityFactor ?? mapping.priceFactor : mapping.priceFactor
            throw Failure(
                .inputRejected,
                "\(StressRule.moveRange.rawValue): \(factor): its move is beyond what a scenario may say",
                hint: "nearer days, or as a difference: --kind absolute")
        }
        return FactorMove(
            combinedCommodity: mapping.combinedCommodity, price: price, volatility: volatility, move: move)
    }

    /// The rows that `margin load` takes, of a set that is not approved yet.
    package var tables: [NewTableFolder.Table] {
        [
            NewTableFolder.Table(
                name: "stress_scenario",
                columns: ["parameter_set", "number", "scenario", "kind", "from_date", "to_date", "source"],
                rows: [
                    [
                        parameterSet.text, "\(number)", code.text, StressScenarioKind.historical.rawValue, "\(from)",
                        "\(to)", source,
                    ]
                ]),
            NewTableFolder.Table(
                name: "stress_move",
                columns: [
                    "parameter_set", "number", "move", "combined_commodity", "price_kind", "price_move",
                    "volatility_kind", "volatility_move",
                ],
                rows: rows.enumerated().map { index, row in
                    [
                        parameterSet.text, "\(number)", "\(index + 1)", row.combinedCommodity.text,
                        row.move.price.kind.rawValue, "\(row.move.price.amount)", row.move.volatility.kindText,
                        "\(row.move.volatility.amount)",
                    ]
                }),
        ]
    }

    /// Where the moves come from.
    private var source: String {
        "risk_factor_level of \(Set(rows.map(\.price.factor)).sorted().map(\.text).joined(separator: " "))"
    }
}

/// The levels of factors on two days.
private struct EndLevels {
    private let levels: [RiskFactorCode: ProposedScenario.Levels]

    /// - Throws: `Failure` 65 for the first factor and day without a level.
    init(
        _ factors: [RiskFactorCode], _ from: BusinessDate, _ to: BusinessDate, _ pin: Int64, _ database: Database
    ) throws {
        let history = try RiskFactorStore(database).levels(of: factors, from: from, through: to, pin: pin)
        var levels: [RiskFactorCode: ProposedScenario.Levels] = [:]
        for factor in Set(factors).sorted() {
            func level(_ date: BusinessDate) throws -> ExactDecimal {
                guard let found = history[factor]?.first(where: { $0.date == date }) else {
                    throw Failure(
                        .inputRejected, "risk_factor_level has no level \(factor) \(date)",
                        hint: "margin load risk_factor_level FILE, or other days")
                }
                return found.level
            }
            levels[factor] = ProposedScenario.Levels(factor: factor, from: try level(from), to: try level(to))
        }
        self.levels = levels
    }

    func levels(of factor: RiskFactorCode) -> ProposedScenario.Levels {
        guard let found = levels[factor] else { preconditionFailure("every factor that is asked for was read") }
        return found
    }
}
