import Quantities

/// A command that comes next, for the `hint:` and `next:` lines: as it is printed it can be pasted.
package enum NextCommand: String, Sendable {
    case run, rerun, publish, plan, diff, show, verify, explain, status

    /// Whether the command is about one cycle; `margin status` shows all of them.
    package var takesCycle: Bool { self != .status }

    /// `margin rerun --business-date 2018-12-31 --cycle ITD --reason R`; the cycle stands where it is not the default.
    package func line(_ date: BusinessDate, _ cycle: Cycle, _ options: String...) -> String {
        (["margin \(rawValue)", date.option] + (takesCycle ? cycle.options : []) + options).joined(separator: " ")
    }
}

extension Stage {
    /// The stage's own program for a date and cycle: `margin-ingest --business-date 2018-12-31`.
    func line(_ date: BusinessDate, _ cycle: Cycle) -> String {
        ([executable, date.option] + cycle.options).joined(separator: " ")
    }
}

extension RunContext {
    /// The command for the run's date and cycle.
    package func line(_ command: NextCommand, _ options: String...) -> String {
        ([command.line(businessDate, cycle)] + options).joined(separator: " ")
    }
}

extension StageRunner {
    /// The command for the runner's date and cycle.
    func line(_ command: NextCommand, _ options: String...) -> String {
        ([command.line(businessDate, cycle)] + options).joined(separator: " ")
    }
}

extension BusinessDate {
    fileprivate var option: String { "--business-date \(self)" }
}

extension Cycle {
    fileprivate var options: [String] { self == .endOfDay ? [] : ["--cycle \(rawValue)"] }
}

extension String {
    /// The text as one word of a shell, in quotes where it needs them.
    package var shellWord: String {
        let isPlain =
            !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-_./:,+@%=".utf8.contains(byte)
                }
            }
        return isPlain ? self : "'\(replacing("'", with: #"'\''"#))'"
    }
}
