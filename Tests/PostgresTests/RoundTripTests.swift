import Postgres
import ServerTestSupport
import Testing

/// Every type goes to the server as a parameter and through COPY, and comes back equal; the server's own text of it
/// is compared too, so that two mistakes cannot cancel out.
struct RoundTripTests {
    @Test func `every type comes back as it was bound, extremes included`() async throws {
        let connection = try await TestServer.connect()
        for value in [Int64.min, -1, 0, 1, 255, 256, .max] {
            #expect(try connection.value("select $1", [.int64(value)], as: .int64) == value)
            #expect(try connection.value("select $1::text", [.int64(value)], as: .text) == "\(value)")
        }
        for value in [Int32.min, -1, 0, .max] {
            #expect(try connection.value("select $1", [.int32(value)], as: .int32) == value)
        }
        for value in [Int16.min, -1, 0, .max] {
            #expect(try connection.value("select $1", [.int16(value)], as: .int16) == value)
        }
        for value in [0.0, -0.0, 1.5, .greatestFiniteMagnitude, -.leastNonzeroMagnitude, .infinity] {
            let back = try connection.value("select $1", [.double(value)], as: .double)
            #expect(back.bitPattern == value.bitPattern)
        }
        #expect(try connection.value("select $1", [.double(.nan)], as: .double).isNaN)
        #expect(try connection.value("select $1", [.bool(true)], as: .bool))
        #expect(try !connection.value("select $1", [.bool(false)], as: .bool))
        let bytes = (0...255).map { UInt8($0) }
        #expect(try connection.value("select $1", [.bytea(bytes)], as: .bytea) == bytes)
        #expect(try connection.value("select $1", [.bytea([])], as: .bytea) == [])
    }

    @Test(arguments: ["", "plain", "'; drop table t; --", "\"\\$$ \t\r\n", "žluťoučký 💶", "\"\u{301}", "\u{202E}x"])
    func `text comes back as it was bound`(text: String) async throws {
        let connection = try await TestServer.connect()
        let back = try connection.value("select $1", [.text(text)], as: .text)
        #expect(Array(back.utf8) == Array(text.utf8))
        let bytes = try connection.value("select convert_to($1, 'UTF8')", [.text(text)], as: .bytea)
        #expect(bytes == Array(text.utf8))
    }

    @Test func `a text with a nul is refused, not cut`() async throws {
        let connection = try await TestServer.connect()
        expect(throws: .characterNotInRepertoire) {
            try connection.value("select $1", [.text("a\0b")], as: .text)
        }
    }

    @Test func `dates and times count from 2000`() async throws {
        let connection = try await TestServer.connect()
        let dates: [(Int32, String)] = [
            (0, "2000-01-01"), (-1, "1999-12-31"), (59, "2000-02-29"), (9_131, "2024-12-31"),
            (-10_957, "1970-01-01"), (2_921_939, "9999-12-31"),
        ]
        for (days, text) in dates {
            let row = try connection.one(
                "select $1, $1::text, $2::text::date",
                [
                    .date(daysSince2000: days), .text(text),
                ])
            #expect(try row.date(.at(0)) == days)
            #expect(try row.text(.at(1)) == text)
            #expect(try row.date(.at(2)) == days)
        }
        let row = try connection.one(
            "select $1, $1::text, timestamptz '1999-12-31 23:59:59.999999+00'",
            [.timestamp(microsecondsSince2000: 86_400_000_001)])
        #expect(try row.timestamp(.at(0)) == 86_400_000_001)
        #expect(try row.text(.at(1)) == "2000-01-02 00:00:00.000001+00")
        #expect(try row.timestamp(.at(2)) == -1)
        for sql in ["select date 'infinity'", "select date '-infinity'"] {
            expect(throws: .numericValueOutOfRange) { try connection.value(sql, as: .date) }
        }
        expect(throws: .numericValueOutOfRange) {
            try connection.value("select timestamptz 'infinity'", as: .timestamp)
        }
    }

    @Test func `arrays come back as they were bound`() async throws {
        let connection = try await TestServer.connect()
        for values in [[], [0], [Int64.min, -1, 0, 1, .max], (0..<5_000).map { Int64($0) }] {
            #expect(try connection.value("select $1", [.int64Array(values)], as: .int64Array) == values)
            let count = try connection.value("select cardinality($1)", [.int64Array(values)], as: .int32)
            #expect(Int(count) == values.count)
        }
        let texts = ["", "a,b", "{\"x\"}", "NULL", "ž"]
        #expect(try connection.one("select $1", [.textArray(texts)]).textArray(.at(0)) == texts)
        #expect(try connection.one("select $1", [.textArray([])]).textArray(.at(0)) == [])
    }

    @Test func `arrays that are not lists without nulls are refused`() async throws {
        let connection = try await TestServer.connect()
        expect(throws: .nullValueNotAllowed) {
            try connection.value("select array[1, null]::bigint[]", as: .int64Array)
        }
        expect(throws: .datatypeMismatch) {
            try connection.value("select array[[1], [2]]::bigint[]", as: .int64Array)
        }
        expect(throws: .nullValueNotAllowed) {
            try connection.one("select array['a', null]::text[]").textArray(.at(0))
        }
        expect(throws: .datatypeMismatch) { try connection.value("select array[1]", as: .int64Array) }
    }

    @Test func `null is null in both directions`() async throws {
        let connection = try await TestServer.connect()
        let row = try connection.one(
            "select $1::bigint, $2::text, $3::numeric, $4::date, $5::boolean, $6::bytea, $7::bigint[], $8::float8",
            .init(repeating: .null, count: 8))
        #expect(try row.int64OrNull(.at(0)) == nil)
        #expect(try row.textOrNull(.at(1)) == nil)
        #expect(try row.numericOrNull(.at(2)) == nil)
        #expect(try row.dateOrNull(.at(3)) == nil)
        #expect(try row.boolOrNull(.at(4)) == nil)
        #expect(try row.bytesOrNull(.at(5)) == nil)
        #expect(try row.int64ArrayOrNull(.at(6)) == nil)
        #expect(try row.doubleOrNull(.at(7)) == nil)
        #expect(try row.isNull(.at(0)))
        #expect(try connection.value("select $1::text", [.orNull(nil, Value.text)], as: .textOrNull) == nil)
        #expect(try connection.value("select $1::text", [.orNull("x", Value.text)], as: .textOrNull) == "x")
    }
}
