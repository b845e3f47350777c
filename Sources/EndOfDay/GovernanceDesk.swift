import ClearingModel
import Foundation
import Postgres
import Quantities
import Storage

/// Proposals, approvals and the rules about them, in the operator's words.
package struct GovernanceDesk {
    private let connection: Connection
    private let governance: ParameterGovernance

    package init(_ connection: Connection) {
        self.connection = connection
        governance = ParameterGovernance(connection)
    }

    /// Approves a correction and returns the approver's login.
    /// - Throws: `Failure` 66 if there is none, 77 for who corrected.
    package func approve(correction number: Int64, reason: String) throws -> String {
        try refuseEmpty(reason)
        guard let correction = try CorrectionStore(connection).correction(number) else {
            throw Failure(
                .inputMissing, "there is no correction \(number)", hint: "margin corrections --business-date D")
        }
        let who = try login()
        try namingTheAuthor("correction \(number)", correction.correctedBy, who) {
            try CorrectionStore(connection).approve(number, reason: reason)
        }
        return who
    }

    /// Proposes a set and returns its author's login; all rules of a set must hold in it.
    /// - Throws: `Failure` 65 for a set that contradicts itself or is there already.
    package func propose(
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
        try refuseUnknown(changes)
        let document = String(decoding: try JSONEncoder().encode(changes), as: UTF8.self)
        do {
            try connection.transaction {
                try governance.propose(
                    set, base: base, effectiveFrom: effectiveFrom, reason: reason, changes: document)
                try refuseBroken(set, since: base)
            }
        } catch let error as PostgresError where error.category == .data || error.category == .constraint {
            throw Failure(
                .inputRejected, "parameter set \(set) is not proposed: \(Self.words(error))",
                hint: "margin template TABLE prints the columns and what each takes")
        }
        return try login()
    }

    /// Approves a set as the session's login; says so, or who has done it already.
    /// - Throws: `Failure` 66 if there is none, 77 for its author or who loaded it, 65 if it breaks a rule.
    package func approve(_ set: ParameterSetCode, reason: String) throws -> String {
        try refuseEmpty(reason)
        guard let listed = try governance.sets().first(where: { $0.parameterSet == set.text }) else {
            throw Failure(.inputMissing, "there is no parameter set \(set)", hint: "margin parameters list")
        }
        if let approver = listed.approvedBy { return "parameter set \(set) is approved already, by \(approver)" }
        let who = try login()
        try connection.transaction {
            let broken = try InputLoader(connection).parameterRulesBroken(by: [set.text], isWhole: true)
            if !broken.isEmpty { throw LoadRefusal.parameters(broken) }
            try namingTheAuthor("parameter set \(set)", listed.author, who) {
                try governance.approve(set, reason: reason)
            }
        }
        return "parameter set \(set) is approved by \(who), effective from \(listed.effectiveFrom)"
    }

    /// What differs between two sets.
    /// - Throws: `Failure` 66 for a set that is not there.
    package func differences(
        from before: ParameterSetCode, to after: ParameterSetCode
    ) throws -> [ParameterDifference] {
        let known = try governance.sets().map(\.parameterSet)
        for set in [before, after] where !known.contains(set.text) {
            throw Failure(.inputMissing, "there is no parameter set \(set)", hint: "margin parameters list")
        }
        return try governance.differences(from: before, to: after)
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
    private static func words(_ error: PostgresError) -> String {
        error.message
            .replacing(/invalid input syntax for type (\w+): "(.*)"/) {
                "“\($0.output.2)” cannot be read as \($0.output.1)"
            }
            .replacing(/\{("\w+": .*)\}/) {
                $0.output.1.replacing(/"(\w+)": "(.*?)"/) { "\($0.output.1)=\($0.output.2)" }
            }
    }

    private func login() throws -> String { try connection.one(.sessionLogin).text(0) }

    private func refuseEmpty(_ reason: String) throws {
        if reason.allSatisfy(\.isWhitespace) { throw Failure(.usage, "--reason says why, and is empty") }
    }

    private func refuseUnknown(_ changes: [ParameterChange]) throws {
        let loader = InputLoader(connection)
        for change in changes {
            let columns = try loader.columns(of: change.table).map(\.name)
            guard columns.contains("parameter_set"), change.table != "parameter_set" else {
                throw Failure(
                    .usage, "\(change.table) is no table of parameters", hint: "margin template lists the tables")
            }
            let named = change.key.keys.sorted() + change.set.keys.sorted()
            for column in named where !columns.contains(column) || column == "parameter_set" {
                throw LoadRefusal.unknownColumn(column, known: columns.filter { $0 != "parameter_set" })
            }
        }
    }

    /// A proposal answers for the rules it breaks and its base does not.
    private func refuseBroken(_ set: ParameterSetCode, since base: ParameterSetCode) throws {
        let loader = InputLoader(connection)
        func words(_ rule: BrokenParameterRule) -> String { "\(rule.table)\n\(rule.rowKey)\n\(rule.rule)" }
        let before = Set(try loader.parameterRulesBroken(by: [base.text], isWhole: true).map(words))
        let broken = try loader.parameterRulesBroken(by: [set.text], isWhole: true).filter {
            !before.contains(words($0))
        }
        if !broken.isEmpty { throw LoadRefusal.parameters(broken) }
    }

    /// Says who may not approve and who may, where the database has refused the author.
    private func namingTheAuthor(_ what: String, _ author: String, _ who: String, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as PostgresError where error.constraint == "approver_is_not_the_author" {
            throw Failure(
                .permission, "\(who) may not approve \(what), which is of \(author) or loaded by \(who)",
                hint: "another person approves it, by a login of their own; margin db person NAME admits one")
        } catch let error as PostgresError where error.sqlState.code == "23505" {
            throw Failure(.inputRejected, "\(what) is approved already", hint: "margin corrections --business-date D")
        }
    }
}
