import ArgumentParser
import Commands
import Storage

extension CallCommand {
    struct Reverse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record that a payment was taken back, or was recorded by mistake.")

        @OptionGroup var recording: Recording

        @Option(help: "The number of the event, as margin call list --account prints it.")
        var event: Int64

        @Option(help: "Why it is taken back.")
        var reason: String

        func validate() throws {
            if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason says why, and is empty") }
        }

        func run() async throws { try await recording.record(.reversed(event), reason: reason) }
    }
}
