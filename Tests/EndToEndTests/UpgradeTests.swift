import Foundation
import Postgres
import PrivateCluster
import Testing

/// A database of the release before, with a house and a published night in it, brought up to this program.
@Suite struct UpgradeTests {
    static let day = "2018-12-31"
    /// The last migration the release before had.
    static let release = "0015"

    @Test func `a database of the release before keeps every row, is readable, correctable and rerun`() async throws {
        let source = try await Desk()
        let correction = try source.run(
            "margin", "correct", "price", "--business-date", Self.day, "--series", "CL-2019-03", "--price", "45.80",
            "--reason", "late print")
        #expect(correction.code == 0, "\(correction.errors)")
        let night = try source.run("margin", "run", "--business-date", Self.day)
        #expect(night.code == 0, "\(night.errors)")

        let desk = try await Desk(house: nil, isMigrated: false)
        try applyRelease(desk)
        try copyRows(from: source, to: desk)
        let reader = desk.settings.database + "_reader"
        try addHouseObjects(desk, reader)
        let tables = try desk.tables()
        let before = try desk.digests(tables)
        #expect(before.count > 50)
        #expect(before.filter { !$0.value.hasPrefix("0 ") }.count > 30)

        let refused = try desk.run("margin", "status", "--business-date", Self.day)
        #expect(refused.code == 78)
        #expect(refused.errors.contains("it is at migration 0015-"), "\(refused.errors)")
        let migrated = try desk.run("margin", "migrate")
        #expect(migrated.code == 0, "\(migrated.errors)")
        #expect(migrated.output.hasPrefix("applied 0016-"), "\(migrated.output)")
        let after = try desk.digests(tables)
        for table in tables { #expect(after[table.name] == before[table.name], "\(table.name)") }
        try expectHouseObjects(desk, reader)

        try expectReadable(desk, like: source)
        try expectRerun(desk, like: source)
        try await source.close()
        try await desk.close()
    }

    /// What a house has added of its own: a login that reads, rights of it, a view; and rows of another month.
    private func addHouseObjects(_ desk: Desk, _ reader: String) throws {
        try desk.connect().script(
            """
            insert into margin.interest_rate
            select '2018-10-31', r.rate_code, r.rate, r.withdrawn, r.revision, r.load_id, r.source_line
            from margin.interest_rate as r
            where r.business_date = '\(Self.day)';
            create role \(reader);
            grant usage on schema margin to \(reader);
            grant select on all tables in schema margin to \(reader);
            grant insert (account, item) on margin.collateral_holding to \(reader) with grant option;
            revoke execute on function margin.trade_as_of from public;
            create view public.held as
            select p.account, sum(p.long_quantity) as long_quantity
            from margin.position_as_of(1000) as p
            group by p.account;
            create view public.held_most as
            select h.account from public.held as h order by h.long_quantity desc limit 1;
            comment on column public.held.account is 'Account that holds.';
            grant select on public.held, public.held_most to \(reader);
            """)
    }

    /// They are as they were, though the tables they hang on have become partitioned; these stand in their months and
    /// blocks.
    private func expectHouseObjects(_ desk: Desk, _ reader: String) throws {
        let connection = try desk.connect()
        let unreadable = try connection.values(
            """
            select c.relname::text from pg_class as c
            where c.relnamespace = 'margin'::regnamespace and c.relkind in ('r', 'p')
                and c.oid in (select to_regclass('margin.' || p.table_name) from margin.archive_part(null, null) as p
                    where p.is_input or p.table_name in ('risk_array', 'margin_call', 'finding'))
                and c.relname not like 'intraday%' and not has_table_privilege('\(reader)', c.oid, 'select')
            """, as: .text)
        #expect(unreadable == [])
        let rights = try connection.one(
            """
            select has_column_privilege('\(reader)', 'margin.collateral_holding', 'item', 'insert with grant option'),
                has_column_privilege('\(reader)', 'margin.collateral_holding', 'asset', 'insert'),
                has_function_privilege('\(reader)', 'margin.trade_as_of(bigint)', 'execute'),
                has_function_privilege('\(reader)', 'margin.position_as_of(bigint)', 'execute'),
                has_table_privilege('\(reader)', 'public.held', 'select'),
                col_description('public.held'::regclass, 1) = 'Account that holds.',
                (select count(*) from public.held_most) = 1
            """)
        #expect(try (0..<7).map { try rights.bool($0) } == [true, false, false, true, true, true, true])
        let stand = try connection.values(
            """
            select tableoid::regclass::text || ' ' || count(*) from margin.interest_rate group by tableoid
            union all
            select tableoid::regclass::text || ' ' || (count(*) > 0) from margin.margin_call group by tableoid
            order by 1
            """, as: .text)
        #expect(
            stand == [
                "margin_part.interest_rate_2018_10 1", "margin_part.interest_rate_2018_12 2",
                "margin_part.margin_call_from_0 true",
            ])
        try connection.script("drop owned by \(reader); drop role \(reader)")
    }

