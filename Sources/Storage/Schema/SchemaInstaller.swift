import Postgres

/// Installs, upgrades and checks the schema of a database.
///
/// A database is made whole at one release, and brought to later ones by upgrades, each one transaction and recorded
/// with the SHA-256 of its text. Functions are replaced whenever their text is not the program's: they hold no data.
package struct SchemaInstaller {
    private let connection: Connection
    private let schema: Schema

    package init(_ connection: Connection, schema: Schema = .current) {
        self.connection = connection
        self.schema = schema
    }

    /// Makes the schema, or brings it up to the program's. Returns what was done, a line each; nothing where it was
    /// current. Two starters wait for each other.
    /// - Throws: `SchemaMismatch` for a schema that is no earlier state of this one; then nothing is done.
    package func install() throws -> [String] {
        if try isUnreleased() { throw SchemaMismatch.unreleased }
        try prepareLedger()
        return try connection.transaction {
            try connection.execute("lock table margin_schema.release in exclusive mode")
            guard let made = try newest() else { return [try makeWhole()] }
            if made.release > schema.release {
                throw SchemaMismatch.newer(release: made.release, known: schema.release)
            }
            if made.release == schema.release, try !isOurs(made) { throw SchemaMismatch.edited(release: made.release) }
            return try upgrade(from: made.release) + replaceFunctions()
        }
    }

    /// Whether there is a schema of this program's, of whatever release.
    package func isInstalled() throws -> Bool {
        try hasLedger() && newest() != nil
    }

    /// Throws `SchemaMismatch` unless the database's schema is the program's, table by table and function by function.
    package func requireCurrent() throws {
        if try isUnreleased() { throw SchemaMismatch.unreleased }
        guard try hasLedger(), let made = try newest() else { throw SchemaMismatch.missing }
        if made.release > schema.release { throw SchemaMismatch.newer(release: made.release, known: schema.release) }
        if made.release < schema.release { throw SchemaMismatch.older(release: made.release, needed: schema.release) }
        if try !isOurs(made) { throw SchemaMismatch.edited(release: made.release) }
        let differing = try differingFunctions()
        if !differing.isEmpty { throw SchemaMismatch.functions(differing.map(\.name)) }
    }

    // MARK: The ledger

    private struct Made {
        let release: Int
        /// Whether the database was made at this release, and not brought to it.
        let isWhole: Bool
        let sha256: [UInt8]
    }

    /// The lock ends with the transaction: let go a statement earlier, the next starter would not see what was made.
    private func prepareLedger() throws {
        try connection.transaction {
            try connection.script(
                """
                select pg_advisory_xact_lock(20181231);
                create schema if not exists margin_schema;
                create table if not exists margin_schema.release (
                    release integer primary key,
                    name text not null,
                    is_whole boolean not null,
                    sha256 bytea not null,
                    installed_at timestamptz not null default clock_timestamp(),
                    installed_by text not null default session_user
                );
                create table if not exists margin_schema.function (
                    name text primary key,
                    sha256 bytea not null,
                    installed_at timestamptz not null default clock_timestamp(),
                    installed_by text not null default session_user
                );
                """)
        }
    }

    /// Numbered migrations came before releases; nothing of that time was released.
    private func isUnreleased() throws -> Bool {
        try connection.value("select to_regclass('margin_schema.migration') is not null", as: .bool)
    }

    private func hasLedger() throws -> Bool {
        try connection.value("select to_regclass('margin_schema.release') is not null", as: .bool)
    }

    private func newest() throws -> Made? {
        let text = "select release, is_whole, sha256 from margin_schema.release order by release desc limit 1"
        return try connection.optional(text).map {
            Made(
                release: Int(try $0.int32("release")), isWhole: try $0.bool("is_whole"),
                sha256: try $0.bytes("sha256"))
        }
    }

    private func isOurs(_ made: Made) throws -> Bool {
        let text = made.isWhole ? schema.tablesText : schema.upgrades.first { $0.release == made.release }?.text ?? ""
        return try sha256(of: text) == made.sha256
    }

    private func sha256(of text: String) throws -> [UInt8] {
        try connection.value("select sha256(convert_to($1, 'UTF8'))", [.text(text)], as: .bytea)
    }

    private func record(_ release: Int, name: String, isWhole: Bool, text: String) throws {
        try connection.execute(
            """
            insert into margin_schema.release (release, name, is_whole, sha256)
            values ($1, $2, $3, sha256(convert_to($4, 'UTF8')))
            """, [.int32(Int32(release)), .text(name), .bool(isWhole), .text(text)])
    }

    private func record(_ function: Schema.Function) throws {
        try connection.execute(
            """
            insert into margin_schema.function (name, sha256) values ($1, sha256(convert_to($2, 'UTF8')))
            on conflict (name) do update
            set sha256 = excluded.sha256, installed_at = clock_timestamp(), installed_by = session_user
            """, [.text(function.name), .text(function.text)])
    }

    // MARK: Installing

    private func makeWhole() throws -> String {
        // A function may name tables and functions that come after it.
        try connection.script("set local check_function_bodies = off")
        try connection.script(schema.text)
        try record(schema.release, name: "whole", isWhole: true, text: schema.tablesText)
        for function in schema.functions { try record(function) }
        return "made the schema of release \(schema.release)"
    }

    private func upgrade(from release: Int) throws -> [String] {
        try schema.upgrades.filter { $0.release > release }.map { upgrade in
            try connection.script(upgrade.text)
            try record(upgrade.release, name: upgrade.name, isWhole: false, text: upgrade.text)
            return "upgraded to release \(upgrade.release): \(upgrade.name)"
        }
    }

    private func replaceFunctions() throws -> [String] {
        let differing = try differingFunctions()
        if differing.isEmpty { return [] }
        try connection.script("set local check_function_bodies = off")
        return try differing.map { function in
            try connection.script(function.text)
            try record(function)
            return "replaced function \(function.name)"
        }
    }

    private func differingFunctions() throws -> [Schema.Function] {
        let same = try connection.values(
            """
            select f.name
            from margin_schema.function as f
            join unnest($1::text[], $2::text[]) as own (name, body) on own.name = f.name
            where f.sha256 = sha256(convert_to(own.body, 'UTF8'))
            """, [.textArray(schema.functions.map(\.name)), .textArray(schema.functions.map(\.text))], as: .text)
        return schema.functions.filter { !same.contains($0.name) }
    }
}
