import ClearingModel
import Digests
import EndOfDay
import Postgres
import Quantities
import Reporting
import Runtime
import Storage

/// A figure in two runs.
package struct BeforeAfter: Sendable, Hashable {
    package let before: ExactDecimal
    package let after: ExactDecimal
    package var isChanged: Bool { before != after }
}

/// One account's call in two runs, in its call currency.
package struct CallDifference: Sendable {
    package let member: String
    package let account: String
    package let currency: String
    /// Requirement, add-ons, unpaid variation margin, collateral, collected intraday, call and return, in this order.
    package let figures: [(name: String, value: BeforeAfter)]
    /// Nil where no part of the call changed, only its due date or threshold.
    package let driver: Driver?

    /// The part that changed most, in the call currency.
    package struct Driver: Sendable {
        /// `risk`, `net option value`, `add-on …`, `variation margin` or `collateral`.
        package let component: String
        package let item: String
        /// The item's own currency; empty for collateral, which is in the call currency.
        package let currency: String
        /// + raises the call.
        package let change: ExactDecimal
        package let scenarioBefore: Int16?
        package let scenarioAfter: Int16?
    }
}

/// What two runs of a date and cycle say differently, and what they say alike.
package struct RunDifference: Sendable {
    package let before: RunContext
    package let after: RunContext
    package let calls: [CallDifference]
    /// By call currency: requirement, add-ons, calls.
    package let totals: [(currency: String, figures: [(name: String, value: BeforeAfter)])]
    /// Report files that the later run issued, and those it lists with the earlier run's name and SHA-256.
    package let issuedFiles: Int
    package let keptFiles: Int
    /// Members all of whose files are the earlier run's, in their order.
    package let untouchedMembers: [String]

    package var isEmpty: Bool { calls.isEmpty && issuedFiles == 0 }

    /// Compares two runs.
    /// - Throws: exit 70 where a member's call differs and yet all his files are the earlier run's.
    package static func between(
        _ before: RunContext, _ after: RunContext, on connection: Connection
    ) throws -> RunDifference {
        for context in [before, after] {
            let status = try RunLedger(connection).run(context.run)?.status
            guard let status, [.complete, .published, .superseded].contains(status) else {
                throw Failure(
                    .inputMissing, "\(context.title) is \(status?.rawValue ?? "gone") and has no results to compare",
                    hint: context.line(.status))
            }
        }
        let runs: [Value] = [.int64(before.run), .int64(after.run)]
        let rows = try connection.rows(.diffCalls, runs)
        let accounts = try rows.map { try $0.text("account") }
        let drivers = try drivers(runs, accounts, on: connection)
        let calls = try rows.map { row in
            CallDifference(
                member: try row.text("member"), account: try row.text("account"),
                currency: try row.text("call_currency"),
                figures: try figures(
                    [
                        ("requirement", "requirement"), ("add-ons", "add_ons"),
                        ("unpaid variation margin", "variation_margin"), ("collateral", "collateral"),
                        ("collected intraday", "intraday"), ("call", "call"), ("return", "return"),
                    ], row),
                driver: drivers[try row.text("account")])
        }
        let store = ReportLedger(connection)
        let earlier = Set(try store.files(ofRun: before.run).map(FileIdentity.init))
        let files = try store.files(ofRun: after.run).map(FileIdentity.init)
        let kept = files.filter(earlier.contains)
        let touched = Set(files.filter { !earlier.contains($0) }.compactMap(\.member))
        let untouched = Set(kept.compactMap(\.member)).subtracting(touched)
        if let call = calls.first(where: { untouched.contains($0.member) }) {
            throw Failure(
                .invariantBroken,
                "the call of \(call.account) differs and the files of \(call.member) do not",
                hint: "publish nothing; keep the database as it is and report this")
        }
        return RunDifference(
            before: before, after: after, calls: calls,
            totals: try connection.rows(.diffTotals, runs).map { row in
                (
                    try row.text("call_currency"),
                    try figures(
                        [("requirement", "requirement"), ("add-ons", "add_ons"), ("calls", "call")], row)
                )
            },
            issuedFiles: files.count - kept.count, keptFiles: kept.count, untouchedMembers: untouched.sorted())
    }

    /// What proves that a file is the same one.
    private struct FileIdentity: Hashable {
        let name: String
        let member: String?
        let sha256: String

        init(_ file: ReportFileEntry) {
            name = file.name
            member = file.member
            sha256 = file.sha256.description
        }
    }

    private static func drivers(
        _ runs: [Value], _ accounts: [String], on connection: Connection
    ) throws -> [String: CallDifference.Driver] {
        Dictionary(
            try connection.rows(.diffDrivers, runs + [.textArray(accounts)]).map { row in
                (
                    try row.text("account"),
                    CallDifference.Driver(
                        component: try row.text("component"), item: try row.text("item"),
                        currency: try row.text("currency"),
                        change: try decimal(row, "change"), scenarioBefore: try row.int16OrNull("scenario_before"),
                        scenarioAfter: try row.int16OrNull("scenario_after"))
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Each figure from the two columns `…_before` and `…_after`.
    private static func figures(
        _ names: [(name: String, column: String)], _ row: Row
    ) throws -> [(name: String, value: BeforeAfter)] {
        try names.map { name, column in
            let before = try orZero(row, Row.Column("\(column)_before"))
            return (name, BeforeAfter(before: before, after: try orZero(row, Row.Column("\(column)_after"))))
        }
    }

    private static func orZero(_ row: Row, _ column: Row.Column) throws -> ExactDecimal {
        try row.numericOrNull(column).map { ExactDecimal(mantissa: $0.unscaled, scale: $0.scale) } ?? .zero
    }

    private static func decimal(_ row: Row, _ column: Row.Column) throws -> ExactDecimal { try orZero(row, column) }
}
