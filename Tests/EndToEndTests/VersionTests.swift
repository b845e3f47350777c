import Foundation
import Postgres
import Testing

/// Fault 18: program, schema and server of different ages.
@Suite struct VersionTests {
    private static let newest = "select name from margin_schema.migration order by name desc limit 1"

    @Test func `fault 18: a schema newer than the program is exit 78 and names both`() async throws {
        let desk = try await Desk()
        let ours = try desk.connect().one(Self.newest).text(0)
        try desk.connect().script(
            "insert into margin_schema.migration (name, sha256) values ('9999-from-tomorrow', sha256('x'))")
        for arguments in [["run", "--business-date", "2018-12-31"], ["migrate"]] {
            let ended = try desk.start("margin", arguments).wait()
            #expect(ended.code == 78, "\(ended.errors)")
            #expect(ended.errors.contains("it has migration 9999-from-tomorrow"), "\(ended.errors)")
            #expect(ended.errors.contains("this program knows them up to \(ours)"), "\(ended.errors)")
            #expect(ended.errors.contains("margin migrate"), "\(ended.errors)")
        }
        try await desk.close()
    }

    @Test func `fault 18: a schema older than the program is exit 78, names both, and migrate mends it`() async throws {
        let desk = try await Desk(house: nil)
        let ours = try desk.connect().one(Self.newest).text(0)
        // A comment migration changes nothing it could trip over when it is applied again.
        try desk.connect().script("delete from margin_schema.migration where name like '0008%'")
        let before = try desk.run("margin-ingest", "--business-date", "2018-12-31")
        #expect(before.code == 78, "\(before.errors)")
        #expect(before.errors.contains("this program needs 0008-comments"), "\(before.errors)")
        #expect(before.errors.contains("it is at migration \(ours)"), "\(before.errors)")
        #expect(before.errors.contains("hint: margin migrate"))
        let migrated = try desk.run("margin", "migrate")
        #expect(migrated.code == 0, "\(migrated.errors)")
        #expect(migrated.output == "applied 0008-comments\n")
        let after = try desk.run("margin-ingest", "--business-date", "2018-12-31")
        #expect(after.code == 66, "\(after.errors)")
        try await desk.close()
    }

    @Test func `fault 18: a server older than 15 is exit 78 and names both`() async throws {
        let desk = try await Desk()
        let proxy = try WireProxy(to: desk.settings, .olderServer)
        for arguments in [["run", "--business-date", "2018-12-31"], ["status", "--business-date", "2018-12-31"]] {
            let ended = try desk.start("margin", arguments, environment: proxy.environment).wait()
            #expect(ended.code == 78, "\(ended.errors)")
            #expect(ended.errors.contains("the server is PostgreSQL 14, 15 or newer is needed"), "\(ended.errors)")
        }
        proxy.close()
        try await desk.close()
    }
}
