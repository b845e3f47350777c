import ArgumentParser
import Cases
import Commands
import Runtime
import TextFiles

/// `margin case`: cases through the night, in throw-away databases, and every figure compared.
struct CaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "case",
        abstract: "Run cases in throw-away databases and compare every figure.",
        discussion: """
            A case is a JSON file in the neutral format, or a folder with input/ and expected/. A folder of cases runs \
            them all. Exit 0 if all agree, 1 if one differs, 65 if one needs a feature that is not built or is refused.
            """)

    @Argument(help: "Cases, or folders of cases.")
    var paths: [String]

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if paths.isEmpty { throw ValidationError("name a case") }
    }

    func run() async throws {
        try await reportingFailures {
            let report = try await CaseRunner(Session.start(making: true)).run(paths) {
                if !output.json { print($0.text) }
            }
            if output.json { print(try JSONText.document(CaseDocument(report))) }
            if !output.json, report.results.count > 1 { print(report.summary) }
            if report.exitCode != .done { throw ArgumentParser.ExitCode(report.exitCode.rawValue) }
        }
    }
}

/// What the cases came to, as one document.
private struct CaseDocument: Encodable {
    /// One case.
    struct Result: Encodable {
        let name: String
        /// agrees, differs or refused.
        let outcome: String
        let differences: [String]
        /// Features it needs that are not built.
        let needs: [String]
        /// Why it could not be run.
        let error: String?
    }

    let results: [Result]
    let exitCode: Int32

    init(_ report: CaseReport) {
        exitCode = report.exitCode.rawValue
        results = report.results.map { result in
            switch result.outcome {
            case .agrees: Result(name: result.name, outcome: "agrees", differences: [], needs: [], error: nil)
            case .differs(let differences):
                Result(name: result.name, outcome: "differs", differences: differences, needs: [], error: nil)
            case .refused(let needs):
                Result(name: result.name, outcome: "refused", differences: [], needs: needs, error: nil)
            case .failed(let failure):
                Result(name: result.name, outcome: "refused", differences: [], needs: [], error: failure.message)
            }
        }
    }
}
