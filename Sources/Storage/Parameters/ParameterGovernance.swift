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
    /// added, removed or changed; override_ended for what an override of the first set said that the second has not.
    package let change: String
    /// Empty for a row that has its key alone.
    package let column: String
    package let before: String?
    package let after: String?

    package init(table: String, row: String, change: String, column: String, before: String?, after: String?) {
        self.table = table
        self.row = row
        self.change = change
        self.column = column
        self.before = before
        self.after = after
    }
}

/// A cell of an override that ends because another parameter set comes into force (decision 0033).
package struct EndedOverride: Sendable, Encodable {
    package let override: Int64
    package let table: String
    package let row: String
    package let column: String
    /// What the override says.
    package let before: String?
    /// What the other set says; nil for nothing, or no such row.
    package let after: String?
    /// The last day it would have held.
    package let expiresOn: String
}

/// A published run that a parameter set makes stale.
package struct StalePublishedRun: Sendable, Encodable, Equatable {
    package let businessDate: String
    package let cycle: String
    package let run: Int32
    /// The set it was computed with.
    package let parameterSet: String
}

/// A rule of approvals, and whether it is demanded.
package struct GovernanceRule: Sendable, Encodable {
    package let rule: String
    package let isRequired: Bool
    /// Why it was changed last; nil if it never was.
    package let reason: String?
    package let changedBy: String?
}