    /// The old run, read by this program, says what it says in a database that was never upgraded.
    private func expectReadable(_ desk: Desk, like source: Desk) throws {
        let status = try desk.run("margin", "status", "--business-date", Self.day)
        #expect(status.code == 0, "\(status.errors)")
        #expect(status.output.contains("EOD run 1: published "), "\(status.output)")
        let readers = [
            ["explain", "ALPHA-HOUSE", "--business-date", Self.day],
            ["explain", "--series", "CL-2019-03", "--business-date", Self.day],
            ["show", "--business-date", Self.day, "--run", "1", "--report", "house-summary"],
        ]
        for words in readers {
            let expected = try source.start("margin", words).wait()
            let found = try desk.start("margin", words, environment: ["MARGIN_REPORTS": source.reports]).wait()
            #expect(expected.code == 0 && found.code == 0, "\(words): \(found.errors)")
            #expect(expected.output.count > 200)
            #expect(found.output == expected.output, "\(words)")
        }
    }

    /// A new correction and a rerun of it give the figures they give in a database that was never upgraded.
    private func expectRerun(_ desk: Desk, like source: Desk) throws {
        var verified: [String] = []
        for place in [source, desk] {
            let steps = [
                [
                    "correct", "price", "--business-date", Self.day, "--series", "CL-2019-03", "--price", "45.91",
                    "--reason", "r",
                ],
                ["rerun", "--business-date", Self.day, "--reason", "r"],
                ["publish", "--business-date", Self.day, "--run", "2"],
                ["verify", "--business-date", Self.day, "--run", "2"],
            ]
            for words in steps {
                let ended = try place.start("margin", words).wait()
                #expect(ended.code == 0, "\(words): \(ended.output)\(ended.errors)")
                if words[0] == "verify" { verified.append(ended.output) }
            }
        }
        #expect(verified[1].hasSuffix("  equal\n"), "\(verified[1])")
        let calls = """
            select md5(string_agg(c::text, ' ' order by c.account)) from margin.run as r
            cross join lateral margin.margin_call_of(r.run_id) as c
            where r.run_number = 2
            """
        let figures = try [source, desk].map {
            try $0.connect().value(calls.replacing("c::text", with: "(to_jsonb(c) - 'run_id')::text"), as: .text)
        }
        #expect(figures[0] == figures[1])
    }

    /// Applies the migrations of the release before and records them as `margin migrate` does.
    private func applyRelease(_ desk: Desk) throws {
        let connection = try desk.connect()
        try connection.script(
            """
            create schema margin_schema;
            create table margin_schema.migration (
                name text primary key,
                sha256 bytea not null,
                applied_at timestamptz not null default clock_timestamp(),
                applied_by text not null default session_user
            );
            """)
        let folder = Desk.repository + "/sql/migrations"
        for file in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        where file.prefix(4) <= Self.release {
            let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            try connection.script(text)
            try connection.execute(
                "insert into margin_schema.migration (name, sha256) values ($1, sha256(convert_to($2, 'UTF8')))",
                [.text(String(file.dropLast(".sql".count))), .text(text)])
        }
    }

    /// Copies what the old schema has room for; triggers and foreign keys were held where the rows were made.
    /// The old program pinned only tables it knew, and its fingerprints are not this program's.
    private func copyRows(from source: Desk, to desk: Desk) throws {
        func psql(_ place: Desk, _ sql: String) -> String {
            "psql -X -q -v ON_ERROR_STOP=1 -d \(place.settings.database) -c \"set session_replication_role = replica\""
                + " -c \"\(sql)\""
        }
        var lines: [String] = []
        for table in try desk.tables() {
            let out = "copy (select \(table.columns) from margin.\(table.name)) to stdout"
            lines.append(
                "\(psql(source, out)) | \(psql(desk, "copy margin.\(table.name) (\(table.columns)) from stdin"))")
        }
        let copied = try desk.start("/bin/bash", ["-euo", "pipefail", "-c", lines.joined(separator: "\n")]).wait()
        #expect(copied.code == 0, "\(copied.errors)")
        let owner = try desk.connect()
        try owner.script(
            """
            delete from margin.run_input as i where to_regclass('margin.' || i.table_name) is null;
            update margin.execution set fingerprint = sha256('of another program');
            select setval('margin.run_run_id_seq', max(run_id)) from margin.run;
            select setval('margin.execution_execution_id_seq', max(execution_id)) from margin.execution;
            select setval('margin.input_load_load_id_seq', max(load_id)) from margin.input_load;
            """)
    }
}
