import Storage

/// The corrections, overrides and waivers among a run's inputs that another person must approve first.
package struct UnapprovedInputs {
    /// `correction 57 of settlement_price by alice, waiver 58 by alice`.
    package let text: String
    /// One command each.
    package let commands: [String]

    package var isEmpty: Bool { commands.isEmpty }

    package init(of run: Int64, from database: Database) throws {
        let corrections = try CorrectionStore(database).unapproved(run: run)
        let waivers = try WaiverStore(database).unapproved(run: run)
        text =
            (corrections.map { "correction \($0.number) of \($0.table) by \($0.correctedBy)" }
            + waivers.map { "waiver \($0.number) by \($0.loadedBy)" }).joined(separator: ", ")
        commands =
            corrections.map { "margin approve correction \($0.number) --reason R" }
            + waivers.map { "margin approve waiver \($0.number) --reason R" }
    }
}
