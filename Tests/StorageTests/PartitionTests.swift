import Postgres
import Storage
import Testing

/// What an archive takes stands in partitions, which are there before rows need them and guarded as their tables are.
struct PartitionTests {
    @Test func `every table an archive takes has partitions, of months or of runs, and no other table has any`()
        async throws
    {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let taken = try connection.values(
                """
                select p.table_name || ' ' || case when p.is_input then 'business_date' else 'run_id' end
                from margin.archive_part(null, null) as p order by 1
                """, as: .text)
            let partitioned = try connection.values(
                """
                select c.relname || ' ' || a.attname
                from pg_partitioned_table as p
                join pg_class as c on c.oid = p.partrelid
                join pg_attribute as a on a.attrelid = c.oid and a.attnum = p.partattrs[0]
                order by 1
                """, as: .text)
            #expect(taken.count > 35)
            #expect(partitioned == taken)
        }
    }

    @Test func `a load makes the months it names, once, and a refused one leaves none`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let rows = [PriceFile.price, "2019-01-02,CLG19,46.54,USD", "2019-01-03,CLG19,47.09,USD"]
            let refused = try PriceFile.refusal(connection, PriceFile.file(rows + ["2019-02-01,CLG19,NaN,USD"]))
            #expect(refused.count == 1)
            #expect(try partitions(connection) == [])
            #expect(try PriceFile.refusal(connection, PriceFile.file(rows)) == [])
            #expect(try partitions(connection) == ["settlement_price_2018_12 1", "settlement_price_2019_01 2"])
            #expect(try PriceFile.refusal(connection, PriceFile.file(["2019-01-04,CLG19,47.96,USD"])) == [])
            #expect(try partitions(connection) == ["settlement_price_2018_12 1", "settlement_price_2019_01 3"])
            // The planner knows the new rows before the load's transaction ends.
            let known = "select reltuples::bigint from pg_class where relname = 'settlement_price_2019_01'"
            #expect(try connection.value(known, as: .int64) == 3)
        }
    }

    @Test func `a month filled before it has indexes comes out as one that was there before its rows`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            #expect(try PriceFile.refusal(connection, PriceFile.file([PriceFile.price])) == [])
            try connection.script("select margin.make_months('settlement_price', '{2019-01-02}')")
            #expect(try PriceFile.refusal(connection, PriceFile.file(["2019-01-02,CLG19,46.54,USD"])) == [])
            func made(_ month: String) throws -> [String] {
                try connection.values(
                    """
                    select replace(d.text, '\(month)', 'MONTH') as text
                    from pg_class as c
                    cross join lateral (
                        select pg_get_indexdef(i.indexrelid) || i.indisvalid::text as text
                        from pg_index as i where i.indrelid = c.oid
                        union all
                        select k.conname || pg_get_constraintdef(k.oid) || k.convalidated::text
                        from pg_constraint as k where k.conrelid = c.oid
                        union all
                        select t.tgname || t.tgtype from pg_trigger as t where t.tgrelid = c.oid
                    ) as d
                    where c.oid = 'margin_part.settlement_price_\(month)'::regclass
                    order by 1
                    """, as: .text)
            }
            #expect(try made("2018_12").count > 6)
            #expect(try made("2018_12") == made("2019_01"))
            #expect(try partitions(connection) == ["settlement_price_2018_12 1", "settlement_price_2019_01 1"])
        }
    }

    @Test func `a month is filled aside where it is the only one, is not there, and the loader owns the tables`()
        async throws
    {
        try await ScratchDatabase.useMigrated { (connection) throws in
            func filled(_ days: String) throws -> String? {
                try connection.one(
                    "select margin.make_month_to_fill('settlement_price', '\(days)') as name"
                ).textOrNull("name")
            }
            #expect(try filled("{2018-12-31,2019-01-02}") == nil)
            #expect(try filled("{0001-01-01 BC}") == nil)
            try connection.script("begin; create role loader; grant usage on schema margin to loader; set role loader")
            #expect(try filled("{2018-12-31}") == nil)
            try connection.script("rollback; begin")
            #expect(try filled("{2018-12-03,2018-12-31}") == "settlement_price_2018_12")
            #expect(try filled("{2018-12-31}") == nil)
            try connection.script("rollback")
            // What the keys refuse when they are built is said by line, as what they refuse of a row.
            let said = try PriceFile.refusal(connection, PriceFile.file([PriceFile.price, PriceFile.price]))
            #expect(said.count == 1 && said[0].contains("the same key stands on line 2"), "\(said)")
            #expect(try partitions(connection) == [])
        }
    }

    @Test(arguments: ["infinity", "-infinity", "0002-01-01 BC", "12018-12-31", "5874897-12-31"])
    func `a date that no month can be made for is refused by its line, as no date`(_ date: String) async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let said = try PriceFile.refusal(connection, PriceFile.file(["\(date),CLG19,45.41,USD"]))
            #expect(said == ["line 2, business_date \(date): is not a date, as 2018-12-31"])
            #expect(try partitions(connection) == [])
        }
    }

    @Test func `rows of inputs are not changed or removed through their partition either`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            _ = try InputLoader(connection).load(PriceFile.file([PriceFile.price]))
            let inputs = try connection.values(
                "select table_name from margin.archive_part(null, null) where is_input order by 1", as: .text)
            #expect(inputs.count > 10)
            for table in inputs {
                try connection.script("select margin.make_months('\(table)', '{2018-12-31}')")
                let partition = "margin_part.\(table)_2018_12"
                let changes = [
                    "update \(partition) set load_id = 1", "delete from \(partition)", "truncate \(partition)",
                ]
                for change in changes {
                    let refusal = StorageTests.refused { try connection.script(change) }
                    #expect(refusal?.message.contains("never changed or removed") == true, "\(change)")
                }
            }
            let unexplained = StorageTests.refused {
                try connection.script(
                    """
                    insert into margin_part.settlement_price_2018_12
                        (business_date, series, price, currency, load_id, revision)
                    select '2018-12-31', 'CLG19', 45.43, 'USD', max(load_id), 2 from margin.input_load
                    """)
            }
            #expect(
                unexplained?.message == "a changed row of margin.settlement_price needs a correction that says why")
        }
    }

    @Test func `a correction that adds a row of a new month makes the month`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            _ = try InputLoader(connection).load(PriceFile.file([PriceFile.price]))
            try connection.script(
                """
                with l as (
                    insert into margin.input_load (table_name, kind, source, row_count)
                    values ('calendar_date', 'load', 'psql', 1)
                    returning load_id)
                insert into margin.calendar_date (calendar_date, is_business_day, description, load_id)
                select '2019-01-02', true, '', load_id from l
                """)
            let corrected = try connection.one(
                """
                select c.load_id, c.message
                from margin.correct('settlement_price', '{business_date,series,price,currency}', jsonb_build_array(
                        jsonb_build_object('staged_line', 1, 'business_date', '2019-01-02', 'series', 'CLG19',
                            'price', '46.54', 'currency', 'USD')),
                    'psql', null, 'late', null, true, false, null, null) as c
                """)
            let said = try corrected.text(.at(1))
            #expect(try corrected.int64OrNull(.at(0)) == 3, "\(said)")
            #expect(try partitions(connection) == ["settlement_price_2018_12 1", "settlement_price_2019_01 1"])
        }
    }

    @Test func `the block of the next run is there before the run, and the one after it in good time`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            func blocks(after run: Int64) throws -> [String] {
                try connection.script("select setval('margin.run_run_id_seq', \(run))")
                try RunLedger(connection).makeRoomForRuns()
                return try connection.values(
                    "select first_value from margin.partitions_of('margin_call') order by end_value::bigint", as: .text)
            }
            #expect(try blocks(after: 1) == ["0"])
            #expect(try blocks(after: 30) == ["0"])
            #expect(try blocks(after: 31) == ["0", "64"])
            #expect(try blocks(after: 94) == ["0", "64"])
            #expect(try blocks(after: 1000) == ["0", "64", "960", "1024"])
            let tables = "select count(*) from margin.archive_part(null, null) where not is_input"
            let there = "select count(*) from pg_class where relname like '%\\_from\\_1024' and relkind = 'r'"
            #expect(try connection.value(there, as: .int64) == connection.value(tables, as: .int64))
        }
    }

    @Test func `who may read a table needs no right to its partitions, and who may not load makes none`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            _ = try InputLoader(connection).load(PriceFile.file([PriceFile.price]))
            try connection.script("begin; create role reader; grant usage on schema margin to reader")
            try connection.script("grant select on margin.settlement_price to reader; set role reader")
            #expect(try PriceFile.count(connection) == 1)
            let refusal = StorageTests.refused {
                try connection.script("select margin.make_months_to_load('trade', '{2018-12-31}')")
            }
            #expect(refusal?.sqlState == .insufficientPrivilege)
            try connection.script("rollback")
        }
    }

    /// The months of settlement prices, each with its rows.
    private func partitions(_ connection: Connection) throws -> [String] {
        try connection.values(
            """
            select p.partition_name || ' ' || (select count(*) from margin.settlement_price as t
                where t.tableoid = format('margin_part.%I', p.partition_name)::regclass)
            from margin.partitions_of('settlement_price') as p
            """, as: .text)
    }
}
