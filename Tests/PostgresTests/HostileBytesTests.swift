import Postgres
import ServerTestSupport
import TestSupport
import Testing

/// Decoders that are handed bytes of another type, or noise, throw; they never read past the field or stop the
/// process.
struct HostileBytesTests {
    @Test(arguments: [UInt64(1), 20_260_101, 0xDEAD_BEEF])
    func `noise read as any type is a value or an error`(seed: UInt64) async throws {
        let connection = try await TestServer.connect()
        var random = SeededGenerator(seed: seed)
        try connection.script("create temp table noise (b bytea)")
        try connection.copyIn("copy noise from stdin (format binary)") { writer in
            for _ in 0..<20_000 {
                try writer.row(1)
                writer.bytea(Self.noise(&random))
            }
        }
        var refused = 0
        for reader in Self.readers {
            try connection.copyOut("copy noise to stdout (format binary)") { row in
                do { try reader(&row) } catch let error as PostgresError {
                    #expect(error.category == .data || error.sqlState == .datatypeMismatch)
                    refused += 1
                }
            }
        }
        #expect(refused > 20_000)
    }

    private static let readers: [@Sendable (inout BinaryCopyRow) throws -> Void] = [
        { _ = try $0.int64() }, { _ = try $0.int32() }, { _ = try $0.int16() }, { _ = try $0.bool() },
        { _ = try $0.double() }, { _ = try $0.date() }, { _ = try $0.timestamp() }, { _ = try $0.text() },
        { _ = try $0.numeric() }, { _ = try $0.numericScaled(2) }, { _ = try $0.numericScaled(18) },
        { _ = try $0.int64ArrayOrNull() }, { _ = try $0.textArray() },
    ]

    /// Random bytes, or a header of a numeric or an array with a few of its bytes changed.
    private static func noise(_ random: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8]
        switch random.next() % 3 {
        case 0:
            bytes = (0..<(random.next() % 40)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        case 1:
            bytes = [0, 3, 0, 1, 0, 0, 0, 4, 0, 1, 0x27, 0x0F, 0, 10]
        default:
            bytes = [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, random.next() % 2 == 0 ? 20 : 25, 0, 0, 0, 2, 0, 0, 0, 1]
            for _ in 0..<2 { bytes += [0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 7] }
        }
        for _ in 0..<(random.next() % 3) where !bytes.isEmpty {
            bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
        }
        if random.next() % 8 == 0 { bytes.removeLast(min(bytes.count, Int(random.next() % 9))) }
        return bytes
    }
}
