import Postgres

/// One numbered step of the schema, from sql/migrations.
package struct Migration: Sendable {
    /// The file's name without its ending, such as `0001-domains-and-loads`.
    package let name: String
    package let text: String
}

/// Why the database's schema and this binary do not fit.
package enum SchemaMismatch: Error {
    /// A migration already applied no longer has the text it had.
    case edited(String)
    /// The database has a migration this binary does not know.
    case newer(String)
    /// Migrations this binary knows are not applied yet.
    case older(missing: [String])
}

/// Applies and checks the numbered migrations; each is one transaction and is recorded with the hash of its text.
package struct Migrator {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// Applies what is missing, in order, and returns the names. Two starters wait for each other.
    package func migrate() throws -> [String] {
        try prepareLedger()
        let applied = try applied()
        try refuseForeign(applied)
        var done: [String] = []
        for migration in Migration.all where applied[migration.name] == nil {
            try connection.transaction {
                try connection.execute("lock table margin_schema.migration in exclusive mode")
                let isThere = try connection.one(
                    "select exists (select from margin_schema.migration where name = $1)", [.text(migration.name)])
                if try isThere.bool(0) { return }
                try connection.script(migration.text)
                try connection.execute(
                    "insert into margin_schema.migration (name, sha256) values ($1, sha256(convert_to($2, 'UTF8')))",
                    [.text(migration.name), .text(migration.text)])
                done.append(migration.name)
            }
        }
        return done
    }

    /// The names of the migrations that `migrate` would apply, in order.
    package func missing() throws -> [String] {
        let applied = try recorded()
        return Migration.all.map(\.name).filter { applied[$0] == nil }
    }

    /// Throws `SchemaMismatch` unless exactly this binary's migrations are applied, unedited.
    package func requireCurrent() throws {
        let applied = try recorded()
        try refuseForeign(applied)
        let missing = Migration.all.map(\.name).filter { applied[$0] == nil }
        if !missing.isEmpty { throw SchemaMismatch.older(missing: missing) }
    }

    /// What `applied` finds, in a database without a ledger too.
    private func recorded() throws -> [String: Bool] {
        let hasLedger = try connection.one("select to_regclass('margin_schema.migration') is not null").bool(0)
        return hasLedger ? try applied() : [:]
    }

    private func prepareLedger() throws {
        try connection.script(
            """
            select pg_advisory_lock(20181231);
            create schema if not exists margin_schema;
            create table if not exists margin_schema.migration (
                name text primary key,
                sha256 bytea not null,
                applied_at timestamptz not null default clock_timestamp(),
                applied_by text not null default session_user
            );
            select pg_advisory_unlock(20181231);
            """)
    }

    /// The applied migrations with whether their hash is that of our text (false also when we have none).
    private func applied() throws -> [String: Bool] {
        var unedited: [String: Bool] = [:]
        for row in try connection.rows("select name, sha256 from margin_schema.migration order by name") {
            let name = try row.text(0)
            let hash = try row.bytes(1)
            guard let ours = Migration.all.first(where: { $0.name == name }) else {
                unedited[name] = false
                continue
            }
            unedited[name] = try connection.one(
                "select sha256(convert_to($1, 'UTF8')) = $2", [.text(ours.text), .bytea(hash)]
            ).bool(0)
        }
        return unedited
    }

    private func refuseForeign(_ applied: [String: Bool]) throws(SchemaMismatch) {
        let known = Set(Migration.all.map(\.name))
        for name in applied.keys.sorted() {
            if !known.contains(name) { throw .newer(name) }
            if applied[name] == false { throw .edited(name) }
        }
    }
}
