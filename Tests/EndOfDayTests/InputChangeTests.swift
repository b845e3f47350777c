import EndOfDay
import Storage
import Testing

@Suite struct InputChangeTests {
    private func versions(_ pairs: KeyValuePairs<String, Int64>) -> [InputVersion] {
        pairs.map { InputVersion(table: $0.key, version: $0.value, rows: 1) }
    }

    @Test func `only tables of another version are changes, in the order of their names`() {
        let changes = InputChange.between(
            versions(["trade": 3, "position": 5, "account": 1]),
            versions(["volatility": 2, "position": 6, "account": 1]))
        #expect(changes.map(\.text) == ["position v5 → v6", "trade v3 → none", "volatility none → v2"])
        #expect(changes.map(\.before) == [5, 3, nil] && changes.map(\.after) == [6, nil, 2])
        #expect(InputChange.between(versions(["a": 1]), versions(["a": 1])) == [])
    }

    @Test func `many of them are told by the first three`() {
        #expect(["a", "b", "c"].summary == "a, b, c")
        #expect(["a", "b", "c", "d", "e"].summary == "a, b, c and 2 more, which margin plan lists")
        #expect([String]().summary == "")
    }
}
