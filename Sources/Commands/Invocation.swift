import ClearingModel
import Runtime

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
    /// The words that name the command, as `parameters approve`; empty where there is none.
    private let commandWords: [String]
    /// The login and the folder of reports that were named.
    private let (person, reports): (String?, String?)

    /// The commands whose next word names the command.
    private static let groups: Set<String> = ["approve", "correct", "db", "governance", "parameters", "span", "stress"]

    static let current = Invocation(CommandLine.arguments)

    /// - Parameter arguments: the command line with the program's path first.
    init(_ arguments: [String]) {
        let words = arguments.dropFirst().prefix { $0 != "--" }
        func value(_ option: String) -> String? {
            if let index = words.firstIndex(of: option), words.indices.contains(index + 1) { return words[index + 1] }
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
        commandWords = Array(words.prefix(name.map { Self.groups.contains($0) } == true ? 2 : 1))
        (person, reports) = (value("--as"), value("--reports"))
    }

    /// Commands that read or write report folders.
    private static let ofReports = ["run", "rerun", "publish", "show", "doctor"]

    /// A hint whose commands go on as they were begun: the same command as the same login, and each that takes one with
    /// the folder of reports that was named.
    func carrying(_ hint: String) -> String {
        var hint = hint
        if let person, !hint.contains("--as ") {
            let same = "margin \(commandWords.joined(separator: " ")) "
            hint = hint.replacing(same, with: "\(same)--as \(person.shellWord) ")
        }
        if let reports, !hint.contains("--reports ") {
            for name in Self.ofReports {
                hint = hint.replacing("margin \(name) -", with: "margin \(name) --reports \(reports.shellWord) -")
            }
        }
        return hint
    }
}
