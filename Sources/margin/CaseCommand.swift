import ArgumentParser
import Cases
import Commands
import EndOfDay

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

    func validate() throws {
        if paths.isEmpty { throw ValidationError("name a case") }
    }

    func run() async throws {
        try await reportingFailures {
            let report = try await CaseRunner(Session.start()).run(paths) { print($0.text) }
            if report.results.count > 1 { print(report.summary) }
            if report.exitCode != .done { throw ArgumentParser.ExitCode(report.exitCode.rawValue) }
        }
    }
}
