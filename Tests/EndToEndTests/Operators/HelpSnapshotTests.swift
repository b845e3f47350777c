import Foundation
import TestSupport
import Testing

/// The help of every command of every program, found by what each says of itself, is the text of Help.txt beside this
/// file: who changes a word of it sees all it changes.
@Suite struct HelpSnapshotTests {
    private static let file = "Tests/EndToEndTests/Operators/Help.txt"

    /// The paths of a program's commands below `path`, itself first, in the order of the help.
    private static func paths(_ command: JSONValue, below path: [String]) -> [[String]] {
        [path]
            + (command["subcommands"]?.list ?? []).flatMap { child -> [[String]] in
                guard let name = child["commandName"]?.text, name != "help" else { return [] }
                return paths(child, below: path + [name])
            }
    }

    private static func help(of program: String) throws -> String {
        var environment = BuiltProgram.noDatabase
        // What would depend on the terminal and on the machine.
        environment.merge(["COLUMNS": "80", "MARGIN_THREADS": "2"]) { $1 }
        let described = try BuiltProgram.run(program, ["--experimental-dump-help"]).output
        let root = try #require(try JSONValue.parse(described)["command"])
        return try paths(root, below: []).map { path in
            let ended = try BuiltProgram.run(program, path + ["--help"], environment: environment)
            #expect(ended.code == 0 && ended.errors.isEmpty, "\(program) \(path)")
            return "$ \(([program] + path).joined(separator: " ")) --help\n\(ended.output)"
        }.joined(separator: "\n")
    }

    @Test func `the help of every command is the one that was read over`() throws {
        let programs = try BuiltProgram.all()
        #expect(programs.count == 11, "\(programs)")
        let found = try programs.map(Self.help).joined(separator: "\n")
        #expect(found.split(separator: "\n").filter { $0.hasPrefix("$ ") }.count > 50)
        if Checkout.isBlessing {
            try found.write(toFile: "\(Checkout.root)/\(Self.file)", atomically: true, encoding: .utf8)
        }
        let held = (try? Checkout.text(Self.file)) ?? ""
        let lines = [found, held].map { $0.split(separator: "\n", omittingEmptySubsequences: false) }
        let difference = lines[0].difference(from: lines[1]).prefix(6).map { "\($0)" }.joined(separator: "\n")
        #expect(found == held, "\(Self.file) has another help; make bless takes this one:\n\(difference)")
    }
}
