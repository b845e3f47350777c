import ClearingModel
import Foundation
import Quantities
import Runtime
import Storage
import TextFiles

/// Proposals, approvals and the rules about them, in the operator's words.
package struct ParameterSetApprovals {
    private let database: Database
    private let governance: ParameterGovernance

    package init(_ database: Database) {
        self.database = database
        governance = ParameterGovernance(database)
    }

    /// Approves a correction and returns the approver's login.
    /// - Throws: `Failure` 66 if there is none, 77 for who corrected.
    package func approve(correction number: Int64, reason: String) throws -> String {
        try refuseEmpty(reason)
        let correction = try ShownCorrection.load(number, from: database)
        let who = try governance.login()
        try namingTheAuthor(
            "correction \(number)", correction.correctedBy, who, look: "margin approve correction \(number) --dry-run"
        ) {
            try CorrectionStore(database).approve(number, reason: reason)
        }
        return who
    }

    /// Approves the waivers of a load and returns the approver's login.
    /// - Throws: `Failure` 66 if there is none, 77 for who brought them.
    package func approve(waiver number: Int64, reason: String) throws -> String {
        try refuseEmpty(reason)
        let shown = try FindingWaivers(database).shown(number)
        let who = try governance.login()
        try namingTheAuthor(
            "waiver \(number)", shown.waivers.first?.loadedBy ?? "", who,
            look: "margin approve waiver \(number) --dry-run"
        ) {
            try WaiverStore(database).approve(number, reason: reason)
        }
        return who
    }

    /// Proposes a set and returns its author's login; all rules of a set must hold in it.
    /// - Throws: `Failure` 65 for a set that contradicts itself or is there already.
    package func propose(
        _ set: ParameterSetCode, base: ParameterSetCode, effectiveFrom: BusinessDate, reason: String,
        changes: [ParameterChange]
    ) throws -> String {
        try database.atomically {
            try proposeWithin(set, base: base, effectiveFrom: effectiveFrom, reason: reason, changes: changes)
        }
    }

    /// The same within a transaction that is open: what else is kept of a proposal is kept with it, or neither is.
    func proposeWithin(
        _ set: ParameterSetCode, base: ParameterSetCode, effectiveFrom: BusinessDate, reason: String,
        changes: [ParameterChange]
    ) throws -> String {
        try refuseEmpty(reason)
        let listed = try governance.sets()
        guard listed.contains(where: { $0.parameterSet == base.text }) else {
            throw Failure(.inputMissing, "there is no parameter set \(base)", hint: "margin parameters list")
        }
        guard !listed.contains(where: { $0.parameterSet == set.text }) else {
            throw Failure(
                .inputRejected, "there is a parameter set \(set) already, and a set never changes",
                hint: "propose it under a new code")
        }
        let changes = try withKeys(changes)
        let document = try JSONText.line(changes)
        do {
            try governance.propose(
                set, base: base, effectiveFrom: effectiveFrom, reason: reason, changes: document)
            try refuseBroken(set, since: base)
        } catch GovernanceRefusal.unusableChange(let sentence) {
            throw Failure(
                .inputRejected, "parameter set \(set) is not proposed: \(Self.words(sentence))",
                hint: "margin template TABLE prints the columns and what each takes")
        }
        return try governance.login()
    }

    /// Refuses the author before anything is asked; the database does so in any case.
    /// - Throws: `Failure` 77 for the set's author or who loaded it.
    package func refuseAuthor(of review: ParameterSetReview) throws {
        let who = try governance.login()
        if who == review.author || who == review.proposedBy {
            throw Self.isAuthor("parameter set \(review.parameterSet)", review.author, who)
        }
    }

    /// Approves a set that was looked at, as the session's login, and returns that.
    /// - Throws: `Failure` 77 for its author or who loaded it, 65 if it breaks a rule, 75 if it makes other published
    ///   runs stale now than `review` says.
    package func approve(_ review: ParameterSetReview, reason: String) throws -> String {
        try refuseEmpty(reason)
        let set = ParameterSetCode(review.parameterSet)
        let who = try governance.login()
        try database.atomically {
            let broken = try InputLoader(database).parameterRulesBroken(by: [set.text], isWhole: true)
            if !broken.isEmpty { throw LoadRefusal.parameters(broken) }
            try refuseSecondSet(on: review.effectiveFrom, besides: set)
            guard try governance.runsMadeStale(by: set) == review.publishedRunsMadeStale else {
                throw Failure(
                    .tryAgain, "a run was published while parameter set \(set) was looked at: nothing is approved",
                    hint: "look again: the same command")
            }
            try namingTheAuthor("parameter set \(set)", review.author, who, look: "margin parameters list") {
                try governance.approve(set, reason: reason)
            }
        }
        return who
    }

    /// Two approved sets never take effect on the same date.
    private func refuseSecondSet(on date: String, besides set: ParameterSetCode) throws {
        let others = try governance.sets().filter {
            $0.effectiveFrom == date && $0.approvedBy != nil && $0.parameterSet != set.text
        }
        guard let other = others.first else { return }
        throw Failure(
            .inputRejected,
            "parameter set \(set) takes effect on \(date), and so does \(other.parameterSet), which is approved",
            hint: "bring it under another code with a date of its own: margin parameters export \(set.text.shellWord) "
                + "FOLDER --code NEW --effective-from D, then margin load FOLDER and margin parameters approve NEW "
                + "--reason R")
    }

    /// What differs between two sets, and, as `override_ended`, what overrides of the first say that the second does
    /// not take over.
    /// - Throws: `Failure` 66 for a set that is not there.
    package func differences(
        from before: ParameterSetCode, to after: ParameterSetCode
    ) throws -> [ParameterDifference] {
        let known = try governance.sets().map(\.parameterSet)
        for set in [before, after] where !known.contains(set.text) {
            throw Failure(.inputMissing, "there is no parameter set \(set)", hint: "margin parameters list")
        }
        return try governance.differences(from: before, to: after)
            + governance.overridesEnded(of: before, by: after).map { cell in
                ParameterDifference(
                    table: cell.table, row: cell.row, change: "override_ended", column: cell.column,
                    before: cell.before, after: cell.after)
            }
    }

    /// Switches a rule.
    /// - Throws: `Failure` 64 for a rule there is not.
    package func change(rule: String, isRequired: Bool, reason: String) throws {
        try refuseEmpty(reason)
        let known = try governance.rules().map(\.rule)
        guard known.contains(rule) else {
            throw Failure(.usage, "there is no rule \(rule)", hint: "one of: \(known.joined(separator: ", "))")
        }
        try governance.change(rule: rule, isRequired: isRequired, reason: reason)
    }

    /// What the database refused, without its names of types and its notation of rows.
    private static func words(_ sentence: String) -> String {
        sentence
            .replacing(/invalid input syntax for type (\w+): "(.*)"/) {
                "“\($0.output.2)” cannot be read as \($0.output.1)"
            }
            .replacing(/\{("\w+": .*)\}/) {
                $0.output.1.replacing(/"(\w+)": "(.*?)"/) { "\($0.output.1)=\($0.output.2)" }
            }
    }

    private func refuseEmpty(_ reason: String) throws {
        if reason.allSatisfy(\.isWhitespace) { throw Failure(.usage, "--reason says why, and is empty") }
    }

    /// The changes, of rows that are added with the key's cells apart.
    /// - Throws: `Failure` 64 for what is no table of parameters, 65 for a column it has not.
    private func withKeys(_ changes: [ParameterChange]) throws -> [ParameterChange] {
        let loader = InputLoader(database)
        return try changes.map { change in
            let described = try loader.columns(of: change.table)
            let columns = described.map(\.name)
            guard columns.contains("parameter_set"), change.table != "parameter_set" else {
                throw Failure(
                    .usage, "\(change.table) is no table of parameters", hint: "margin template lists the tables")
            }
            let named = change.key.keys.sorted() + change.set.keys.sorted()
            for column in named where !columns.contains(column) || column == "parameter_set" {
                throw LoadRefusal.unknownColumn(column, known: columns.filter { $0 != "parameter_set" })
            }
            guard change.action == .add else { return change }
            let keys = Set(described.filter(\.isKey).map(\.name)).subtracting(["parameter_set"])
            if let missing = keys.sorted().first(where: { change.set[$0] == nil }) {
                throw LoadRefusal.missingColumn(missing, table: change.table)
            }
            return ParameterChange(
                .add, table: change.table,
                key: change.set.filter { keys.contains($0.key) }.compactMapValues(\.self),
                set: change.set.filter { !keys.contains($0.key) })
        }
    }

    /// A proposal answers for the rules it breaks and its base does not.
    private func refuseBroken(_ set: ParameterSetCode, since base: ParameterSetCode) throws {
        let loader = InputLoader(database)
        func words(_ rule: BrokenParameterRule) -> String { "\(rule.table)\n\(rule.rowKey)\n\(rule.rule)" }
        let before = Set(try loader.parameterRulesBroken(by: [base.text], isWhole: true).map(words))
        let broken = try loader.parameterRulesBroken(by: [set.text], isWhole: true).filter {
            !before.contains(words($0))
        }
        if !broken.isEmpty { throw LoadRefusal.parameters(broken) }
    }

    /// Says who may not approve and who may, where the database has refused the author.
    /// - Parameter look: the command that shows what is approved, and by whom.
    private func namingTheAuthor(
        _ what: String, _ author: String, _ who: String, look: String, _ body: () throws -> Void
    ) throws {
        do {
            try body()
        } catch GovernanceRefusal.authorApproves {
            throw Self.isAuthor(what, author, who)
        } catch GovernanceRefusal.approvedAlready {
            throw Failure(.inputRejected, "\(what) is approved already", hint: look)
        }
    }

    private static func isAuthor(_ what: String, _ author: String, _ who: String) -> Failure {
        Failure(
            .permission, "\(who) may not approve \(what), which is of \(author) or loaded by \(who)",
            hint: "another person approves it, by a login of their own; margin db person NAME admits one")
    }
}
