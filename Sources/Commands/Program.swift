import ArgumentParser
import Runtime

/// The entry of every program: parses the command line and runs the command; what is wrong with the line is said as
/// every other error is, `error:` with a `hint:`, and how it is written below.
package enum Program {
    /// Runs the program whose command is `root`, to the end of the process where something fails.
    package static func main(_ root: (some AsyncParsableCommand).Type) async {
        do {
            var command = try await root.asyncParseAsRoot(nil)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            let isUsage = root.exitCode(for: error) == .validationFailure
            // A command that has failed has said so, with its exit code.
            guard isUsage, !(error is ArgumentParser.ExitCode) else { root.exit(withError: error) }
            let (failure, usage) = wrong(root.message(for: error), root.fullMessage(for: error), root)
            writeToStandardError("\(failure)\n\(usage)\n".printable)
            FailureDocument(failure).printIfWanted()
            root.exit(withError: ArgumentParser.ExitCode(failure.exitCode.rawValue))
        }
    }

    /// The parser's words in this house's form, and the line that says how the command is written.
    private static func wrong(
        _ message: String, _ full: String, _ root: (some ParsableCommand).Type
    ) -> (failure: Failure, usage: String) {
        let words =
            message.replacing(". Please provide one of the following:", with: ": one of")
            .replacing(". Please provide one of", with: ": one of")
        let text = words.prefix(1).lowercased() + words.dropFirst()
        let isDate = words.contains("-date") && words.contains("is invalid")
        let help = full.firstMatch(of: /See '(.*)' for more information/).map { String($0.output.1) }
        let usage = full.split(separator: "\n").first { $0.lowercased().hasPrefix("usage: ") } ?? ""
        return (
            Failure(
                .usage,
                (text.hasSuffix(".") ? String(text.dropLast()) : text)
                    + (isDate ? ": a date is written 2018-12-31" : ""),
                hint: help ?? "\(root._commandName) --help"),
            "Usage: \(usage.dropFirst("usage: ".count))"
        )
    }
}
