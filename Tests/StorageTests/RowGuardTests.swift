import Postgres
import Storage
import Testing

/// What tables of results refuse without domains, and tables refuse without a key to the registers of loads and runs.
struct RowGuardTests {
    private static func requirement(run: String, amount: String, rate: String = "1") -> String {
        """
        insert into margin.requirement
            (run_id, account, currency, amount, fx_rate, fx_haircut, call_currency, converted_amount)
        values (\(run), 'A', 'USD', \(amount), \(rate), 0, 'USD', 0)
        """
    }

    @Test func `rows of a run that there is not are refused by the statement, as a key would`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let refusal = refused { try connection.script(Self.requirement(run: "1", amount: "0")) }
            #expect(refusal?.sqlState.code == "23503")
            #expect(refusal?.message == "there is no run 1")
        }
    }

    @Test(arguments: ["'NaN'", "'Infinity'", "'-Infinity'", "-1"])
    func `an amount that is none is refused`(_ amount: String) async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let refusal = refused { try connection.script(Self.requirement(run: "1", amount: amount)) }
            #expect(refusal?.sqlState.code == "23514", "\(amount)")
        }
    }

    @Test(arguments: ["'NaN'", "'Infinity'", "0"])
    func `an exchange rate that is none is refused`(_ rate: String) async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let refusal = refused {
                try connection.script(Self.requirement(run: "1", amount: "0", rate: rate))
            }
            #expect(refusal?.sqlState.code == "23514", "\(rate)")
        }
    }

    @Test func `every number of a result stands in a check that it is finite, and every table asks for its run`()
        async throws
    {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let unchecked = try connection.values(
                """
                select c.relname || '.' || a.attname
                from pg_class as c
                join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                join pg_trigger as t on t.tgrelid = c.oid and t.tgname = c.relname || '_is_of_a_run'
                where a.atttypid in ('numeric'::regtype, 'double precision'::regtype)
                    and not exists (
                        select from pg_constraint as k
                        where k.conrelid = c.oid and k.contype = 'c' and a.attnum = any (k.conkey)
                            and (k.conname in ('numbers_are_finite', 'binary_numbers_are_finite')
                                or pg_get_constraintdef(k.oid) ~ '<= .*1'))
                """, as: .text)
            #expect(unchecked == [])
            let unguarded = try connection.values(
                """
                select c.relname
                from pg_partitioned_table as p
                join pg_class as c on c.oid = p.partrelid
                join pg_attribute as a on a.attrelid = c.oid and a.attnum = p.partattrs[0] and a.attname = 'run_id'
                where not exists (select from pg_trigger as t where t.tgrelid = c.oid
                        and t.tgname = c.relname || '_is_of_a_run' and t.tgenabled = 'O')
                    and not exists (select from pg_constraint as k where k.conrelid = c.oid and k.contype = 'f'
                        and k.confrelid = 'margin.run'::regclass)
                """, as: .text)
            #expect(unguarded == [])
        }
    }

    @Test func `rows of a load that there is not are refused by the statement, and every input asks for its load`()
        async throws
    {
        try await ScratchDatabase.useMigrated { (connection) throws in
            let refusal = refused {
                try connection.script(
                    "insert into margin.currency (currency, minor_unit_decimals, load_id) values ('USD', 2, 7)")
            }
            #expect(refusal?.sqlState.code == "23503")
            #expect(refusal?.message == "there is no load 7")
            let unguarded = try connection.values(
                """
                select c.relname
                from pg_class as c
                join pg_attribute as a on a.attrelid = c.oid and a.attname = 'load_id'
                where c.relnamespace = 'margin'::regnamespace and c.relkind in ('r', 'p')
                    and c.relname in (select i.table_name from margin.input_column as i)
                    and not exists (select from pg_trigger as t where t.tgrelid = c.oid
                        and t.tgname = c.relname || '_is_of_a_load' and t.tgenabled = 'O')
                    and not exists (select from pg_constraint as k where k.conrelid = c.oid and k.contype = 'f'
                        and k.confrelid = 'margin.input_load'::regclass)
                """, as: .text)
            #expect(unguarded == [])
        }
    }

    @Test func `the register says of every input table whether its rows are of a date`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            try connection.script(
                """
                insert into margin.input_load (table_name, kind, source, row_count)
                select distinct c.table_name, 'load', 'test', 0 from margin.input_column as c
                """)
            let misjudged = try connection.values(
                """
                select l.table_name
                from margin.input_load as l
                join margin.input_column as c on c.table_name = l.table_name
                group by l.table_name, l.is_undated
                having l.is_undated = bool_or(c.column_name in ('business_date', 'level_date'))
                """, as: .text)
            #expect(misjudged == [])
        }
    }
}
