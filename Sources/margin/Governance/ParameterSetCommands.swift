import ArgumentParser
import ClearingModel
import Commands
import Operations
import Quantities
import Runtime
import Storage
import TextFiles

extension ParametersCommand {
    /// `margin parameters approve`: looks at the set, then approves it.
    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Approve a set, so that it takes effect on its date.",
            discussion: """
                Shows first what differs from the set it takes the place of, what that touches, the overrides it ends \
                and the published nights it makes stale; with such nights it asks, or wants --yes. The database \
                refuses its author and whoever loaded any of its rows.
                """)

        @Argument(help: "The set.")
        var set: String

        @Option(help: "Why it is right.")
        var reason: String?

        @Flag(help: "Only show what would be approved.")
        var dryRun = false

        @Flag(help: "Approve it though published nights become stale, without being asked.")
        var yes = false

        @Flag(help: "Print one JSON object.")
        var json = false

        @Option(name: .customLong("as"), help: "Go on as this login; the operating user of a private cluster may.")
        var person: String?

        func validate() throws {
            if reason == nil, !dryRun { throw ValidationError("--reason says why it is right; or --dry-run to look") }
        }

        func run() async throws {
            try await reportingFailures {
                let database = try await Session.start().connect(as: person)
                try SchemaInstaller(database).requireCurrent()
                var review = try ParameterSetReview.load(ParameterSetCode(set), from: database)
                if !json { say(review.lines.joined(separator: "\n").printable) }
                let approver = review.approvedBy
                if !dryRun, approver == nil {
                    review.approvedBy = try approve(review, ParameterSetApprovals(database))
                }
                if json { return print(try JSONText.line(review)) }
                if let approver { return print("parameter set \(set) is approved already, by \(approver)".printable) }
                if dryRun { return print("dry run: nothing is approved") }
                print(
                    "parameter set \(set) is approved by \(review.approvedBy ?? "")".printable
                        + ", effective from \(review.effectiveFrom)")
                for night in review.publishedRunsMadeStale.prefix(10) {
                    let cycle = night.cycle == "EOD" ? "" : " --cycle \(night.cycle)"
                    print("next: margin plan --business-date \(night.businessDate)\(cycle)")
                }
            }
        }

        private func approve(_ review: ParameterSetReview, _ approvals: ParameterSetApprovals) throws -> String {
            try approvals.refuseAuthor(of: review)
            let stale = review.publishedRunsMadeStale
            if let first = stale.first, let last = stale.last {
                try Confirmation.require(
                    "parameter set \(set) holds from \(review.effectiveFrom) and makes "
                        + "\(plural(Int64(stale.count), "published run")) stale, \(first.businessDate) to "
                        + "\(last.businessDate)", word: set, isGiven: yes,
                    hint:
                        "margin parameters approve \(set) --reason R --yes, or propose it with a later --effective-from"
                )
            }
            return try approvals.approve(review, reason: reason ?? "")
        }
    }

    /// `margin parameters export`: a set as a folder of CSV files.
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a set as a folder of CSV files that margin load takes.",
            discussion: """
                The set's own rows, without overrides. With --code it is written under another code and with \
                approved_by empty: a draft to be edited, loaded and approved.
                """)

        @Argument(help: "The set.")
        var set: String

        @Argument(help: "The folder; it is made.")
        var folder: String

        @Option(help: "The code to write it under, for a new set.")
        var code: String?

        @Option(help: "The first business date the new set holds for; with --code.")
        var effectiveFrom: BusinessDate?

        func validate() throws {
            if effectiveFrom != nil, code == nil {
                throw ValidationError("--effective-from is of a new set: give its --code too")
            }
        }

        func run() async throws {
            try await reportingFailures {
                let database = try await Session.start().connect()
                try SchemaInstaller(database).requireCurrent()
                let tables = try ParameterSetExport(database).write(
                    ParameterSetCode(set), as: code.map { ParameterSetCode($0) }, effectiveFrom: effectiveFrom,
                    to: folder)
                for table in tables { print("\(table.name).csv, \(plural(table.rows, "row"))") }
                print("parameter set \(code ?? set) is in \(folder)".printable)
                if code != nil, effectiveFrom == nil {
                    print(
                        "its effective_from is still that of \(set): set another in parameter_set.csv first, or "
                            + "export it with --effective-from D")
                }
                print("next: margin load \(folder.shellWord)".printable)
            }
        }
    }
}
