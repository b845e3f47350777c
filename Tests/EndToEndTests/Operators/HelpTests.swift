import Foundation
import TestSupport
import Testing

/// What `--help` says and what the runbook says are the same.
@Suite struct HelpTests {
    /// The commands of `margin` by name, each with its options and those of its own commands, as the program describes
    /// itself.
    private static func described(_ installation: Installation) throws -> [String: Set<String>] {
        func options(_ command: [String: Any]) -> Set<String> {
            let arguments = command["arguments"] as? [[String: Any]] ?? []
            let names = arguments.flatMap { $0["names"] as? [[String: Any]] ?? [] }
                .filter { $0["kind"] as? String == "long" }
                .compactMap { ($0["name"] as? String).map { "--\($0)" } }
            let children = command["subcommands"] as? [[String: Any]] ?? []
            return children.filter { $0["commandName"] as? String != "help" }.map(options)
                .reduce(Set(names).subtracting(["--help", "--version"])) { $0.union($1) }
        }
        let text = try installation.run("margin", "--experimental-dump-help").output
        let root = try jsonObject(text)
        let command = try #require(root["command"] as? [String: Any])
        let children = command["subcommands"] as? [[String: Any]] ?? []
        return Dictionary(
            children.compactMap { child in (child["commandName"] as? String).map { ($0, options(child)) } },
            uniquingKeysWith: { first, _ in first })
    }

    @Test func `the runbook's table of commands names every option of each, and no other`() async throws {
        let installation = try await Installation(house: nil, isMigrated: false)
        let text = try String(contentsOfFile: Checkout.root + "/docs/operations.md", encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `margin ") }
        // The options of a run stand in a table of their own.
        let ofARun: Set = ["--business-date", "--cycle", "--threads", "--reports", "--metrics", "--quiet"]
        let commands = try Self.described(installation).filter { $0.key != "help" }
        #expect(commands.count > 20)
        for (name, taken) in commands {
            let own = rows.filter { $0.hasPrefix("| `margin \(name) ") || $0.hasPrefix("| `margin \(name)`") }
            #expect(!own.isEmpty, "\(name)")
            let named = Set(own.flatMap { $0.matches(of: /--[a-z][a-z-]*/).map { String($0.output) } })
            // A row of margin load quotes margin correct.
            if name != "load" { #expect(named.subtracting(taken) == [], "\(name)") }
            let elsewhere = ["run", "rerun", "plan", "publish", "verify"].contains(name) ? ofARun : []
            // The cells of a row that is corrected stand in the help of each.
            if name != "correct" { #expect(taken.subtracting(named).subtracting(elsewhere) == [], "\(name)") }
        }
        try await installation.close()
    }
}
