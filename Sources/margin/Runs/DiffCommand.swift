import ArgumentParser
import ClearingModel
import Commands
import EndOfDay
import Foundation
import Operations
import Quantities
import Runtime
import Storage
import TextFiles

/// `margin diff`: what two runs of a date say differently, and why.
struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show each call that differs between two runs, what moved it, the totals, and what stays the same.")

    @OptionGroup var date: DateOptions

    @Option(help: "The numbers of the two runs, as 1,2.")
    var runs: RunPair

    @Flag(help: "Exit 1 where the runs differ.")
    var check = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.open()
            let before = try RunContext.find(date.businessDate, cycle: date.cycle, number: runs.before, from: database)
            let after = try RunContext.find(date.businessDate, cycle: date.cycle, number: runs.after, from: database)
            let difference = try Progress.during("diff of runs \(before.number) and \(after.number)") {
                try RunDifference.between(before, after, on: database)
            }
            let text =
                output.json ? try JSONText.document(difference.document) : difference.lines.joined(separator: "\n")
            print(text.printable)
            if !output.json, try after.awaitsPublication(on: database) {
                print("next: \(after.line(.publish, "--run \(after.number)"))")
            }
            if check, !difference.isEmpty { throw ArgumentParser.ExitCode(Runtime.ExitCode.difference.rawValue) }
        }
    }
}

/// Two run numbers.
struct RunPair: ExpressibleByArgument {
    let before: Int32
    let after: Int32

    init?(argument: String) {
        let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int32($0) }
        guard numbers.count == 2, let before = numbers[0], let after = numbers[1], before > 0, after > 0
        else { return nil }
        self.before = before
        self.after = after
    }
}

extension RunDifference {
    fileprivate var lines: [String] {
        var lines = [
            "\(before.title) → run \(after.number): \(plural(Int64(calls.count), "call")) "
                + "\(calls.count == 1 ? "differs" : "differ")"
        ]
        for call in calls {
            let changed = call.figures.filter(\.value.isChanged).map {
                "\($0.name) \($0.value.before.shown) → \($0.value.after.shown)"
            }
            lines.append("  \(call.member) \(call.account) \(call.currency): \(changed.joined(separator: ", "))")
            if let driver = call.driver { lines.append("      driver: \(driver.line(in: call.currency))") }
        }
        for total in totals {
            lines.append(
                "  total \(total.currency): "
                    + total.figures.map { figure in
                        figure.value.isChanged
                            ? "\(figure.name) \(figure.value.before.shown) → \(figure.value.after.shown)"
                            : "\(figure.name) \(figure.value.after.shown) unchanged"
                    }.joined(separator: ", "))
        }
        lines.append(
            "  report files: \(issuedFiles) issued by run \(after.number), \(keptFiles) kept, each with the name and "
                + "SHA-256 it has in run \(before.number)")
        lines.append(
            "  members untouched: "
                + (untouchedMembers.isEmpty ? "none" : "\(untouchedMembers.count): " + untouchedMembers.listed))
        return lines
    }

    fileprivate var document: Document { Document(self) }

    /// The difference as `--json` prints it.
    fileprivate struct Document: Encodable {
        struct Figure: Encodable {
            let name: String
            let before: String
            let after: String
        }
        struct Driver: Encodable {
            let component: String
            let item: String
            let currency: String
            let change: String
            let scenarioBefore: Int16?
            let scenarioAfter: Int16?
        }
        struct Call: Encodable {
            let member: String
            let account: String
            let callCurrency: String
            let figures: [Figure]
            let driver: Driver?
        }
        struct Total: Encodable {
            let callCurrency: String
            let figures: [Figure]
        }
        let businessDate: String
        let cycle: Cycle
        let before: Int32
        let after: Int32
        let calls: [Call]
        let totals: [Total]
        let filesIssued: Int
        let filesKept: Int
        let membersUntouched: [String]

        init(_ difference: RunDifference) {
            func figures(_ list: [(name: String, value: BeforeAfter)]) -> [Figure] {
                list.map { Figure(name: $0.name, before: $0.value.before.shown, after: $0.value.after.shown) }
            }
            businessDate = "\(difference.before.businessDate)"
            cycle = difference.before.cycle
            before = difference.before.number
            after = difference.after.number
            calls = difference.calls.map { call in
                Call(
                    member: call.member, account: call.account, callCurrency: call.currency,
                    figures: figures(call.figures),
                    driver: call.driver.map { driver in
                        Driver(
                            component: driver.component, item: driver.item,
                            currency: driver.currency.isEmpty ? call.currency : driver.currency,
                            change: driver.change.shown, scenarioBefore: driver.scenarioBefore,
                            scenarioAfter: driver.scenarioAfter)
                    })
            }
            totals = difference.totals.map { Total(callCurrency: $0.currency, figures: figures($0.figures)) }
            filesIssued = difference.issuedFiles
            filesKept = difference.keptFiles
            membersUntouched = difference.untouchedMembers
        }
    }
}

extension CallDifference.Driver {
    /// `risk of BASIS +1234.50 USD, scenario 11 → 13`.
    fileprivate func line(in callCurrency: String) -> String {
        let sign = change.mantissa > 0 ? "+" : ""
        let scenarios =
            scenarioBefore == scenarioAfter
            ? scenarioAfter.map { ", scenario \($0)" } ?? ""
            : ", scenario \(scenarioBefore.map(String.init) ?? "none") → \(scenarioAfter.map(String.init) ?? "none")"
        return
            "\(component) of \(item) \(sign)\(change.shown) \(currency.isEmpty ? callCurrency : currency)\(scenarios)"
    }
}

extension ExactDecimal {
    /// With the decimals it carries, which are its currency's.
    fileprivate var shown: String { text(decimals: scale) }
}

extension [String] {
    /// The first dozen and how many follow.
    fileprivate var listed: String {
        prefix(12).joined(separator: ", ") + (count > 12 ? ", … and \(count - 12) more" : "")
    }
}
