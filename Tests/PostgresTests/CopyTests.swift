import Postgres
import ServerTestSupport
import Testing

struct CopyTests {
    private struct Refusal: Error {}

    @Test func `a hundred thousand rows of every type come back as they went`() async throws {
        let connection = try await TestServer.connect()
        try connection.script(
            """
            create temp table t (a bigint, b integer, c smallint, d float8, e boolean, f text, g numeric, h date,
                i bytea, j bigint[], k timestamptz, l text)
            """)
        let count = 100_000
        let written = try connection.copyIn("copy t from stdin (format binary)") { writer in
            for number in 0..<count { try Self.write(number, to: &writer) }
        }
        #expect(written == count)
        let sum = try connection.one("select sum(a), sum(g), count(l), sum(cardinality(j)) from t")
        #expect(try sum.numericScaled(.at(0), scale: 0) == (0..<count).reduce(0) { $0 + Int64($1) })
        #expect(try sum.int64(.at(2)) == Int64(count - (count + 2) / 3))
        var codes: [UInt8] = []
        var array: [Int64] = []
        var number = 0
        var different = 0
        let read = try connection.copyOut("copy (select * from t order by a) to stdout (format binary)") { row in
            if try !Self.matches(number, &row, &codes, &array) { different += 1 }
            number += 1
        }
        #expect(read == count)
        #expect(number == count)
        #expect(different == 0)
    }

    private static func write(_ number: Int, to writer: inout BinaryCopyWriter) throws {
        try writer.row(12)
        writer.int64(Int64(number))
        writer.int32(Int32(-number))
        writer.int16(Int16(truncatingIfNeeded: number))
        writer.double(Double(number) / 7)
        writer.bool(number % 2 == 0)
        writer.text("code \"\(number % 100)\" ž")
        writer.numeric(unscaled: Int64(number) * 1_000_003, scale: 6)
        writer.date(Int32(number % 20_000))
        writer.bytea([UInt8(truncatingIfNeeded: number), 0, 255])
        writer.int64Array((0..<(number % 17)).map { Int64($0 * number) })
        writer.timestamp(Int64(number) * 1_000_001)
        if number % 3 == 0 { writer.null() } else { writer.text(utf8: Array("x".utf8).span) }
    }

    private static func matches(
        _ number: Int, _ row: inout BinaryCopyRow, _ codes: inout [UInt8], _ array: inout [Int64]
    ) throws -> Bool {
        var equal = try row.int64() == Int64(number)
        equal = try row.int32() == Int32(-number) && equal
        equal = try row.int16() == Int16(truncatingIfNeeded: number) && equal
        equal = try row.double() == Double(number) / 7 && equal
        equal = try row.bool() == (number % 2 == 0) && equal
        try row.utf8(into: &codes)
        equal = codes == Array("code \"\(number % 100)\" ž".utf8) && equal
        equal = try row.numericScaled(6) == Int64(number) * 1_000_003 && equal
        equal = try row.date() == Int32(number % 20_000) && equal
        equal = try row.bytes() == [UInt8(truncatingIfNeeded: number), 0, 255] && equal
        try row.int64Array(into: &array)
        equal = array == (0..<(number % 17)).map { Int64($0 * number) } && equal
        equal = try row.timestamp() == Int64(number) * 1_000_001 && equal
        equal = row.isNextNull == (number % 3 == 0) && equal
        return try row.textOrNull() == (number % 3 == 0 ? nil : "x") && equal
    }

    @Test func `an empty copy has no rows and an error of the query comes through`() async throws {
        let connection = try await TestServer.connect()
        let none = "copy (select 1 where false) to stdout (format binary)"
        #expect(try connection.copyOut(none) { _ in } == 0)
        expect(throws: SQLState("22012")) {
            try connection.copyOut("copy (select 1 / (5 - g) from generate_series(1, 9) g) to stdout (format binary)") {
                try $0.skip()
            }
        }
    }

    @Test func `codes are interned from their bytes where they lie`() async throws {
        let connection = try await TestServer.connect()
        var indexes: [[UInt8]: Int] = [:]
        var scratch: [UInt8] = []
        var sum = 0
        let sql = "copy (select 'code' || g % 7 from generate_series(1, 700) g) to stdout (format binary)"
        try connection.copyOut(sql) { row in
            let index = try row.withBytes { bytes in
                scratch.removeAll(keepingCapacity: true)
                for position in bytes.indices { scratch.append(bytes[position]) }
                if let known = indexes[scratch] { return known }
                indexes[scratch] = indexes.count
                return indexes.count - 1
            }
            sum += index
        }
        #expect(indexes.count == 7)
        #expect(sum == 2_100)
    }

    @Test func `csv passes through in pieces that end anywhere`() async throws {
        let connection = try await TestServer.connect()
        try connection.script("create temp table c (a bigint, b text, n numeric(12, 2))")
        let csv = Array("a,b,n\r\n1,\"x, \"\"y\"\"\nž\",1.50\r\n2,,-3\r\n".utf8)
        for size in [1, 7, csv.count] {
            let rows = try connection.copyInText("copy c from stdin (format csv, header match)") { writer in
                for start in stride(from: 0, to: csv.count, by: size) {
                    try writer.bytes(csv.span.extracting(start..<min(start + size, csv.count)))
                }
            }
            #expect(rows == 2)
        }
        let row = try connection.one("select distinct b, n from c where a = 1")
        #expect(try row.text(.at(0)) == "x, \"y\"\nž")
        #expect(try row.numericScaled(.at(1), scale: 2) == 150)
        #expect(throws: Refusal.self) {
            try connection.copyInText("copy c from stdin (format csv)") { writer in
                try writer.text("9,z,1\n")
                throw Refusal()
            }
        }
        #expect(try connection.value("select count(*) from c", as: .int64) == 6)
    }

    @Test func `a value longer than the buffer passes`() async throws {
        let connection = try await TestServer.connect()
        try connection.script("create temp table t (a text, b bigint[])")
        let text = String(repeating: "ž", count: 3_000_000)
        let array = (0..<200_000).map { Int64($0) }
        try connection.copyIn("copy t from stdin (format binary)") { writer in
            try writer.row(2)
            writer.text(text)
            writer.int64Array(array)
        }
        try connection.copyOut("copy t to stdout (format binary)") { row in
            let found = (try row.text() == text, try row.int64ArrayOrNull() == array)
            #expect(found == (true, true))
        }
    }
}
