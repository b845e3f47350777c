import ArgumentParser
import ClearingModel
import Commands
import Operations
import Parameters
import Quantities
import Runtime
import Scenarios
import Storage
import TextFiles

extension StressCommand {
    /// `margin stress propose`: a historical scenario from the levels of risk factors.
    struct Propose: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Propose a historical scenario: what risk factors did between two days.",
            discussion: """
                Each combined commodity that the parameter set maps to a risk factor as a whole gets a row: the move \
                of its price factor, and of its volatility factor where it has one. A price that was zero or less on \
                one of the days moves by the difference. The command that puts the rows into a new set is printed; \
                --out writes them as files for a set of your own.
                """)

        @Option(help: "The day of the first level.")
        var from: BusinessDate

        @Option(help: "The day of the last level.")
        var to: BusinessDate

        @Option(help: "The scenario's code; both days if left out.")
        var code: String?

        @Option(help: "The scenario's number; behind those of the parameter set if left out.")
        var number: Int?

        @Option(help: "The set whose factors are moved; the approved one that takes effect last if left out.")
        var parameterSet: String?

        @Option(help: "relative (to/from − 1), log (of the ratio) or absolute (the difference).")
        var kind = StressMoveKind.relative

        @Option(help: "COMBINED_COMMODITY=FACTOR, in the place of the set's; may be given again.")
        var factor: [FactorArgument] = []

        @OptionGroup var folder: ProposalFolderOption

        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard from < to else { throw ValidationError("--from must be before --to") }
            if let number, !(1...Int(Int16.max)).contains(number) {
                throw ValidationError("--number must be 1 to \(Int16.max)")
            }
            if let code, !code.isPlainCode { throw ValidationError("--code is letters, digits and . _ : + -") }
        }

        func run() async throws {
            try await reportingFailures {
                let database = try await Session.open()
                let scenario = try ProposedScenario.propose(
                    from: from, to: to, set: parameterSet.map { ParameterSetCode($0) },
                    code: code.map { StressScenarioCode($0) }, number: number, kind: kind, factors: factor.map(\.named),
                    database: database)
                if let out = folder.out { try NewTableFolder.write(scenario.tables, to: out) }
                guard !output.json else { return print(try JSONText.document(ScenarioDocument(scenario))) }
                print(scenario.lines.joined(separator: "\n").printable)
                if let out = folder.out {
                    print("stress_scenario.csv and stress_move.csv are in \(out)".printable)
                } else {
                    print("next: \(scenario.command)".printable)
                }
            }
        }
    }
}

extension StressMoveKind: ExpressibleByArgument {}

/// A combined commodity and its factor, as `WTI=CL1`.
struct FactorArgument: ExpressibleByArgument {
    let named: ProposedScenario.NamedFactor

    init?(argument: String) {
        let parts = argument.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts.allSatisfy(\.isPlainCode) else { return nil }
        named = ProposedScenario.NamedFactor(CombinedCommodityCode(parts[0]), RiskFactorCode(parts[1]))
    }
}

extension String {
    /// Whether the database takes it for a code.
    fileprivate var isPlainCode: Bool {
        wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._:+-]*/) != nil && utf8.count <= 64
    }
}

extension ProposedScenario {
    /// The proposal for the operator.
    fileprivate var lines: [String] {
        var lines = [
            "scenario \(number) \(code), historical, \(from) to \(to), factors of parameter set \(parameterSet)"
        ]
        for row in rows {
            let (price, volatility) = (row.move.price, row.move.volatility)
            var line = "  \(row.combinedCommodity): \(row.price.words), \(price.kind.rawValue) \(price.amount)"
            if let levels = row.volatility {
                line += "; volatility \(levels.words), \(volatility.kindText) \(volatility.amount)"
            }
            lines.append(line)
        }
        lines += leftOut.map { "  left out: \($0), which is mapped series by series; --factor \($0)=FACTOR moves it" }
        return lines
    }

    /// What puts the rows into a new parameter set.
    fileprivate var command: String {
        let changes = tables.flatMap { table in
            table.rows.map { row in
                "\(table.name) add "
                    + zip(table.columns, row).compactMap { column, cell in
                        column == "parameter_set" ? nil : cell.map { "\(column)=\($0)".shellWord }
                    }.joined(separator: " ")
            }
        }
        return "margin parameters propose SET --base \(parameterSet) --effective-from D --reason R "
            + changes.joined(separator: " and ")
    }
}

extension ProposedScenario.Levels {
    fileprivate var words: String { "\(factor) \(from) → \(to)" }
}

/// A proposed scenario as `--json` prints it.
private struct ScenarioDocument: Encodable {
    struct Levels: Encodable {
        let factor: String
        let from: String
        let to: String

        init(_ levels: ProposedScenario.Levels) {
            factor = levels.factor.text
            from = "\(levels.from)"
            to = "\(levels.to)"
        }
    }
    struct Move: Encodable {
        let combinedCommodity: String
        let price: Levels
        let priceKind: StressMoveKind.RawValue
        let priceMove: String
        /// Left out where no factor moves it.
        let volatility: Levels?
        let volatilityKind: String
        let volatilityMove: String
    }

    let parameterSet: String
    let number: Int
    let scenario: String
    let kind: String
    let fromDate: String
    let toDate: String
    let moves: [Move]
    let leftOut: [String]

    init(_ proposed: ProposedScenario) {
        parameterSet = proposed.parameterSet.text
        number = proposed.number
        scenario = proposed.code.text
        kind = StressScenarioKind.historical.rawValue
        fromDate = "\(proposed.from)"
        toDate = "\(proposed.to)"
        leftOut = proposed.leftOut.map(\.text)
        moves = proposed.rows.map { row in
            Move(
                combinedCommodity: row.combinedCommodity.text, price: Levels(row.price),
                priceKind: row.move.price.kind.rawValue, priceMove: "\(row.move.price.amount)",
                volatility: row.volatility.map(Levels.init), volatilityKind: row.move.volatility.kindText,
                volatilityMove: "\(row.move.volatility.amount)")
        }
    }
}
