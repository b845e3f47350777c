import Postgres
import ServerTestSupport
import Testing

struct CopyFailureTests {
    private struct Refusal: Error {}

    @Test(arguments: [0, 10, 50_000])
    func `an error in the middle of a copy leaves nothing and the connection goes on`(rows: Int) async throws {
        let connection = try await TestServer.connect()
        try connection.script("create temp table t (a bigint)")
        #expect(throws: Refusal.self) {
            try connection.copyIn("copy t from stdin (format binary)") { writer in
                for number in 0..<rows {
                    try writer.row(1)
                    writer.int64(Int64(number))
                }
                throw Refusal()
            }
        }
        #expect(try connection.value("select count(*) from t", as: .int64) == 0)
    }

    @Test func `the server's refusal of a row is thrown, at the end or while rows are still sent`() async throws {
        let connection = try await TestServer.connect()
        try connection.script("create temp table t (a bigint primary key, check (a < 10))")
        for rows in [11, 300_000] {
            let error = expect(throws: .checkViolation) {
                try connection.copyIn("copy t from stdin (format binary)") { writer in
                    for number in 0..<rows {
                        try writer.row(1)
                        writer.int64(Int64(number))
                    }
                }
            }
            #expect(error?.description.contains("COPY t, line 11") == true)
        }
        expect(throws: .protocolViolation) {
            try connection.copyIn("copy t from stdin (format binary)") { writer in
                try writer.row(1)
                writer.int32(1)
            }
        }
        expect(throws: .invalidBinaryRepresentation) {
            try connection.copyIn("copy t from stdin (format binary)") { writer in
                try writer.row(1)
                writer.text("nine byte")
            }
        }
        #expect(try connection.value("select count(*) from t", as: .int64) == 0)
    }

    @Test func `a wrong number of fields is found in the next row, at the end, and in the first`() async throws {
        let connection = try await TestServer.connect()
        try connection.script("create temp table t (a bigint, b bigint)")
        for fields in [1, 3] {
            for rowsAfter in [0, 1] {
                expect(throws: .badCopyFileFormat) {
                    try connection.copyIn("copy t from stdin (format binary)") { writer in
                        try writer.row(2)
                        for _ in 0..<fields { writer.int64(1) }
                        for _ in 0..<rowsAfter {
                            try writer.row(2) {
                                $0.int64(1)
                                $0.int64(2)
                            }
                        }
                    }
                }
            }
            expect(throws: .badCopyFileFormat) {
                try connection.copyIn("copy t from stdin (format binary)") { writer in try writer.row(fields) }
            }
        }
        #expect(try connection.value("select count(*) from t", as: .int64) == 0)
        #expect(try connection.copyIn("copy t from stdin (format binary)") { _ in } == 0)
    }

    @Test func `a row that is read wrongly is an error that names it`() async throws {
        let connection = try await TestServer.connect()
        let sql = "copy (select 1::bigint, null::text, 'x'::text) to stdout (format binary)"
        expect(throws: .invalidBinaryRepresentation) { try connection.copyOut(sql) { row in _ = try row.int32() } }
        let null = expect(throws: .nullValueNotAllowed) {
            try connection.copyOut(sql) { row in
                try row.skip()
                _ = try row.text()
            }
        }
        #expect(null?.message == "field 2 of row 1 is null")
        expect(throws: .cardinalityViolation) { try connection.copyOut(sql) { row in _ = try row.int64() } }
        expect(throws: .cardinalityViolation) {
            try connection.copyOut(sql) { row in for _ in 0..<4 { try row.skip() } }
        }
        expect(throws: .objectNotInPrerequisiteState) {
            try connection.copyOut(sql) { _ in try connection.script("select 1") }
        }
        #expect(try connection.value("select 1::bigint", as: .int64) == 1)
    }

    @Test func `a reader that gives up early does not have to take the rest`() async throws {
        let connection = try await TestServer.connect()
        let sql = "copy (select generate_series(1, 1000000000::bigint)) to stdout (format binary)"
        #expect(throws: Refusal.self) {
            try connection.copyOut(sql) { row in
                try row.skip()
                if row.rowNumber == 1_000 { throw Refusal() }
            }
        }
        #expect(try connection.value("select 1::bigint", as: .int64) == 1)
    }

    @Test func `a server that goes away in a copy is a lost connection`() async throws {
        let connection = try await TestServer.connect()
        let other = try await TestServer.connect()
        try connection.script("create temp table t (a bigint)")
        let process = connection.backendProcess
        let error = expect(throws: .adminShutdown) {
            try connection.copyIn("copy t from stdin (format binary)") { writer in
                for number in 0..<2_000_000 {
                    try writer.row(1)
                    writer.int64(Int64(number))
                    if number == 100_000 {
                        _ = try other.value("select pg_terminate_backend($1, 5000)", [.int32(process)], as: .bool)
                    }
                }
            }
        }
        #expect(error?.category == .connectionLost)
        #expect(!connection.isOpen)
    }

    @Test func `a server that goes away while rows are read is a lost connection`() async throws {
        let connection = try await TestServer.connect()
        let other = try await TestServer.connect()
        let process = connection.backendProcess
        let error = #expect(throws: PostgresError.self) {
            try connection.copyOut("copy (select generate_series(1, 1000000000)) to stdout (format binary)") { row in
                try row.skip()
                if row.rowNumber == 1_000 {
                    try other.execute("do $$ begin perform pg_terminate_backend(\(process)); end $$")
                }
            }
        }
        // The server's own last words may be lost with the socket: then it is the connection that failed.
        #expect(error?.sqlState == .adminShutdown || error?.sqlState == .connectionFailure)
        #expect(error?.category == .connectionLost)
        #expect(!connection.isOpen)
    }
}
