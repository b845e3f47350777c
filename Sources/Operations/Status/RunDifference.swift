import ClearingModel
import Digests
import EndOfDay
import Quantities
import Reporting
import Results
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
        _ before: RunContext, _ after: RunContext, on database: Database
    ) throws -> RunDifference {
        for context in [before, after] {
            let status = try RunLedger(database).run(context.run)?.status
            guard let status, [.complete, .published, .superseded].contains(status) else {
                throw Failure(
                    .inputMissing, "\(context.title) is \(status?.rawValue ?? "gone") and has no results to compare",
                    hint: context.line(.status))
            }
        }
        let store = CallStore(database)
        let changes = try store.changes(from: before.run, to: after.run)
        let drivers = Dictionary(
            try store.drivers(of: changes.map(\.account), from: before.run, to: after.run).map { ($0.account, $0) },
            uniquingKeysWith: { first, _ in first })
        let calls = changes.map { change in
            CallDifference(change, driver: drivers[change.account].map(CallDifference.Driver.init))
        }
        let ledger = ReportLedger(database)
        let earlier = Set(try ledger.files(ofRun: before.run).map(FileIdentity.init))
        let files = try ledger.files(ofRun: after.run).map(FileIdentity.init)
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
            totals: try store.totals(of: before.run, and: after.run).map { change in
                func figure(_ total: KeyPath<CallTotals, ExactDecimal>) -> BeforeAfter {
                    BeforeAfter(before: change.before[keyPath: total], after: change.after[keyPath: total])
                }
                return (
                    change.callCurrency.description,
                    [
                        ("requirement", figure(\.requirement)), ("add-ons", figure(\.addOns)),
                        ("calls", figure(\.callAmount)),
                    ]
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
}

extension CallDifference {
    fileprivate init(_ change: CallChange, driver: Driver?) {
        func figure(_ figure: KeyPath<CallFigures, ExactDecimal>) -> BeforeAfter {
            BeforeAfter(before: change.before[keyPath: figure], after: change.after[keyPath: figure])
        }
        self.init(
            member: change.member.text, account: change.account.text, currency: change.callCurrency.description,
            figures: [
                ("requirement", figure(\.requirement)), ("add-ons", figure(\.addOns)),
                ("unpaid variation margin", figure(\.unpaidVariationMargin)), ("collateral", figure(\.collateralValue)),
                ("collected intraday", figure(\.intradayCollected)), ("call", figure(\.callAmount)),
                ("return", figure(\.returnAmount)),
            ],
            driver: driver)
    }
}

extension CallDifference.Driver {
    fileprivate init(_ driver: CallDriver) {
        self.init(
            component: driver.part.name, item: driver.item, currency: driver.currency?.description ?? "",
            change: driver.change, scenarioBefore: driver.scenarioBefore, scenarioAfter: driver.scenarioAfter)
    }
}
