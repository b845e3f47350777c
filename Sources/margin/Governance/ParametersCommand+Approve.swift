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

        @OptionGroup var approval: ApprovalOptions

        @Flag(help: "Approve it though published nights become stale, without being asked.")
        var yes = false

        @OptionGroup var output: OutputOptions

        @OptionGroup var login: PersonOption

        func run() async throws {
            try await reportingFailures {
                let database = try await Session.open(as: login.person)
                var review = try ParameterSetReview.load(ParameterSetCode(set), from: database)
                if !output.json { say(review.lines.joined(separator: "\n").printable) }
                let approver = review.approvedBy
                if !approval.dryRun, approver == nil {
                    review.approvedBy = try approve(review, ParameterSetApprovals(database))
                }
                if output.json { return print(try JSONText.line(review)) }
                if let approver { return print("parameter set \(set) is approved already, by \(approver)".printable) }
                if approval.dryRun { return print("dry run: nothing is approved") }
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
            return try approvals.approve(review, reason: approval.reason ?? "")
        }
    }
}
