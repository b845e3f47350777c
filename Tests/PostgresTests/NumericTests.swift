import Postgres
import ServerTestSupport
import TestSupport
import Testing

/// Decimal numbers cross the wire exactly, in both directions, compared with the server's own text of them.
struct NumericTests {
    static let magnitudes: [Int128] = [
        0, 1, 9, 10, 99, 100, 999, 1_000, 9_999, 10_000, 10_001, 99_999_999, 100_000_000, 123_456_789,
        100_000_001, 12_345_678_901_234_567, Int128(Int64.max), Int128(Int64.max) + 1, Int128(UInt64.max) + 1,
        170_141_183_460_469_231_731_687_303_715_884_105_727,
    ]

    @Test(arguments: 0...18)
    func `every scale and sign is exact as a parameter, in a row and through copy`(scale: Int) async throws {
        let connection = try await TestServer.connect()
        let values = Self.magnitudes + Self.magnitudes.map { -$0 } + [Int128.min, Int128(Int64.min)]
        try connection.script("create temp table n (i bigint, v numeric)")
        for (index, value) in values.enumerated() {
            let row = try connection.one("select $1, $1::text, scale($1)", [.numeric(unscaled: value, scale: scale)])
            let back = try row.numeric(.at(0))
            #expect(back.unscaled == value && back.scale == scale)
            #expect(try row.text(.at(1)) == Self.text(value, scale: scale))
            #expect(try row.int32(.at(2)) == scale)
            #expect(Int64(exactly: value) == (try? row.numericScaled(.at(0), scale: scale)))
            try connection.execute(
                "insert into n values ($1, $2::text::numeric)",
                [.int64(Int64(index)), .text(Self.text(value, scale: scale))])
        }
        try connection.script("create temp table m (i bigint, v numeric)")
        try connection.copyIn("copy m from stdin (format binary)") { writer in
            for (index, value) in values.enumerated() {
                try writer.row(2)
                writer.int64(Int64(index))
                if let narrow = Int64(exactly: value) {
                    writer.numeric(unscaled: narrow, scale: scale)
                } else {
                    writer.numeric(unscaled: value, scale: scale)
                }
            }
        }
        let different = "select count(*) from n full join m using (i) where n.v::text is distinct from m.v::text"
        #expect(try connection.value(different, as: .int64) == 0)
        var read: [Int128] = []
        try connection.copyOut("copy (select v from n order by i) to stdout (format binary)") { row in
            let value = try row.numeric()
            #expect(value.scale == scale)
            read.append(value.unscaled)
        }
        #expect(read == values)
    }

    @Test(arguments: [
        ("1.5", 1, 15), ("1.5", 4, 15_000), ("-0.0001", 4, -1), ("10000.00", 0, 10_000), ("0", 18, 0),
        ("0.00000000", 2, 0), ("1.50000000", 2, 150), ("9223372036854775807", 0, Int64.max),
        ("-9223372036854775808", 0, Int64.min), ("92233720368547758.07", 2, Int64.max),
        ("0.000000000000000001", 18, 1), ("1200", -2, 12), ("1e15", 3, 1_000_000_000_000_000_000),
    ])
    func `a numeric is read at the scale asked for`(text: String, scale: Int, expected: Int64) async throws {
        let connection = try await TestServer.connect()
        let sql = "select $1::text::numeric"
        #expect(try connection.value(sql, [.text(text)], as: .numeric(scale: scale)) == expected)
    }

    @Test(arguments: [
        ("1.005", 2), ("0.1", 0), ("1.50000001", 4), ("9223372036854775808", 0), ("-9223372036854775809", 0),
        ("1e17", 2), ("1e100", 0), ("NaN", 2), ("Infinity", 2), ("-Infinity", 2), ("1e-30", 18), ("15", -1),
    ])
    func `a numeric that does not fit the scale or 64 bits is refused`(text: String, scale: Int) async throws {
        let connection = try await TestServer.connect()
        expect(throws: .numericValueOutOfRange) {
            try connection.value("select $1::text::numeric", [.text(text)], as: .numeric(scale: scale))
        }
    }

    @Test(arguments: ["NaN", "Infinity", "1e39", "170141183460469231731687303715884105728"])
    func `what is no number of 128 bits is refused in a row and in a copy`(text: String) async throws {
        let connection = try await TestServer.connect()
        expect(throws: .numericValueOutOfRange) {
            try connection.one("select '\(text)'::numeric").numeric(.at(0))
        }
        expect(throws: .numericValueOutOfRange) {
            try connection.copyOut("copy (select '\(text)'::numeric) to stdout (format binary)") { row in
                _ = try row.numeric()
            }
        }
        #expect(try connection.value("select 1::bigint", as: .int64) == 1)
    }

    @Test func `random numerics of every length and scale agree with the server's text`() async throws {
        let connection = try await TestServer.connect()
        var random = SeededGenerator(seed: 20_260_101)
        for _ in 0..<2_000 {
            let scale = Int(random.next() % 39)
            let wide = Int128(truncatingIfNeeded: random.next()) << 64 | Int128(random.next())
            let value = wide >> Int128(random.next() % 128)
            let row = try connection.one("select $1, $1::text", [.numeric(unscaled: value, scale: scale)])
            #expect(try row.text(.at(1)) == Self.text(value, scale: scale))
            let back = try row.numeric(.at(0))
            #expect(back.unscaled == value && back.scale == scale)
        }
    }

    /// The number as the server writes it: all decimals of its scale, at least one digit before the point.
    static func text(_ unscaled: Int128, scale: Int) -> String {
        var digits = String(unscaled.magnitude)
        while digits.count <= scale { digits = "0" + digits }
        let point = digits.index(digits.endIndex, offsetBy: -scale)
        let sign = unscaled < 0 ? "-" : ""
        return scale == 0 ? sign + digits : "\(sign)\(digits[..<point]).\(digits[point...])"
    }
}
