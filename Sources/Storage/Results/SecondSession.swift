import Postgres

/// A second session beside a stage's own that sees the same state of the database and only reads: it works on the next
/// statement while the first sends the rows of another. The program still talks to one of them at a time.
///
/// It ends with the stage. What fails on it fails the stage, when its rows are asked for.
package final class SecondSession {
    private let session: Database
    private var isReady = false
    /// What it is working on.
    private var begun: String?

    /// Begins a transaction of `session` under the snapshot of `first`'s, which must outlast it, and has it make the
    /// table of the accounts that reports are written for; that is not waited for.
    package init(_ session: Database, beside first: Database, of run: PinnedRun, isWhole: Bool) throws {
        self.session = session
        try session.planForWholeDates()
        let snapshot = try first.one(.exportSnapshot).text("snapshot")
        let plans = "set local enable_seqscan = on; set local enable_nestloop = on; set local enable_mergejoin = on;"
        try session.sendAhead(
            """
            begin isolation level repeatable read;
            set transaction snapshot '\(snapshot)';
            \(isWhole ? "" : plans)
            \(Query.scopeReport.text([.int64(run.id), .int64(run.load), .bool(isWhole)]));
            analyze reported_account;
            set transaction read only
            """)
    }

    deinit { session.abandon() }

    /// Has it begin a statement under a name, unless it is at one.
    func begin(_ name: String, _ statement: String) throws {
        guard begun == nil else { return }
        if !isReady {
            try session.finishAhead()
            isReady = true
        }
        try session.sendAhead(statement)
        begun = name
    }

    /// Itself, where it has begun this: its rows are the next thing asked of it.
    func take(_ name: String) -> Database? {
        guard begun == name else { return nil }
        begun = nil
        return session
    }
}
