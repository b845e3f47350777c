import Runtime
import TextFiles

/// A failure as the one JSON document of `--json`, with what is known of where it happened.
package struct FailureDocument: Encodable {
    /// What went wrong.
    struct Fault: Encodable {
        /// As docs/operations.md names the exit code, or `stopped` by a signal.
        let name: String
        let exitCode: Int32
        /// The text of standard error without `error:`; its lines kept.
        let message: String
        let hint: String?
    }

    let error: Fault
    let command: String
    let businessDate: String?
    let cycle: String?
    let run: Int32?
    let stage: String?
    let execution: Int64?

    package init(_ failure: Failure) { self.init(failure, .current) }

    init(_ failure: Failure, _ invocation: Invocation) {
        self.init(
            Fault(
                name: failure.exitCode.name, exitCode: failure.exitCode.rawValue, message: failure.message,
                hint: failure.hint), failure.location, invocation)
    }

    init(_ error: Fault, _ location: [String: String] = [:], _ invocation: Invocation = .current) {
        self.error = error
        command = invocation.command
        businessDate = location["business_date"] ?? invocation.businessDate
        cycle = location["cycle"] ?? invocation.cycle
        run = location["run"].flatMap { Int32($0) } ?? invocation.run
        stage = location["stage"]
        execution = location["execution"].flatMap { Int64($0) }
    }

    /// Prints it where `--json` asks for one. What a comparison found stands in the command's own document.
    func printIfWanted(_ invocation: Invocation = .current) {
        guard invocation.wantsJSON, error.exitCode != ExitCode.difference.rawValue,
            let text = try? JSONText.document(self)
        else { return }
        say(text)
    }
}
