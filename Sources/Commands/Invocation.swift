import EndOfDay

/// What the command line says of itself, read beside the parser, so that a failure of any kind can name it, also one of
/// the command line.
struct Invocation {
    /// Whether the one document of `--json` is asked for.
    let wantsJSON: Bool
    /// The program and its command, as `margin run`; the program alone where no command follows.
    let command: String
    /// As it is written; nil where it is not named.
    let businessDate: String?
    /// The default where a command that takes one has a date and no cycle.
    let cycle: String?
    /// Nil where it is not named.
    let run: Int32?

    /// The commands whose next word names the command.
    private static let groups: Set<String> = ["approve", "correct", "db", "governance", "parameters", "span"]

    static let current = Invocation(CommandLine.arguments)

    /// - Parameter arguments: the command line with the program's path first.
    init(_ arguments: [String]) {
        let words = arguments.dropFirst().prefix { $0 != "--" }
        func value(_ option: String) -> String? {
            if let place = words.firstIndex(of: option), words.indices.contains(place + 1) { return words[place + 1] }
            return words.first { $0.hasPrefix("\(option)=") }.map { String($0.dropFirst(option.count + 1)) }
        }
        let program = arguments.first?.split(separator: "/").last.map(String.init) ?? "margin"
        let name = words.first.flatMap { $0.hasPrefix("-") ? nil : $0 }
        let part = name.flatMap { Self.groups.contains($0) ? words.dropFirst().first : nil }
        command = ([program, name] + [part.flatMap { $0.hasPrefix("-") ? nil : $0 }]).compactMap(\.self)
            .joined(separator: " ")
        wantsJSON = words.contains("--json")
        businessDate = value("--business-date")
        let takesCycle =
            name.map { NextCommand(rawValue: $0)?.takesCycle ?? ["findings", "waive"].contains($0) } ?? true
        cycle = value("--cycle") ?? (businessDate != nil && takesCycle ? Cycle.endOfDay.rawValue : nil)
        run = value("--run").flatMap { Int32($0) }
    }
}
