import Postgres
import Storage
import Testing

/// What a statement reads decides whether a gate runs again.
struct QueryTests {
    @Test func `a statement reads the tables of the functions it calls`() async throws {
        let bodies = try await ScratchDatabase.useMigrated { connection in
            try connection.rows(
                """
                select p.proname::text, p.prosrc from pg_proc as p
                where p.pronamespace = 'margin'::regnamespace
                    and p.proname in ('final_price_as_of', 'book_position_as_of')
                """
            ).map { (try $0.text(0), try $0.text(1)) }
        }
        let tables = Dictionary(uniqueKeysWithValues: bodies.map { ($0, Self.names(in: $1)) })
        let final = try #require(tables["final_price_as_of"])
        let book = try #require(tables["book_position_as_of"]).subtracting(["final_price"]).union(final)
        #expect(final == ["contract", "series", "settlement_price"])
        #expect(Set(Query.loadFinalPrices.reads) == final)
        #expect(Set(Query.loadPositions.reads) == book)
        #expect(Set(Query.gateBookSeries.reads) == book)
        #expect(Set(Query.gateLongShortBalance.reads) == book)
    }

    private static func names(in text: String) -> Set<String> {
        Set(text.matches(of: /margin\.([a-z_]+)_as_of/).map { String($0.output.1) })
    }
}
