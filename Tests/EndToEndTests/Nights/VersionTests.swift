import Foundation
import Postgres
import Testing

/// Fault 18: program, schema and server of different ages.
@Suite struct VersionTests {
    @Test func `fault 18: a schema newer than the program is exit 78 and names both`() async throws {
        let installation = try await Installation()
        try installation.connect().script(
            """
            insert into margin_schema.release (release, name, is_whole, sha256)
            values (9999, 'from-tomorrow', false, sha256('x'))
            """)
        for arguments in [["run", "--business-date", "2018-12-31"], ["migrate"]] {
            let ended = try installation.start("margin", arguments).wait()
            #expect(ended.code == 78, "\(ended.errors)")
            #expect(ended.errors.contains("it is of release 9999, this program knows "), "\(ended.errors)")
            #expect(ended.errors.contains("margin migrate"), "\(ended.errors)")
        }
        try await installation.close()
    }

    @Test func `fault 18: functions of another program are exit 78 by name, and migrate mends them`() async throws {
        let installation = try await Installation(house: nil)
        try installation.connect().script("delete from margin_schema.function where name = 'block_of'")
        let before = try installation.run("margin-ingest", "--business-date", "2018-12-31")
        #expect(before.code == 78, "\(before.errors)")
        #expect(
            before.errors.contains("1 function of the database's schema is not this program's: block_of"),
            "\(before.errors)")
        #expect(before.errors.contains("hint: margin migrate"))
        let migrated = try installation.run("margin", "migrate")
        #expect(migrated.code == 0, "\(migrated.errors)")
        #expect(migrated.output == "replaced function block_of\n")
        let after = try installation.run("margin-ingest", "--business-date", "2018-12-31")
        #expect(after.code == 66, "\(after.errors)")
        try await installation.close()
    }

    @Test func `fault 18: a server older than 15 is exit 78 and names both`() async throws {
        let installation = try await Installation()
        let proxy = try WireProxy(to: installation.settings, .olderServer)
        for arguments in [["run", "--business-date", "2018-12-31"], ["status", "--business-date", "2018-12-31"]] {
            let ended = try installation.start("margin", arguments, environment: proxy.environment).wait()
            #expect(ended.code == 78, "\(ended.errors)")
            #expect(ended.errors.contains("the server is PostgreSQL 14, 15 or newer is needed"), "\(ended.errors)")
        }
        proxy.close()
        try await installation.close()
    }
}
