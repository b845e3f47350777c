import Postgres

/// What a database holds, to be compared: before and after an upgrade, an archive, a fault.
extension Installation {
    struct Table {
        let name: String
        /// All of its columns, as a list.
        let columns: String
    }

    /// The tables of the schema with their columns, by name.
    func tables() throws -> [Table] {
        try connect().rows(
            """
            select c.relname::text, string_agg(quote_ident(a.attname), ', ' order by a.attnum)
            from pg_class as c
            join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relnamespace = 'margin'::regnamespace and c.relkind in ('r', 'p')
            group by c.relname
            order by c.relname
            """
        ).map { Table(name: try $0.text(.at(0)), columns: try $0.text(.at(1))) }
    }

    /// Of each table, how many rows it has and a digest of them over these columns.
    func digests(_ tables: [Table]) throws -> [String: String] {
        let connection = try connect()
        var digests: [String: String] = [:]
        for table in tables {
            digests[table.name] = try connection.value(
                """
                select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '')
                from (select \(table.columns) from margin.\(table.name)) as t
                """, as: .text)
        }
        return digests
    }
}