/// One change a proposal makes: the cells of all rows whose columns have the key's values, a row more, or rows left
/// out.
package struct ParameterChange: Sendable, Encodable {
    /// What is done with the rows.
    package enum Action: String, Sendable, Encodable {
        /// Cells of rows that the base has.
        case set
        /// A row that the base has not.
        case add
        /// Rows that the base has.
        case remove
    }

    package let action: Action
    package let table: String
    package let key: [String: String]
    /// Nil makes the cell null. Of a row that is added: every cell but those of `key`.
    package let set: [String: String?]

    package init(_ action: Action = .set, table: String, key: [String: String], set: [String: String?]) {
        self.action = action
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
                parameterSet: try row.text("parameter_set"), effectiveFrom: try row.text("effective_from"),
                author: try row.text("author"),
                proposedBy: try row.text("loaded_by"), approvedBy: try row.textOrNull("approved_by"),
                state: try row.text("state"),
                reason: try row.text("reason"))
        }
    }

    /// What differs between two sets as they were loaded, by table, row and column.
    package func differences(
        from before: ParameterSetCode, to after: ParameterSetCode
    ) throws -> [ParameterDifference] {
        try connection.rows(.parameterSetDiff, [.text(before.text), .text(after.text)]).map { row in
            ParameterDifference(
                table: try row.text("table_name"), row: try row.text("row_key"), change: try row.text("change"),
                column: try row.text("column_name"),
                before: try row.textOrNull("before_value"), after: try row.textOrNull("after_value"))
        }
    }

    /// The approved set that a set takes the place of; nil where it is the first.
    package func replaced(by set: ParameterSetCode) throws -> ParameterSetCode? {
        try connection.one(.replacedSet, [.text(set.text)]).codeOrNull("parameter_set")
    }

    /// The sets that take effect after one does, up to and with a date, approved or not: they end its overrides.
    package func sets(
        after set: ParameterSetCode, through last: BusinessDate
    ) throws -> [(set: ParameterSetCode, effectiveFrom: BusinessDate, isApproved: Bool)] {
        try connection.rows(.parameterSetsBetween, [.text(set.text), last.value]).map { row in
            (
                try row.code("parameter_set"), BusinessDate(dayNumber: try row.date("effective_from")),
                try row.bool("is_approved")
            )
        }
    }

    /// The cells of overrides of one set that would hold still when another is in force, from its first day on.
    package func overridesEnded(
        of before: ParameterSetCode, by after: ParameterSetCode
    ) throws -> [EndedOverride] {
        try connection.rows(.overridesEnded, [.text(before.text), .text(after.text)]).map { row in
            EndedOverride(
                override: try row.int64("load_id"), table: try row.text("table_name"), row: try row.text("row_key"),
                column: try row.text("column_name"),
                before: try row.textOrNull("before_value"), after: try row.textOrNull("after_value"),
                expiresOn: try row.text("expires_on"))
        }
    }

    /// The published runs that would be of another parameter set, were a set approved.
    package func runsMadeStale(by set: ParameterSetCode) throws -> [StalePublishedRun] {
        try connection.rows(.runsMadeStale, [.text(set.text)]).map { row in
            StalePublishedRun(
                businessDate: try row.text("business_date"), cycle: try row.text("cycle"),
                run: try row.int32("run_number"),
                parameterSet: try row.text("parameter_set"))
        }
    }

    /// The series, accounts and members that move with what differs between two sets, on a date or, where no positions
    /// were loaded for it, on the newest before.
    package func affectedBook(
        from before: ParameterSetCode, to after: ParameterSetCode, on date: BusinessDate
    ) throws -> AffectedBook {
        let moves = try RunLedger(connection).moves(
            of: [], from: InputPin(load: .max, parameterSet: before), to: InputPin(load: .max, parameterSet: after),
            date
        )
        let row = try connection.one(
            .parameterSetAffectedBook,
            [.textArray(moves.map(\.kind.rawValue)), .textArray(moves.map(\.code)), date.value])
        return AffectedBook(
            series: try row.int64("series"), accounts: try row.int64("accounts"), members: try row.int64("members"))
    }

    /// The tables that have rows of a set, with the statement that reads them; under another code, and then without an
    /// approver, where one is given.
    package func tables(
        of set: ParameterSetCode, as code: ParameterSetCode?, effectiveFrom date: BusinessDate?
    ) throws -> [(table: String, text: String)] {
        try connection.rows(
            .exportParameterTables,
            [.text(set.text), .orNull(code) { .text($0.text) }, .orNull(date) { $0.value }]
        ).map { (try $0.text("table_name"), try $0.text("statement")) }
    }

    /// Hands the bytes of an exported table as CSV with a header to `body`. Returns the number of rows.
    @discardableResult
    package func export(_ statement: String, _ body: ([UInt8]) throws -> Void) throws -> Int64 {
        try Int64(connection.copyOutText("copy (\(statement)) to stdout (format csv, header)", body))
    }

    /// Proposes a set that is `base` with changes; `changes` is a JSON array. Its author is the session's login.
    /// - Throws: `GovernanceRefusal.unusableChange` for what does not fit its column.
    package func propose(
        _ set: ParameterSetCode, base: ParameterSetCode, effectiveFrom: BusinessDate, reason: String, changes: String
    ) throws {
        do {
            _ = try connection.one(
                .proposeParameterSet,
                [.text(set.text), .text(base.text), effectiveFrom.value, .text(reason), .text(changes)])
        } catch {
            guard error.category == .data || error.category == .constraint else { throw error }
            throw GovernanceRefusal.unusableChange(error.message)
        }
    }

    /// Approves a set as the session's login.
    /// - Throws: `GovernanceRefusal` for its author and who loaded it, and for one that is approved.
    package func approve(_ set: ParameterSetCode, reason: String) throws {
        _ = try GovernanceRefusal.naming {
            try connection.one(.approveParameterSet, [.text(set.text), .text(reason)])
        }
    }

    /// Every rule, in force or not.
    package func rules() throws -> [GovernanceRule] {
        try connection.rows(.governanceRules).map { row in
            GovernanceRule(
                rule: try row.text("rule"), isRequired: try row.bool("is_required"),
                reason: try row.textOrNull("reason"),
                changedBy: try row.textOrNull("changed_by"))
        }
    }

    /// Switches a rule on or off from here on.
    package func change(rule: String, isRequired: Bool, reason: String) throws {
        try connection.execute(.insertGovernanceRule, [.text(rule), .bool(isRequired), .text(reason)])
    }

    /// The session's login.
    package func login() throws -> String { try connection.one(.sessionLogin).text("session_user") }

    /// The overrides that ended because a run's set came into force: a sentence an override and column.
    package func overrideEndings(ofRun run: Int64) throws -> [String] {
        try connection.rows(.overrideEndingsOfRun, [.int64(run)]).map { try $0.text("message") }
    }

    /// Lets a login read, correct, propose and approve; true if the login is new.
    package func admit(_ login: String) throws -> Bool {
        try connection.one(.admitPerson, [.text(login)]).bool("admit_person")
    }
}
