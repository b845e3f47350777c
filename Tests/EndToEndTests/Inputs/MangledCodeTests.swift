import Postgres
import Testing

/// Codes that spreadsheets and data frames take for something else: loaded, and said once a table and kind.
@Suite struct MangledCodeTests {
    @Test func `codes that look like something else are flagged once a table and kind, and stop nothing`()
        async throws
    {
        let installation = try await Installation.editing { house in
            try house.append("clearing_member", "007,Bond,B", "0xAF,Hexa,H")
            for code in ["00123", "1E5", "NA", "TRUE", "MAR-19", "12", "1.50", "Sept2", "12:30", "INF"] {
                try house.append("account", "\(code),007,house,net,HOUSE,USD")
            }
            for code in ["MAR", "MARKET-19", "E5", "A1", "1E5X", "NAN1", "1-234-5", "TRUER", "2019-03-CL"] {
                try house.append("account", "\(code),007,house,net,HOUSE,USD")
            }
            try house.append("beneficial_owner", "BETA-SEG,2018-12-31,One", "BETA-SEG,none,Two")
            try house.append("combined_commodity", "12-JUN-2019,Odd,USD")
            try house.append("series", "2019-04,CL,2019-04,,,,")
        }
        let night = try installation.run("margin-ingest", "--business-date", "2018-12-31")
        #expect(night.code == 0, "\(night.errors)")
        let found = try installation.connect().rows(
            """
            select table_name || ': ' || row_key || ' ' || column_name || ' ' || value || ' ' || severity || ' '
                || message || ' ' || coalesce(source_line::text, 'no line') as said
            from margin.finding
            where rule = 'mangled_code'
            order by finding
            """, as: { try $0.text("said") })
        func like(_ kind: String, _ codes: String) -> String {
            "looks like a \(kind) to a program that guesses: \(codes)"
        }
        #expect(
            found == [
                "account: date account 2 flag \(like("date", "MAR-19, Sept2")) 9",
                "account: flag account 1 flag \(like("flag", "TRUE")) 8",
                "account: missing value account 1 flag \(like("missing value", "NA")) 7",
                "account: number account 5 flag \(like("number", "00123, 1.50, 12 and 2 more")) 5",
                "account: time account 1 flag \(like("time", "12:30")) 13",
                "beneficial_owner: date owner 1 flag \(like("date", "2018-12-31")) 4",
                "beneficial_owner: missing value owner 1 flag \(like("missing value", "none")) 5",
                "clearing_member: number member 2 flag \(like("number", "007, 0xAF")) 4",
                "combined_commodity: date combined_commodity 1 flag \(like("date", "12-JUN-2019")) 4",
                "series: date series 1 flag \(like("date", "2019-04")) 8",
            ])
        try await installation.close()
    }

    @Test func `a house with codes of letters has no such finding`() async throws {
        let installation = try await Installation()
        let night = try installation.run("margin-ingest", "--business-date", "2018-12-31")
        #expect(night.code == 0, "\(night.errors)")
        #expect(try installation.number("select count(*) from margin.finding where rule = 'mangled_code'") == 0)
        try await installation.close()
    }
}
