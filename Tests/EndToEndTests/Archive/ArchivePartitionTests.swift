import Foundation
import Postgres
import Testing

/// An archive drops the partitions that lie wholly before its dates, and a restore makes them again.
@Suite struct ArchivePartitionTests {
    private static let archive = ["archive", "--before", ArchiveTests.day]

    @Test func `partitions wholly before the dates are dropped, those the dates cut through stay, and all come back`()
        async throws
    {
        let installation = try await ArchiveTests.installation()
        let before = try partitions(installation)
        let archived = try installation.start("margin", Self.archive + ["--to", ArchiveTests.folder(installation)])
            .wait()
        #expect(archived.code == 0, "\(archived.errors)")
        let after = try partitions(installation)
        let old = before.keys.filter { $0.hasSuffix("_2018_11") || $0.hasSuffix("_from_0") }
        for name in ["position_2018_11", "settlement_price_2018_11", "margin_call_from_0", "report_file_from_0"] {
            #expect(old.contains(name), "\(name)")
        }
        #expect(Set(after.keys) == Set(before.keys).subtracting(old))
        // What the dates cut through lost its old rows and nothing else.
        #expect(after["position_2018_12", default: 0] > 0)
        #expect(after["position_2018_12", default: 0] < before["position_2018_12", default: 0])
        #expect(after["margin_call_from_64"] == before["margin_call_from_64"])

        let restored = try installation.run("margin", "archive", "--restore", ArchiveTests.folder(installation))
        #expect(restored.code == 0, "\(restored.errors)")
        // Nothing is made for no rows.
        #expect(try partitions(installation) == before.filter { !old.contains($0.key) || $0.value > 0 })
        let refusal = #expect(throws: PostgresError.self) {
            try installation.connect().script("delete from margin_part.position_2018_11")
        }
        #expect(refusal?.message.contains("never changed or removed") == true)
        try await installation.close()
    }

    @Test func `the block that the next run falls into is not dropped`() async throws {
        let installation = try await ArchiveTests.installation(secondRun: 2)
        try installation.connect().script("select setval('margin.run_run_id_seq', 63)")
        let again = ["--business-date", ArchiveTests.dayBefore]
        for words in [["rerun", "--whole", "--reason", "r"] + again, ["publish", "--run", "2"] + again] {
            let ended = try installation.start("margin", words).wait()
            #expect(ended.code == 0, "\(ended.errors)")
        }
        #expect(try partitions(installation)["margin_call_from_64", default: 0] > 0)
        let archived = try installation.start("margin", Self.archive + ["--to", ArchiveTests.folder(installation)])
            .wait()
        #expect(archived.code == 0, "\(archived.errors)")
        let left = try partitions(installation)
        #expect(left["margin_call_from_64"] == 0)
        #expect(left["margin_call_from_0", default: 0] > 0)
        let next = try installation.run(
            "margin", "rerun", "--whole", "--reason", "r", "--business-date", ArchiveTests.day)
        #expect(next.code == 0, "\(next.errors)")
        #expect(try partitions(installation)["margin_call_from_64", default: 0] > 0)
        try await installation.close()
    }

    @Test func `while a stage is under way nothing is removed, and the same command ends with 75`() async throws {
        let installation = try await ArchiveTests.installation()
        let rerun = try installation.start(
            "margin", ["rerun", "--business-date", ArchiveTests.day, "--whole", "--reason", "r"],
            environment: ["MARGIN_FAILPOINT": "offsets:mid-copy:stop"])
        try installation.waitUntilStopped(rerun)
        let before = try partitions(installation)
        let command = Self.archive + ["--to", ArchiveTests.folder(installation)]
        let busy = try installation.start("margin", command, environment: ["MARGIN_LOCK_TIMEOUT": "1"]).wait()
        #expect(busy.code == 75, "\(busy.errors)")
        #expect(try partitions(installation) == before)
        kill(rerun.process.processIdentifier, SIGCONT)
        let ended = try rerun.wait()
        #expect(ended.code == 0, "\(ended.errors)")
        #expect(try installation.start("margin", command).wait().code == 0)
        try await installation.close()
    }

    /// The partitions there are, each with its rows.
    private func partitions(_ installation: Installation) throws -> [String: Int64] {
        let connection = try installation.connect()
        let names = try connection.values(
            "select relname::text from pg_class where relnamespace = 'margin_part'::regnamespace and relkind = 'r'",
            as: .text)
        return try Dictionary(
            uniqueKeysWithValues: names.map {
                ($0, try connection.value("select count(*) from margin_part.\($0)", as: .int64))
            })
    }
}
