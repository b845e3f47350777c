import ClearingModel
import Postgres
import Quantities

/// A parameter set on one line of a list.
package struct ParameterSetListing: Sendable, Encodable {
    package let parameterSet: String
    package let effectiveFrom: String
    package let author: String
    /// Who loaded it: a login.
    package let proposedBy: String
    package let approvedBy: String?
    /// approved here, approved in its file, or to be approved.
    package let state: String
    package let reason: String
}

/// A column in which two parameter sets differ.
package struct ParameterDifference: Sendable, Encodable {
    package let table: String
    package let row: String
    /// added, removed or changed.
    package let change: String
    /// Empty for a row that has its key alone.
    package let column: String
    package let before: String?
    package let after: String?
}

/// A rule of approvals, and whether it is demanded.
package struct GovernanceRule: Sendable, Encodable {
    package let rule: String
    package let isRequired: Bool
    /// Why it was changed last; nil if it never was.
    package let reason: String?
    package let changedBy: String?
}

/// One change a proposal makes: the cells of all rows whose key columns have these values.
package struct ParameterChange: Sendable, Encodable {
    package let table: String
    package let key: [String: String]
    /// Nil makes the cell null.
    package let set: [String: String?]

    package init(table: String, key: [String: String], set: [String: String?]) {
        self.table = table
        self.key = key
        self.set = set
    }
}

/// Parameter sets as proposals that somebody else approves, and the rules of approvals.
package struct ParameterGovernance {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// Every set, by effective date.
    package func sets() throws -> [ParameterSetListing] {
        try connection.rows(.parameterSets).map { row in
            ParameterSetListing(
                parameterSet: try row.text(0), effectiveFrom: try row.text(1), author: try row.text(2),
                proposedBy: try row.text(3), approvedBy: try row.textOrNull(4), state: try row.text(5),
                reason: try row.text(6))
        }
    }

    /// What differs between two sets as they were loaded, by table, row and column.
    package func differences(
        from before: ParameterSetCode, to after: ParameterSetCode
    ) throws -> [ParameterDifference] {
        try connection.rows(.parameterSetDiff, [.text(before.text), .text(after.text)]).map { row in
            ParameterDifference(
                table: try row.text(0), row: try row.text(1), change: try row.text(2), column: try row.text(3),
                before: try row.textOrNull(4), after: try row.textOrNull(5))
        }
    }

    /// Proposes a set that is `base` with changes; `changes` is a JSON array. Its author is the session's login.
    package func propose(
        _ set: ParameterSetCode, base: ParameterSetCode, effectiveFrom: BusinessDate, reason: String, changes: String
    ) throws {
        _ = try connection.one(
            .proposeParameterSet,
            [.text(set.text), .text(base.text), effectiveFrom.value, .text(reason), .text(changes)])
    }

    /// Approves a set as the session's login.
    /// - Throws: a `PostgresError` of constraint `approver_is_not_the_author` for its author and who loaded it.
    package func approve(_ set: ParameterSetCode, reason: String) throws {
        _ = try connection.one(.approveParameterSet, [.text(set.text), .text(reason)])
    }

    /// Every rule, in force or not.
    package func rules() throws -> [GovernanceRule] {
        try connection.rows(.governanceRules).map { row in
            GovernanceRule(
                rule: try row.text(0), isRequired: try row.bool(1), reason: try row.textOrNull(2),
                changedBy: try row.textOrNull(3))
        }
    }

    /// Switches a rule on or off from here on.
    package func change(rule: String, isRequired: Bool, reason: String) throws {
        try connection.execute(.insertGovernanceRule, [.text(rule), .bool(isRequired), .text(reason)])
    }

    /// Lets a login read, correct, propose and approve; true if the login is new.
    package func admit(_ login: String) throws -> Bool {
        try connection.one(.admitPerson, [.text(login)]).bool(0)
    }
}
