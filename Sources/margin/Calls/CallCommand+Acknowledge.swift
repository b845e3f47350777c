import ArgumentParser
import Commands
import Storage

extension CallCommand {
    struct Acknowledge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record that the member has acknowledged its call.")

        @OptionGroup var recording: Recording

        @Option(help: "Who said so, or a reference.")
        var reason: String = ""

        func run() async throws { try await recording.record(.acknowledged, reason: reason) }
    }
}
