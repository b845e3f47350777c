import Foundation
import Postgres
import ServerTestSupport
import Testing

struct ConnectionTests {
    @Test func `a connection knows its server`() async throws {
        let connection = try await TestServer.connect()
        #expect(connection.serverVersion >= 150_000)
        #expect(try connection.value("select current_setting('application_name')", as: .text) == "tests")
        #expect(try connection.value("select pg_backend_pid()", as: .int32) == connection.backendProcess)
    }

    @Test(arguments: [
        "-c datestyle=German,DMY -c timezone=Asia/Tokyo -c intervalstyle=sql_standard -c extra_float_digits=-15",
        "-c client_encoding=LATIN1 -c bytea_output=escape -c transform_null_equals=on",
        "-c standard_conforming_strings=off -c escape_string_warning=off -c lc_numeric=C.UTF-8",
    ])
    func `hostile options change no result`(options: String) async throws {
        let sql = """
            select date '2026-02-03'::text, timestamptz '2026-02-03 04:05:06+00'::text, 0.1::float8::text,
                'a\\tb', '\\x00ff'::bytea::text, 'ž'::text, null = null, interval '1 day 2 hours'::text,
                to_char(1234.5, '9G999D9')
            """
        let plain = try await TestServer.connect()
        let hostile = try await TestServer.connect(["options": options])
        let expected = try plain.one(sql)
        let found = try hostile.one(sql)
        for column in [0, 1, 2, 3, 4, 5, 7, 8] { #expect(try found.text(.at(column)) == expected.text(.at(column))) }
        #expect(try found.boolOrNull(.at(6)) == nil)
        #expect(try expected.text(.at(0)) == "2026-02-03")
        #expect(try expected.text(.at(1)) == "2026-02-03 04:05:06+00")
        #expect(try expected.text(.at(3)) == "a\\tb")
        let strange = try hostile.one(
            "select $1, $2, $3",
            [
                .text("žluť 💶"), .date(daysSince2000: 1), .numeric(unscaled: -12_345, scale: 3),
            ])
        #expect(try strange.text(.at(0)) == "žluť 💶")
        #expect(try strange.date(.at(1)) == 1)
        #expect(try strange.numericScaled(.at(2), scale: 3) == -12_345)
    }

    @Test func `an unreachable server, an unknown database and an unknown user are told apart`() async throws {
        let parameters = try await TestServer.parameters()
        let nowhere = expect(throws: .cannotConnect) {
            try Connection.open(applicationName: "tests", parameters: ["host": "/nonexistent"])
        }
        #expect(nowhere?.category == .connectionLost)
        expect(throws: .invalidCatalogName) {
            try Connection.open(
                applicationName: "tests", parameters: parameters.merging(["dbname": "nowhere"]) { $1 })
        }
        let user = expect(throws: .invalidAuthorization) {
            try Connection.open(
                applicationName: "tests", parameters: parameters.merging(["user": "nobody"]) { $1 })
        }
        #expect(user?.category == .permission)
    }

    @Test(arguments: ["host=x password=geheim geheim", "postgres://user:geheim@[::1", "geheim", "password='geheim"])
    func `a connection string that cannot be parsed is not repeated`(conninfo: String) {
        let error = expect(throws: .cannotConnect) {
            try Connection.open(conninfo: conninfo, applicationName: "tests")
        }
        #expect(error?.completeDescription.contains("geheim") == false)
    }

    @Test func `a connection string is overridden by the parameters`() async throws {
        let parameters = try await TestServer.parameters()
        let connection = try Connection.open(
            conninfo: "host=/nonexistent application_name='from the string'", applicationName: "tests",
            parameters: parameters)
        #expect(try connection.value("select current_setting('application_name')", as: .text) == "from the string")
    }

    @Test func `a closed connection says so`() async throws {
        let connection = try await TestServer.connect()
        connection.close()
        connection.close()
        #expect(!connection.isOpen)
        expect(throws: .connectionDoesNotExist) { try connection.script("select 1") }
        expect(throws: .connectionDoesNotExist) { try connection.cancelHandle() }
    }

    @Test func `another thread can cancel a statement`() async throws {
        let connection = try await TestServer.connect()
        let handle = try connection.cancelHandle()
        // A thread of its own: the tests that wait for the server may hold all of the pool's.
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 0.2)
            handle.cancel()
        }
        let error = expect(throws: .queryCanceled) { try connection.execute("select pg_sleep(20)") }
        #expect(error?.category == .cancelled)
        connection.close()
        handle.cancel()
    }
}
